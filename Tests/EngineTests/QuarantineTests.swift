import Databrew
import Engine
import Formats
import Glibc
import Plans
import Testing
import Trials

/// What a run leaves of the rows it refuses, and when it ends for them.
@Suite struct QuarantineTests {
  static let input = "id,n,t\n1,5,a\n2,x,b\n3,99,\"c,d\"\n4,6\n5,y,\n"
  static func recipe(_ quarantine: String, more: String = "") -> String {
    """
    input: {path: input.csv, columns: {id: int, n: int}}
    rules:
      - between: {column: n, max: 10}
      - not_null: t
    quarantine: \(quarantine)
    \(more)
    """
  }

  private func file(_ quarantine: String, name: String) throws -> (bytes: [UInt8], trial: Trial) {
    let trial = try Trial(Self.recipe(quarantine), Self.input)
    return (try #require(name == "csv" ? trial.quarantine : trial.unreadable), trial)
  }

  @Test func writesARecordForEachRow() throws {
    let trial = try Trial(Self.recipe("output.quarantine.jsonl"), Self.input)
    #expect(trial.outputText == "id,n,t\n1,5,a\n")
    #expect(
      trial.reasons == [
        "2: cast n \"x\"", "3: between n 99", "4: ragged", "5: cast n \"y\", not_null t",
      ])
    let key = try #require(Value.lines(trial.quarantine ?? [])?.first)
    #expect(key["schema"] == .text("brew.quarantine/1"))
    #expect(key["inputs"][0]["header"] == .text("id,n,t"))
    #expect(key["inputs"][0]["size"] == .number("\(Self.input.utf8.count)"))
    #expect(key["rules"].list.map { $0["name"].text } == ["between_n", "not_null_t"])
    let row = try #require(trial.refused.dropFirst().first)
    #expect(row["raw"] == .text("3,99,\"c,d\""))
    #expect(row["source"]["offset"] == .number("\("id,n,t\n1,5,a\n2,x,b\n".utf8.count)"))
    #expect(row["source"]["length"] == .number("10"))
    #expect(row["source"]["line"] == .number("4"))
    #expect(row["reasons"][0]["rule"] == .text("between_n"))
    #expect(row["reasons"][0]["step"] == .number("1"))
    #expect(row["attempt"] == .number("1"))
  }

  /// One after the other, the values beside each refused row.
  static let kept: [(String, [[String]])] = [
    ("failed", [["n"], ["n"], [], ["n", "t"]]), ("all", [["id", "n", "t"], ["id", "n", "t"], [], ["id", "n", "t"]]),
    ("none", [[], [], [], []]),
  ]

  @Test(arguments: kept)
  func keepsTheValuesAskedFor(_ values: String, _ expected: [[String]]) throws {
    let trial = try Trial(Self.recipe("{path: output.quarantine.jsonl, values: \(values)}"), Self.input)
    #expect(trial.refused.map { $0["values"].members.map(\.name) } == expected)
    guard values == "all" else { return }
    #expect(trial.refused[1]["values"] == Value(#"{"id": 3, "n": 99, "t": "c,d"}"#.utf8))
    #expect(trial.refused[3]["values"] == Value(#"{"id": 5, "n": "y", "t": null}"#.utf8))
  }

  @Test func writesCSV() throws {
    let (bytes, trial) = try file("{path: output.quarantine.csv, format: csv}", name: "csv")
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "id,n,t,reasons\n2,x,b,cast_n\n3,99,\"c,d\",between_n\n5,y,,cast_n;not_null_t\n")
    let unreadable = Value.lines(trial.unreadable ?? []) ?? []
    try #require(unreadable.count == 2)
    #expect(unreadable[1]["reasons"][0]["code"] == .text("ragged"))
    #expect(unreadable[1]["raw"] == .text("4,6"))
    #expect(trial.report?.ledger.quarantined == 4)
  }

  @Test func writesCSVWithTheSource() throws {
    let (bytes, trial) = try file("{path: output.quarantine.csv, format: {csv: {source: true}}}", name: "csv")
    let table = try Table(bytes)
    #expect(
      table.header == ["id", "n", "t", "reasons", "source_file", "source_record", "source_line", "source_offset", "id"])
    #expect(table["source_record"] == ["2", "3", "5"])
    #expect(table["source_line"] == ["3", "4", "6"])
    #expect(table["source_offset"] == ["13", "19", "34"])
    #expect(table["source_file"].allSatisfy { $0 == "\(trial.path)/input.csv" })
    let ids = table.rows.compactMap(\.last)
    let plain = try Trial(Self.recipe("output.quarantine.jsonl"), Self.input).refused.compactMap { $0["id"].text }
    #expect(ids == [plain[0], plain[1], plain[3]])
  }

  @Test func leavesNoSideFileWithoutNeed() throws {
    let recipe = Self.recipe("{path: output.quarantine.csv, format: csv}")
    let trial = try Trial(recipe, Self.input.replacing("4,6\n", with: ""))
    #expect(trial.unreadable == nil)
    #expect(trial.names == ["input.csv", "output.csv", "output.quarantine.csv", "recipe.yaml"])
  }

  @Test func keepsALongRecordInPart() throws {
    let long = String(repeating: "é", count: 1_200_000)
    let recipe = "input: {path: input.csv, format: {csv: {max_record: 1 MiB}}}\n"
    let trial = try Trial(recipe, "a,b\n1,\(long)\n2,3\n")
    let row = try #require(trial.refused.first)
    #expect(trial.reasons == ["1: too_long"])
    #expect(row["source"]["length"] == .number("2400002"))
    #expect(row["raw_truncated"] == .bool(true))
    #expect(trial.outputText == "a,b\n2,3\n")
  }

  struct Breaker: CustomStringConvertible, Sendable {
    let description: String
    let stops: Bool
  }

  static let breakers = [
    Breaker(description: "{rows: 3}", stops: true), Breaker(description: "{rows: 4}", stops: false),
    Breaker(description: "{share: 50%, after: 5}", stops: true),
    Breaker(description: "{share: 80%, after: 5}", stops: false),
    // Never that many records.
    Breaker(description: "{share: 1%, after: 6}", stops: false),
  ]

  @Test(arguments: breakers, [1, 4])
  func stopsAHopelessRun(_ breaker: Breaker, _ threads: Int) throws {
    let recipe = Self.recipe("{path: output.quarantine.jsonl, stop_at: \(breaker)}")
    let options = RunOptions(threads: threads, batches: BatchLimits(records: 1))
    let trial = try Trial(recipe, Self.input, options: options)
    #expect(trial.report?.status == (breaker.stops ? .stopped : .warned))
    #expect(trial.report?.exit == (breaker.stops ? 1 : 0))
    #expect(trial.report?.published == !breaker.stops)
    #expect((trial.output == nil) == breaker.stops)
    #expect(trial.refused.count == 4)
  }

  struct Gate: CustomStringConvertible, Sendable {
    let description: String
    let holds: Bool
  }

  /// Of five records four are refused: exactly 80 %.
  static let gates = [
    Gate(description: "{quarantined: {at_most: 80%}}", holds: true),
    Gate(description: "{quarantined: {at_most: 79.999999%}}", holds: false),
    Gate(description: "{quarantined: {at_most: 4}}", holds: true),
    Gate(description: "{quarantined: {at_most: 3}}", holds: false),
    Gate(description: "{rows: {at_least: 1}}", holds: true), Gate(description: "{rows: {at_least: 2}}", holds: false),
    Gate(description: "{rows: {is: 1}, quarantined: {between: [1, 4]}}", holds: true),
    Gate(description: "{rows: {is: 1}, quarantined: 5}", holds: false),
  ]

  @Test(arguments: gates)
  func publishesWhatTheGateLets(_ gate: Gate) throws {
    let trial = try Trial(Self.recipe("output.quarantine.jsonl", more: "gate: \(gate)\n"), Self.input)
    #expect(trial.report?.status == (gate.holds ? .warned : .failed))
    #expect(trial.report?.exit == (gate.holds ? 0 : 1))
    #expect(trial.report?.published == gate.holds)
    #expect((trial.output != nil) == gate.holds)
    #expect(trial.refused.count == 4, "the quarantine is written either way")
    #expect(!trial.names.contains { $0.contains(".tmp") || $0.contains("rejected") })
  }

  @Test func keepsARejectedOutputWhereAsked() throws {
    let trial = try Trial(
      Self.recipe("output.quarantine.jsonl", more: "gate: {rows: {at_least: 2}}\n"),
      files: [("input.csv", Array(Self.input.utf8))], keep: true)
    #expect(trial.output == nil)
    #expect(trial.names.contains("output.csv.rejected"))
  }

  /// The first value that does not fit stops the run, whichever worker meets it, and what came before it is refused all the
  /// same.
  @Test(arguments: [1, 4, 7])
  func stopsAtTheFirstValue(_ threads: Int) throws {
    let recipe = "input: {path: input.csv, columns: {n: {type: int, on_error: fail}, m: int}}\n"
    let rows = (1...200).map { $0 >= 120 && $0 % 5 == 0 ? "x,1\n" : $0 % 40 == 0 ? "1,y\n" : "1,1\n" }.joined()
    var options = RunOptions(threads: threads, batches: BatchLimits(records: 1))
    options.beforeDeposit = { number in if number == 119 { usleep(20_000) } }
    let trial = try Trial(recipe, "n,m\n" + rows, options: options)
    #expect(trial.report?.status == .failed)
    #expect(trial.report?.problem?.contains("input.csv:121: column 'n'") == true)
    #expect(trial.output == nil)
    #expect(trial.reasons == ["40: cast m \"y\"", "80: cast m \"y\""])
  }
}
