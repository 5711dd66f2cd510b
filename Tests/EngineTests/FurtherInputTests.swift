import Databrew
import Engine
import Formats
import Glibc
import Plans
import Reports
import Testing
import Trials

/// Inputs beside the main one, and the rules that compare with them.
@Suite struct FurtherInputTests {
  /// What a recipe in a folder of its own makes of `input.csv` and `t.csv`.
  private static func trial(
    _ recipe: String, _ input: String, _ further: String, options: RunOptions = RunOptions(threads: 1)
  ) throws -> Trial {
    let files = [("input.csv", Array(input.utf8)), ("t.csv", Array(further.utf8))]
    return try Trial(recipe, files: files, options: options)
  }

  // MARK: Beside DuckDB

  struct Way: CustomStringConvertible, Sendable {
    let memory: Int?
    let threads: Int
    var description: String { "\(memory.map { "\($0) bytes" } ?? "all the memory"), \(threads) threads" }
  }

  static let ways = [
    Way(memory: nil, threads: 1), Way(memory: nil, threads: 4), Way(memory: 64 << 10, threads: 1),
    Way(memory: 64 << 10, threads: 4),
  ]

  /// The rows that fail are those of DuckDB's anti and semi joins (`Tests/oracles/references.py`), in memory and spilled.
  @Test(arguments: ways)
  func failsTheRowsOfJoins(_ way: Way) throws {
    let keys = [["id"], ["amount"], ["day"], ["name"], ["id", "day"], ["amount", "name"]]
    let rules = ["references", "not_references"].flatMap { rule in
      keys.map { "  - \(rule): {columns: [\($0.joined(separator: ", "))], in: t}\n" }
    }
    let recipe = """
      input: {path: input.csv, columns: {id: int, amount: "decimal(9, 2)", day: date}}
      inputs:
        t: {path: t.csv, columns: {id: int32, amount: "decimal(9, 4)", day: {type: date, format: "%d/%m/%Y"}}}
      rules:
      \(rules.joined())
      """
    var options = RunOptions(threads: way.threads, batches: BatchLimits(records: 500))
    options.resources = RunResources(memory: way.memory)
    let trial = try Self.trial(
      recipe, ReferenceRows.text(seed: 1, count: 3000, isKnown: false),
      ReferenceRows.text(seed: 2, count: 4000, isKnown: true), options: options)
    let report = try #require(trial.report)
    #expect((report.bytesSpilled > 0) == (way.memory != nil))
    var found: [String: (rows: Int, squares: Int)] = [:]
    for row in trial.refused {
      let number = row["source"]["record"].int ?? 0
      for reason in row["reasons"].list {
        let rule = reason["rule"].text ?? ""
        let (rows, squares) = found[rule] ?? (0, 0)
        found[rule] = (rows + 1, squares + number * number)
      }
    }
    let lines = try #require(readText("\(repository)/Tests/oracles/references.txt")).split(separator: "\n")
    #expect(lines.count == rules.count)
    for line in lines {
      let rule = String(line.prefix { $0 != " " })
      let figures = try #require(found[rule])
      #expect("\(rule) | \(figures.rows) \(figures.squares)" == String(line))
    }
  }

  // MARK: What is told

  @Test func reportTellsWhatWasRead() throws {
    let trial = try Self.trial(
      "inputs: {t: {path: t.csv, on_error: reject}}\nrules:\n  - references: {columns: k, in: t}\n",
      "k\n1\n", "k,m\n1,a\n2\n3,b\n")
    let further = try #require(trial.report?.furtherInputs.first)
    #expect(trial.report?.furtherInputs.count == 1)
    #expect(further.name == "t")
    #expect(further.refused == 1)
    #expect(further.files.map(\.rows) == [3])
    #expect(further.files.map(\.bytes) == [14])
    #expect(trial.report?.inputs.map(\.rows) == [1], "the further input is none of the recipe's own rows")
    #expect(trial.report?.ledger.read == 1)
  }

  @Test func planTellsOfFurtherInputs() throws {
    let folder = try Folder()
    try folder.write("k\n1\n", to: "input.csv")
    try folder.write("k\n1\n", to: "t.csv")
    try folder.write(
      """
      recipe: trial
      input: input.csv
      inputs: {t: {path: t.csv, steps: [{deduplicate: k}]}}
      rules:
        - references: {columns: k, in: t}
      output: output.csv
      """, to: "recipe.yaml")
    let request = ApplyRequest(CompileRequest(path: folder["recipe.yaml"]), threads: 1)
    let outline = try outline(request).get()
    let json = try #require(Value(outline.json.bytes()))
    #expect(json["passes"].int == 2)
    #expect(json["least_passes"].int == 1)
    let further = try #require(json["further_inputs"].list.first)
    #expect(further["name"].text == "t")
    #expect(further["readings"].int == 2, "once for the copies, once for the keys")
    #expect(further["stages"].list.map { $0["memory"].text } == ["row", "whole"])
    #expect(outline.text(colored: false).contains("t  1 file, 4 bytes, read 2 times"))
    #expect(outline.mermaid.contains("further1 -->|keys| stage1"))
  }

  // MARK: Files

  @Test func changedFurtherInputPublishesNothing() throws {
    var options = RunOptions(threads: 1)
    options.open = { file throws(InputFailure) in
      if let folder = file.path.hasSuffix("/input.csv") ? file.path.dropLast("input.csv".count) : nil {
        try? writeFile(Array("k\n1\n2\n".utf8), to: folder + "t.csv")
      }
      return try file.content.open()
    }
    let trial = try Self.trial(
      "inputs: {t: t.csv}\nrules:\n  - references: {columns: k, in: t}\n", "k\n1\n", "k\n1\n", options: options)
    #expect(trial.report?.status == .error)
    #expect(trial.report?.problem?.hasSuffix("t.csv was changed while it was read") == true)
    #expect(trial.output == nil)
    #expect(trial.quarantine == nil)
  }

  @Test func limitIsOfTheMainInputOnly() throws {
    var options = RunOptions(threads: 1)
    options.limit = 1
    let trial = try Self.trial(
      "inputs: {t: t.csv}\nrules:\n  - references: {columns: k, in: t}\n", "k\nc\nz\n", "k\na\nb\nc\n",
      options: options)
    #expect(trial.outputText == "k\nc\n")
  }

  /// The declared columns of both inputs are in one file.
  @Test(arguments: ["k: int\n", "columns: {k: int}\n", "columns:\n  k: {type: int, description: A number.}\n"])
  func columnsComeFromAFile(_ columns: String) throws {
    let recipe = """
      input: {path: input.csv, columns: schema/k.yaml}
      inputs: {t: {path: t.csv, columns: schema/k.yaml}}
      rules:
        - references: {columns: k, in: t}
      """
    let folder = try Folder()
    #expect(mkdir(folder["schema"], 0o700) == 0)
    try folder.write(columns, to: "schema/k.yaml")
    try folder.write("k\n1\nx\n 02\n", to: "input.csv")
    try folder.write("k\n+1\n002\n", to: "t.csv")
    try folder.write("recipe: trial\noutput: output.csv\n" + recipe, to: "recipe.yaml")
    guard case .report(let report) = apply(ApplyRequest(CompileRequest(path: folder["recipe.yaml"]), threads: 1)) else {
      Issue.record("the recipe does not compile")
      return
    }
    #expect(report.reasons.map { "\($0.code) \($0.column ?? "") \($0.rows)" } == ["cast k 1"])
    #expect(folder.read("output.csv") == Array("k\n1\n2\n".utf8))
  }

  // MARK: validate

  /// A recipe judges a file that is not its own: its steps are done, its rules judge, and nothing is written.
  @Test func validatesByARecipe() throws {
    let folder = try Folder()
    try folder.write("k\n A\nb\nc\n", to: "other.csv")
    try folder.write("k\na\nb\n", to: "t.csv")
    try folder.write(
      """
      recipe: trial
      input: none.csv
      inputs: {t: t.csv}
      steps:
        - trim: k
        - lower_case: k
      rules:
        - references: {columns: k, in: t}
      output: output.csv
      """, to: "recipe.yaml")
    let path = folder["recipe.yaml"]
    let request = ApplyRequest(CompileRequest(path: path), threads: 1)
    guard case .report(let report) = validate(folder["other.csv"], rules: path, request) else {
      Issue.record("the recipe does not compile")
      return
    }
    #expect(report.mode == .validate)
    #expect(report.rules.map(\.counts.failed) == [1])
    #expect(report.rules.map(\.counts.passed) == [2])
    #expect(report.status == .failed, "in validate, one failing row is enough")
    #expect(folder.names == ["other.csv", "recipe.yaml", "t.csv"])
  }
}

/// The rows that `Tests/oracles/references.py` makes.
private struct ReferenceRows {
  private var state: UInt64

  static func text(seed: UInt64, count: Int, isKnown: Bool) -> String {
    var rows = ReferenceRows(state: seed)
    var text = "id,amount,day,name\n"
    for _ in 0..<count { text += rows.next(isKnown: isKnown) }
    return text
  }

  private mutating func next(_ below: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % below
  }

  private mutating func next(isKnown: Bool) -> String {
    let number = next(4) == 0 ? 7 : next(6000)
    let cents = next(500)
    let more = next(40)
    let day = Self.date(next(900))
    let word = next(2500)
    let kind = next(9)
    let nulls = next(64) & 7
    let name = "k\(word)" + ["", "", "", " ", "\u{E9}", "E", "e", String(repeating: "x", count: 300), "''"][kind]
    let amount = "\(cents / 100).\(Self.padded(cents % 100))" + (isKnown ? (more == 0 ? "01" : "00") : "")
    let text =
      isKnown
      ? "\(Self.padded(day.day))/\(Self.padded(day.month))/\(day.year)"
      : "\(day.year)-\(Self.padded(day.month))-\(Self.padded(day.day))"
    let fields = ["\(number)", amount, text, name].enumerated().map { $0 == nulls ? "" : $1 }
    return fields.joined(separator: ",") + "\n"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The date so many days after the first of 2024.
  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    var (year, month, left) = (2024, 1, days)
    while true {
      let lengths = [31, year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      if left < lengths[month - 1] { return (year, month, left + 1) }
      left -= lengths[month - 1]
      (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
    }
  }
}
