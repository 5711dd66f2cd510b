import Engine
import Formats
import Kernels
import Testing
import Trials

/// Figures over all rows and over groups, of values that are hard to get right, as DuckDB has them: see
/// `Tests/oracles/figures.py`. The bytes are the same with all groups in memory and with none, and whatever the hash.
@Suite struct FigureTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let title: String
    let columns: [(name: String, expression: String)]
    let rows: [[String]]

    var testDescription: String { title.isEmpty ? "over all rows" : "by \(title)" }
  }

  static let parts: [Substring] = (readText("\(repository)/Tests/oracles/figures.txt") ?? "").split(
    separator: "\n-- ")

  static let input = parts.dropFirst().first.map { $0.drop { $0 != "\n" }.dropFirst() + "\n" } ?? ""

  static let examples: [Example] = {
    var sections = parts.dropFirst(2).makeIterator()
    var examples: [Example] = []
    while let columns = sections.next(), let rows = sections.next() {
      let lines = columns.split(separator: "\n")
      examples.append(
        Example(
          title: String(lines.first?.dropFirst(3) ?? ""),
          columns: lines.dropFirst().map { line in
            let parts = line.split(separator: ": ", maxSplits: 1)
            return (String(parts[0]), String(parts[1]))
          },
          rows: rows.split(separator: "\n").dropFirst().map { $0.split(separator: " ").map(String.init) }))
    }
    return examples
  }()

  @Test func allExamplesAreThere() {
    #expect(Self.examples.map(\.title) == ["", "g", "g, k", "f", "d", "t", "x", "b"])
    #expect(Self.examples.allSatisfy { $0.columns.count == 51 && $0.rows.count == 36 })
  }

  @Test(arguments: examples)
  func agreesWithDuckDB(_ example: Example) throws {
    let inMemory = try Self.run(example)
    let table = try Table(try #require(inMemory.output, "\(inMemory.diagnostics)"))
    for (place, column) in example.columns.enumerated() {
      for (row, expected) in zip(table[column.name], example.rows) {
        #expect(Self.agree(row, expected[place]), "\(column.expression): \(row), and not \(expected[place])")
      }
      #expect(table[column.name].count == example.rows.count)
    }
    for way in Self.ways {
      let other = try Self.run(example, way)
      #expect(other.output == inMemory.output, "\(way)")
    }
  }

  struct Way: CustomStringConvertible {
    let hash: String
    let memory: Int?
    let records: Int
    let threads: Int
    var description: String { "\(hash) hash, \(memory ?? -1) bytes, batches of \(records), \(threads) threads" }
  }

  static let ways = [
    Way(hash: "standard", memory: 0, records: 7, threads: 2),
    Way(hash: "constant", memory: nil, records: 36, threads: 1),
    Way(hash: "constant", memory: 0, records: 1, threads: 4),
  ]

  private static func run(
    _ example: Example, _ way: Way = Way(hash: "standard", memory: nil, records: 36, threads: 1)
  ) throws -> Trial {
    let folder = try Folder()
    let options = RunOptions(
      threads: way.threads, batches: BatchLimits(records: way.records),
      resources: RunResources(memory: way.memory, temporary: folder.path),
      hasher: way.hash == "constant" ? KeyHasher { _ in 7 } : .standard)
    let figures = example.columns.map { "      \($0.name): \"\($0.expression)\"\n" }.joined()
    let recipe = """
      input:
        path: input.csv
        columns: {n: int, k: int, f: float, i: int, d: "decimal(38, 2)", t: date, s: timestamp, b: bool}
      steps:
        - set:
      \(figures)
      """
    return try Trial(recipe, String(input), options: options)
  }

  /// Whether a text is what DuckDB's value would be written as; floats by their bits, -0 as 0.
  private static func agree(_ found: String, _ expected: String) -> Bool {
    if expected == "null" { return found.isEmpty }
    if expected == "nan" { return Double(found)?.isNaN == true }
    if expected.hasPrefix("0x") || expected.hasPrefix("-0x") { return Double(found) == Double(expected) }
    return found == expected.replacing("_", with: " ")
  }
}
