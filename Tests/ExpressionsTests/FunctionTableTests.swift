import Columns
import Testing

@testable import Expressions

/// Functions against what Python's standard library and others say of the same values: see `Tests/oracles/functions.py`.
@Suite struct FunctionTableTests {
  /// An expression over columns `a`, `b`, …, and what it gives on some rows.
  struct Block: Sendable, CustomTestStringConvertible {
    let expression: String
    let kind: String
    let columns: [Table.Declaration]
    var rows: [(cells: [String?], expected: Substring)] = []
    var testDescription: String { expression }
  }

  static let blocks: [Block] = {
    var blocks: [Block] = []
    for line in oracleLines("functions.txt") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      if fields[0] == "is", fields.count > 2 {
        let columns = zip("abcdefgh", fields.dropFirst(3)).compactMap { name, type in
          declaredType(type).map { Table.Declaration(String(name), $0) }
        }
        blocks.append(Block(expression: unescaped(fields[1]) ?? "", kind: String(fields[2]), columns: columns))
      } else if let last = blocks.indices.last, fields.count == blocks[last].columns.count + 1 {
        blocks[last].rows.append((fields.dropLast().map(unescaped), fields[fields.count - 1]))
      }
    }
    return blocks
  }()

  /// `decimal(12, 3)`, or a name alone.
  private static func declaredType(_ text: Substring) -> DataType? {
    let parts = text.split { "(, )".contains($0) }
    return parts.first.flatMap { DataType(name: String($0), arguments: parts.dropFirst().compactMap { Int($0) }) }
  }

  @Test func read() { #expect(Self.blocks.count > 40 && Self.blocks.allSatisfy { !$0.rows.isEmpty }) }

  @Test(arguments: blocks)
  func agrees(_ block: Block) throws {
    let table = Table(block.columns, rows: block.rows.map(\.cells))
    let outcomes = try table.evaluate(block.expression).get()
    for (outcome, row) in zip(outcomes, block.rows)
    where !ExpressionsTests.agrees(outcome, row.expected, kind: Substring(block.kind)) {
      Issue.record("\(block.expression) of \(row.cells): \(outcome), not \(row.expected)")
    }
  }
}
