import Glibc
import Testing
import Trials

/// Inputs that were made to take much memory, within limits that the system enforces.
@Suite(
  .serialized,
  .enabled(if: getenv("BREW_SLOW") != nil && getenv("BREW_BINARY") != nil, "slow: set BREW_SLOW and BREW_BINARY"))
struct HostileSlow {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    /// Records that are read, and those that go on.
    let read: Int
    let accepted: Int
    /// MiB that the process may take in all, with 16 for what grows with the input.
    let most: Int
    /// Writes the input, a piece at a time.
    let input: @Sendable ((String) throws -> Void) throws -> Void

    var testDescription: String { name }
  }

  private static func lines(_ count: Int, _ line: @escaping @Sendable (Int) -> String)
    -> @Sendable (
      (String) throws -> Void
    ) throws -> Void
  {
    { write in
      for start in stride(from: 0, to: count, by: 10_000) {
        try write((start..<min(start + 10_000, count)).map(line).joined())
      }
    }
  }

  private static let head = "id,t\n"
  private static let long = String(repeating: "x y\n", count: 2_500_000)

  static let examples: [Example] = [
    Example(name: "a cell of 10 MB, twice", read: 3, accepted: 1, most: 320) { write in
      for text in [head, "1,\"", long, "\"\n2,b\n3,\"", long, "\"\n"] { try write(text) }
    },
    Example(name: "all keys equal", read: 1_000_000, accepted: 0, most: 64) { write in
      try write(head)
      try lines(1_000_000) { _ in "42,abcdefgh\n" }(write)
    },
    Example(name: "all keys distinct", read: 1_000_000, accepted: 1_000_000, most: 64) { write in
      try write(head)
      try lines(1_000_000) { "\($0),k\($0)\n" }(write)
    },
    Example(name: "long keys, all distinct", read: 20_000, accepted: 20_000, most: 80) { write in
      try write(head)
      let text = String(repeating: "z", count: 10_000)
      try lines(20_000) { "\($0),\(text)\($0)\n" }(write)
    },
    Example(name: "a quote of a million lines that is closed", read: 2, accepted: 2, most: 192) { write in
      try write(head + "1,\"")
      try lines(1_000_000) { _ in "line text\n" }(write)
      try write("\"\n2,b\n")
    },
    // The first line is refused, all the others are records: copies of one, and the last.
    Example(name: "a quote of a million lines that is not", read: 1_000_001, accepted: 1, most: 192) { write in
      try write(head + "1,\"")
      try lines(1_000_000) { _ in "line of text, with comma\n" }(write)
      try write("2,b")
    },
    Example(name: "a line without an end", read: 1, accepted: 0, most: 128) { write in
      try write(head + "1,")
      try lines(20_000) { _ in String(repeating: "x", count: 10_000) }(write)
    },
    Example(name: "30 cells of 10 MB", read: 30, accepted: 0, most: 768) { write in
      try write(head)
      let text = String(repeating: "z", count: 10_000_000)
      for row in 0..<30 { try write("\(row),\(text)\n") }
    },
  ]

  private static let recipe = """
    recipe: hostile
    input: input.csv
    steps:
      - trim: t
      - set: {u: upper(t)}
      - flag_duplicates: {columns: t, into: again}
      - fill_missing: {column: t, using: previous}
    rules:
      - unique: t
      - distinct_count: {columns: t, at_least: 0}
    gate: {rows: {at_least: 0}}
    output: output.csv

    """

  @Test(arguments: examples)
  func memoryIsBounded(_ example: Example) throws {
    let folder = try Folder()
    try folder.write(Self.recipe, to: "recipe.yaml")
    try folder.writeInput(example.input)
    let end = try Measured(most: example.most, folder)
    #expect(end.status == 0 || end.status == 1, "\(end.error)")
    let report = try #require(Value(folder.read("report.json") ?? []))
    #expect(report["ledger"]["read"].int == example.read)
    #expect(report["ledger"]["accepted"].int == example.accepted)
    #expect(end.peak <= example.most << 20, "\(end.peak >> 20) MiB by wait4")
    #expect(report["peak_memory"].int ?? .max <= example.most << 20)
    #expect(folder.names.allSatisfy { !$0.hasPrefix("brew-") }, "temporary files: \(folder.names)")
  }

  /// Copies of 2,000 rows of ten thousand columns, by all of them.
  @Test func tenThousandColumns() throws {
    let folder = try Folder()
    try folder.write(
      "recipe: wide\ninput: input.csv\nsteps:\n  - deduplicate:\noutput: output.csv\n", to: "recipe.yaml")
    try folder.writeInput { write in
      try write((0..<10_000).map { "c\($0)" }.joined(separator: ",") + "\n")
      let rows = (0..<7).map { row in (0..<10_000).map { "\(row * $0 % 7)" }.joined(separator: ",") + "\n" }
      for row in 0..<2000 { try write(rows[row % 7]) }
    }
    let end = try Measured(most: 96, folder)
    #expect(end.status == 0, "\(end.error)")
    let report = try #require(Value(folder.read("report.json") ?? []))
    #expect(report["ledger"]["accepted"] == 7)
    #expect(report["ledger"]["dropped"] == 1993)
    #expect(end.peak <= 96 << 20, "\(end.peak >> 20) MiB by wait4")
  }

  /// The limit on the size of files is met while keys go to the temporary file: their 16 MB alone are past it, outputs
  /// are not written yet.
  @Test func aFileThatMayNotGrowWhileSpillingIsAnError() throws {
    let folder = try Folder()
    try folder.write(
      "recipe: full\ninput: input.csv\nrules:\n  - unique: [id, t]\noutput: output.csv\n", to: "recipe.yaml")
    try folder.writeInput { write in
      try write(Self.head)
      try Self.lines(1_000_000) { "\($0),k\($0)\n" }(write)
    }
    try folder.write("as it was\n", to: "output.csv")
    let end = try Measured(["--file", "\(4 << 20)"], folder)
    #expect(end.status == 3)
    #expect(end.error.hasPrefix("full: error, all files are as they were\n"), "\(end.error)")
    #expect(end.error.contains("/spill-1: File too large\n"), "\(end.error)")
    #expect(folder.read("output.csv") == Array("as it was\n".utf8))
    #expect(folder.names == ["input.csv", "output.csv", "recipe.yaml", "report.json", "temporary"])
    #expect(folderNames(folder["temporary"]).isEmpty)
  }
}

/// A run of a folder's recipe within limits, with 16 MiB for what grows with the input.
struct Measured {
  /// - Parameter most: MiB that may be resident. What may be asked for is twice that, since buffers grow by doubling, and
  ///   the stacks of two threads, of which next to nothing is touched.
  init(most: Int, _ folder: Folder) throws { try self.init(["--data", "\((2 * most + 160) << 20)"], folder) }

  let status: Int?
  /// Bytes of memory at most, by `wait4`.
  let peak: Int
  let error: String

  init(_ limits: [String], _ folder: Folder) throws {
    folder.makeFolder("temporary")
    let words =
      ["python3", "\(repository)/Tests/oracles/measured.py"] + limits + ["--", Command.binary]
      + ["apply", "recipe.yaml", "--report", "report.json", "--memory", "16M", "--temp", "temporary", "--threads", "2"]
    let running = try Running(words, in: folder.path)
    let result = try running.finish()
    let said = try #require(result.json, "\(result.error)")
    status = said["status"].int
    peak = said["peak"].int ?? .max
    error = said["error"].text ?? ""
  }
}

extension Folder {
  /// Writes `input.csv` a piece at a time, so that the test itself stays small.
  fileprivate func writeInput(_ body: ((String) throws -> Void) throws -> Void) throws {
    let file = try #require(fopen(self["input.csv"], "wb"))
    defer { fclose(file) }
    try body { text in
      var text = text
      let count = text.utf8.count
      let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) }
      guard written == count else { throw TrialFailure("cannot write the input") }
    }
  }
}
