import Engine
import Formats
import Kernels
import Plans
import Testing
import Trials

/// What must know the whole input, on keys spread in several ways, as DuckDB has it: see `Tests/oracles/whole_input.py`.
/// The bytes are the same with all keys in memory and with none, and whatever the hash.
@Suite struct WholeInputTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let keys: String
    let name: String
    let input: String
    let recipe: String
    /// Each row's number and the columns that the recipe adds or changes, with commas between.
    let rows: [Substring]

    var testDescription: String { "\(name) over keys that are \(keys)" }
  }

  /// `== KEYS`, then its `-- input`, then `-- recipe NAME` and `-- rows NAME` in turn.
  static let examples: [Example] = {
    let text = readText("\(repository)/Tests/oracles/whole_input.txt") ?? ""
    var examples: [Example] = []
    for part in text.split(separator: "\n== ").dropFirst() {
      var sections = part.split(separator: "\n-- ").makeIterator()
      guard let keys = sections.next(), let input = sections.next() else { continue }
      while let recipe = sections.next(), let rows = sections.next() {
        examples.append(
          Example(
            keys: String(keys), name: recipe.firstLine.replacing("recipe ", with: ""), input: input.afterFirstLine,
            recipe: recipe.afterFirstLine, rows: rows.afterFirstLine.split { $0 == " " || $0 == "\n" }))
      }
    }
    return examples
  }()

  @Test func allExamplesAreThere() {
    #expect(Self.examples.count == 4 * 26)
    #expect(Set(Self.examples.map(\.keys)) == ["distinct", "equal", "half", "zipf"])
  }

  @Test(arguments: examples)
  func agreesWithDuckDB(_ example: Example) throws {
    let inMemory = try Self.run(example)
    let table = try Table(try #require(inMemory.output, "\(inMemory.diagnostics)"))
    let changed = table.header.filter { $0 == "n" || example.changes($0) }
    let found = table.rows.indices.map { row in changed.map { table[$0][row] }.joined(separator: ",") }
    #expect(found == example.rows.map(String.init))
    if example.name == "figures_of_keys" {
      #expect(inMemory.report?.rules.map(\.status.rawValue) == ["pass", "pass", "pass", "pass", "warn"])
    }
    for way in Self.ways {
      let other = try Self.run(example, way)
      #expect(other.output == inMemory.output, "\(way)")
      #expect(other.quarantineBody == inMemory.quarantineBody, "\(way)")
      #expect(other.report?.rules.map(\.counts) == inMemory.report?.rules.map(\.counts), "\(way)")
      #expect(other.report?.rules.map(\.observed) == inMemory.report?.rules.map(\.observed), "\(way)")
    }
  }

  /// Texts of any length are carried over the edges of batches, long ones in a file.
  @Test(arguments: ["previous", "next"], [1, 3, 60])
  func longTextsAreCarriedOn(_ direction: String, _ records: Int) throws {
    // Every third row has a text; some are longer than what is held in memory.
    let texts: [String?] = (0..<40).map { row in
      row % 3 == 1 ? String(repeating: "é", count: row * row % 400) + "\(row)" : nil
    }
    let input = "n,t\n" + texts.enumerated().map { "\($0.offset),\($0.element ?? "")\n" }.joined()
    var filled = direction == "next" ? Array(texts.reversed()) : texts
    for row in filled.indices.dropFirst() where filled[row] == nil { filled[row] = filled[row - 1] }
    if direction == "next" { filled.reverse() }
    let folder = try Folder()
    let options = RunOptions(
      threads: 2, batches: BatchLimits(records: records), resources: RunResources(memory: 0, temporary: folder.path))
    let trial = try Trial("steps:\n  - fill_missing: {column: t, using: \(direction)}\n", input, options: options)
    let table = try Table(try #require(trial.output, "\(trial.diagnostics)"))
    #expect(table["t"] == filled.map { $0 ?? "" })
    if records < 60 { #expect(trial.report?.bytesSpilled ?? 0 > 256) }
  }

  struct Way: CustomStringConvertible {
    let hash: String
    let memory: Int?
    let records: Int
    let threads: Int
    var description: String { "\(hash) hash, \(memory ?? -1) bytes, batches of \(records), \(threads) threads" }
  }

  static let ways = [
    Way(hash: "standard", memory: 0, records: 7, threads: 2), Way(hash: "8-bit", memory: nil, records: 60, threads: 1),
    Way(hash: "8-bit", memory: 0, records: 1, threads: 4), Way(hash: "constant", memory: 0, records: 60, threads: 2),
  ]

  private static func run(
    _ example: Example, _ way: Way = Way(hash: "standard", memory: nil, records: 60, threads: 1)
  ) throws -> Trial {
    let hashers: [String: KeyHasher] = [
      "8-bit": KeyHasher { words in words.reduce(0) { $0 &* 31 ^ $1 } & 0xFF }, "constant": KeyHasher { _ in 7 },
    ]
    let folder = try Folder()
    let options = RunOptions(
      threads: way.threads, batches: BatchLimits(records: way.records),
      resources: RunResources(memory: way.memory, temporary: folder.path), hasher: hashers[way.hash] ?? .standard)
    let recipe = """
      input:
        path: input.csv
        columns: {n: int, k: int, s: string, v: int, w: "decimal(8, 2)"}
      \(example.recipe)

      """
    return try Trial(recipe, example.input, options: options)
  }
}

extension WholeInputTests.Example {
  /// Whether the recipe adds or changes a column, by the number of values to a row that are expected.
  fileprivate func changes(_ column: String) -> Bool {
    switch name {
    case "fill_previous", "fill_next", "fill_most_frequent": ["s", "v"].contains(column)
    case "fill_mean", "fill_median", "fill_sum": column == "v"
    default: !["n", "k", "s", "v", "w"].contains(column)
    }
  }
}

extension Substring {
  fileprivate var firstLine: String { String(prefix { $0 != "\n" }) }
  fileprivate var afterFirstLine: String { String(drop { $0 != "\n" }.dropFirst()) + "\n" }
}
