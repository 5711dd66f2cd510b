import Columns
import Glibc
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

  private func agrees(_ outcome: Outcome, _ expected: Substring, kind: Substring) -> Bool {
    switch outcome {
    case .null: expected == "\\N"
    case .failed: expected == "\\E"
    case .invalid: false
    case .text(let text):
      switch kind {
      case "float": Double(text).map { same($0, Double(expected)) } ?? false
      case "decimal": !expected.hasPrefix("\\") && significant(text) == expected
      default: expected != "\\N" && expected != "\\E" && text == unescaped(expected)
      }
    }
  }

  /// The sign of a zero and the payload of a NaN apart.
  private func same(_ a: Double, _ b: Double?) -> Bool { b.map { a == $0 || a.isNaN && $0.isNaN } ?? false }

  /// A decimal without the zeros that its scale adds.
  private func significant(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var digits = Substring(text)
    while digits.hasSuffix("0") { digits.removeLast() }
    if digits.hasSuffix(".") { digits.removeLast() }
    return digits == "-0" ? "0" : String(digits)
  }

  private func unescaped(_ field: Substring) -> String? {
    if field == "\\N" { return nil }
    var result = ""
    var isEscape = false
    for scalar in field.unicodeScalars {
      if isEscape {
        result.unicodeScalars.append(scalar == "t" ? "\t" : scalar == "n" ? "\n" : scalar)
        isEscape = false
      } else if scalar == "\\" {
        isEscape = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The lines of a file that an oracle wrote; none where it is not there.
  private func oracleLines(_ name: String) -> [String] {
    let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    guard let file = fopen("/\(folder)/oracles/\(name)", "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let got = fread(&block, 1, block.count, file), got > 0 { bytes += block[..<got] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
