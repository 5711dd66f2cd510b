import Columns
import Testing

@testable import Expressions

/// Some hundred expressions over nasty values, as DuckDB evaluates them: see `Tests/oracles/expressions.py`, which also
/// names the differences that are meant.
@Suite struct DifferentialTests {
  @Test func agreesWithDuckDB() throws {
    let lines = oracleLines("expressions.txt").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    let rows = lines.filter { $0.first == "row" }.map { $0.dropFirst().map(unescaped) }
    let table = Table(Self.columns, rows: rows)
    try #require(lines.first.map { $0.dropFirst().map(String.init) } == Self.columns.map(\.name))
    let cases = lines.filter { $0.first == "is" && $0.count == rows.count + 3 }
    try #require(rows.count == 40 && cases.count > 600)
    for line in cases {
      let expression = unescaped(line[1]) ?? ""
      guard case .success(let outcomes) = table.evaluate(expression) else {
        Issue.record("\(expression) does not compile")
        continue
      }
      for (row, expected) in line.dropFirst(3).enumerated() where !agrees(outcomes[row], expected, kind: line[2]) {
        Issue.record("\(expression) on row \(row), \(given(rows[row])): \(outcomes[row]), not \(expected)")
        break
      }
    }
  }

  private static let columns: [Table.Declaration] = [
    .init("i", .int64), .init("k", .int64), .init("d", .decimal(precision: 12, scale: 3)), .init("f", .float64),
    .init("s", .string), .init("u", .string), .init("t", .date), .init("ts", .timestamp), .init("b", .bool),
    .init("c", .bool),
  ]

  private func given(_ cells: [String?]) -> String {
    zip(Self.columns, cells).map { "\($0.name)=\(($1 ?? "null").prefix(30))" }.joined(separator: " ")
  }
}
