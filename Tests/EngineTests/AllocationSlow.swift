import Glibc
import Testing
import Trials

/// Memory is asked for by the batch, never by the row: of the release program, which alone is free of what the compiler
/// does for debugging.
@Suite(
  .enabled(
    if: getenv("BREW_SLOW") != nil && AllocationCounter.binary != nil, "slow: set BREW_SLOW and BREW_BINARY"))
struct AllocationSlow {
  static let recipe = """
    recipe: allocations
    input: {path: input.csv, columns: {id: int, day: date, score: "decimal(6, 2)"}}
    steps:
      - trim: [name, status]
      - lower_case: status
      - map_values: {column: status, values: {p: present, a: absent}}
      - fill_missing: {column: score, with: 0}
      - remove: status = 'test'
      - split: {column: name, by: ", ", into: [family, given]}
      - set: {ratio: "round(score / 50.0, 4)", late: status = 'late' or score > 90, key: "concat_ws('-', family, given)"}
    rules:
      - not_null: [id, day]
      - in: {column: status, values: [present, absent, late], required: true}
      - between: {column: score, min: 0, max: 100}
      - matches: {column: course, pattern: '[A-Z]{3}[0-9]{3}'}
      - not_in_future: day
      - length: {column: name, max: 40}
      - completeness: {column: score, at_least: 10%}
    output: output.csv

    """

  /// Rows of so many bytes each, line end included.
  static func row(_ number: Int, bytes: Int) -> String {
    let status = number % 3 == 0 ? "P   " : "late"
    let start = "\(1_000_000 + number),\" Lovelace, Ada\",2024-09-1\(number % 10),\(status),1.5,MAT101,"
    return start + String(repeating: "x", count: bytes - start.utf8.count - 1) + "\n"
  }

  @Test func doNotDependOnTheRowsOfABatch() throws {
    let (many, few) = try AllocationCounter().perBatch(Self.recipe) { rows, bytes in
      Array("id,name,day,status,score,course,more\n".utf8)
        + (1...rows).flatMap { Array(Self.row($0, bytes: bytes).utf8) }
    }
    #expect(few > 0)
    #expect(abs(many - few) <= 16, "\(many) for batches of many rows, \(few) for batches of few")
  }
}
