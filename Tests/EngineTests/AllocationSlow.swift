import Glibc
import Testing
import Trials

/// Memory is asked for by the batch, never by the row: of the release program, which alone is free of what the compiler
/// does for debugging.
@Suite(.enabled(if: getenv("BREW_SLOW") != nil && getenv("BREW_BINARY") != nil, "slow: set BREW_SLOW and BREW_BINARY"))
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

  private func allocations(rows: Int, bytes: Int, _ shim: String) throws -> Int {
    let folder = try Folder()
    try folder.write(Self.recipe, to: "recipe.yaml")
    let input = (1...rows).map { Self.row($0, bytes: bytes) }.joined()
    try folder.write("id,name,day,status,score,course,more\n" + input, to: "input.csv")
    let binary = try #require(getenv("BREW_BINARY").map { String(cString: $0) })
    let status = try spawn(
      binary, ["apply", folder["recipe.yaml"], "--threads", "1"],
      environment: ["LD_PRELOAD=\(shim)", "ALLOCATIONS=\(folder["count.txt"])"])
    try #require(status == 0)
    let text = try #require(folder.read("count.txt"))
    return try #require(Int(String(decoding: text.dropLast(), as: UTF8.self)))
  }

  @Test func doNotDependOnTheRowsOfABatch() throws {
    let folder = try Folder()
    let shim = folder["allocations.so"]
    try #require(
      try spawn("clang", ["-O2", "-shared", "-fPIC", "\(repository)/Tests/oracles/allocations.c", "-o", shim]) == 0)
    // A batch has 8,192 records or 512 KiB: of these rows 8,192, and of those 512. Ten batches more, of each.
    let (full, few) = (8192, (512 << 10) / 1024)
    func batch(of rows: Int, _ bytes: Int) throws -> Int {
      let ten = try allocations(rows: 10 * rows, bytes: bytes, shim)
      return try (allocations(rows: 20 * rows, bytes: bytes, shim) - ten) / 10
    }
    let short = try batch(of: full, 64)
    let long = try batch(of: few, 1024)
    #expect(long > 0)
    #expect(abs(short - long) <= 16, "\(short) for batches of \(full) rows, \(long) for batches of \(few)")
  }
}
