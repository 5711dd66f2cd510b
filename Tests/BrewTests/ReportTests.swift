import Glibc
import Testing
import Trials

/// The fields of `brew.run/1`, on a run whose figures were worked out by hand (see ``Grades``).
@Suite struct ReportTests {
  private static func report(_ options: String...) throws -> (Value, Folder, Command.Result) {
    let folder = try Grades.folder()
    let words = [Command.binary, "apply", "recipes/grades.yaml", "--as-of", "2024-12-31", "--json"]
    let result = try Command.run(words + options, in: folder.path)
    return (try #require(result.json), folder, result)
  }

  @Test func head() throws {
    let (report, _, result) = try Self.report("--threads", "3", "--set", "pass=60")
    #expect(result.status == 0)
    #expect(report["schema"] == "brew.run/1")
    #expect(report["status"] == "warned")
    #expect(report["exit"] == 0)
    #expect(report["published"] == true)
    #expect(report["recipe"]["name"] == "grades")
    #expect(report["recipe"]["file"] == "recipes/grades.yaml")
    #expect(report["recipe"]["fingerprint"].text?.count == 16)
    #expect(report["engine"].text?.hasPrefix("brew ") == true)
    #expect(report["as_of"] == "2024-12-31 00:00:00Z")
    #expect(report["parameters"]["pass"] == "60")
    #expect(report["threads"] == 3)
    #expect(report["problem"] == nil)
    #expect(report["diagnostics"] == [])
  }

  @Test func clock() throws {
    let before = time(nil)
    let (report, _, _) = try Self.report()
    let started = try #require(report["started"].text)
    let finished = try #require(report["finished"].text)
    #expect(started <= finished)
    #expect(report["run"].text?.prefix(4) == started.prefix(4))
    let year = try #require(Int(started.prefix(4)))
    #expect(year == 1970 + Int(Double(before) / 31_556_952))
    guard case .number(let seconds) = report["seconds"] else { throw TrialFailure("no seconds") }
    #expect(try #require(Double(seconds)) > 0)
    let peak = try #require(report["peak_memory"].int)
    #expect((1 << 20..<1 << 30).contains(peak))
  }

  @Test func runsDiffer() throws {
    #expect(try Self.report().0["run"] != Self.report().0["run"])
  }

  @Test func inputs() throws {
    let (report, folder, _) = try Self.report("--digest")
    let input = report["inputs"][0]
    #expect(report["inputs"].list.count == 1)
    #expect(input["path"] == "data/grades.csv")
    #expect(input["bytes"].int == Grades.data.utf8.count)
    #expect(input["rows"] == 10)
    let digests = try Command.run(
      ["sha256sum", "data/grades.csv", "out/grades.csv", "out/refused.jsonl"], in: folder.path)
    let sums = digests.out.split(separator: "\n").map { String($0.prefix(64)) }
    #expect(input["sha256"].text == sums[0])
    #expect(report["outputs"][0]["sha256"].text == sums[1])
    #expect(report["quarantine"]["sha256"].text == sums[2])
    let modified = try Command.run(["date", "-u", "-r", "data/grades.csv", "+%F %T"], in: folder.path).out
    #expect(input["modified"].text?.hasPrefix(modified.dropLast()) == true)
  }

  @Test func noDigestsUnlessAsked() throws {
    let (report, _, _) = try Self.report()
    #expect(!report["inputs"][0].names.contains("sha256"))
    #expect(!report["outputs"][0].names.contains("sha256"))
    #expect(!report["quarantine"].names.contains("sha256"))
  }

  @Test func ledgerAndSteps() throws {
    let (report, _, _) = try Self.report()
    let ledger = report["ledger"]
    let figures = ["read", "accepted", "quarantined", "dropped", "expanded", "added", "merged"].map { ledger[$0].int }
    #expect(figures == [10, 5, 4, 1, 0, 0, 0])
    // The ragged record is no row: it is refused at the reading, with the id that is no number.
    let steps = report["steps"].list.map { step in
      "\(step["index"]) \(step["name"].text ?? "") :\(step["line"]) "
        + ["in", "out", "quarantined", "dropped", "dropped_null", "expanded", "added", "merged"]
        .map { "\(step[$0])" }.joined(separator: " ")
    }
    #expect(
      steps == [
        "0 read :5 10 8 2 0 0 0 0 0", "1 trim :11 8 8 0 0 0 0 0 0", "2 no-tests :12 8 7 0 1 0 0 0 0",
        "3 set :14 7 7 0 0 0 0 0 0", "4 rules :null 7 5 2 0 0 0 0 0",
      ])
  }

  @Test func droppedForNull() throws {
    let folder = try Grades.folder()
    try folder.write(
      Grades.recipe.replacingFirst("remove: team = 'test'", "filter: score > 20"), to: "recipes/grades.yaml")
    let result = try Command.brew("apply", "recipes/grades.yaml", "--as-of", "2024-12-31", "--json", in: folder)
    let step = try #require(result.json)["steps"][2]
    // Scores of 0 and 10 are not above 20, and of the missing one nobody knows.
    #expect(step["dropped"] == 3)
    #expect(step["dropped_null"] == 1)
  }

  static let rules: [(name: String, fields: String)] = [
    ("not_null_name", "1 not_null 4 [\"name\"] error warn 8 0 0 7 1 0"),
    ("score-range", "2 between 5 [\"score\"] error pass 7 0 1 6 1 0"),
    ("in_team", "3 in 12 [\"team\"] error warn 8 0 0 7 1 0"),
    ("not_in_future_day", "4 not_in_future 13 [\"day\"] error warn 8 0 0 7 1 0"),
    ("not-first", "5 expect 14 [\"id\"] warn warn 7 1 0 6 1 0"),
    ("row_count", "6 row_count 17 [] error pass 8 0 0 0 0 0"),
    ("completeness_score", "7 completeness 18 [\"score\"] error pass 8 0 1 0 0 0"),
  ]

  @Test(arguments: rules) func rule(_ expected: (name: String, fields: String)) throws {
    let (report, _, _) = try Self.report()
    #expect(report["rules"].list.count == Self.rules.count)
    let rule = try #require(report["rules"].list.first { $0["name"].text == expected.name })
    let texts = ["code", "severity", "status"].map { rule[$0].text ?? "" }
    let counts = ["evaluated", "skipped", "nulls", "passed", "failed", "errors"].map { "\(rule[$0])" }
    let fields =
      "\(rule["id"]) \(texts[0]) \(rule["line"]) \(rule["columns"]) \(texts[1]) \(texts[2]) "
      + counts.joined(separator: " ")
    #expect(fields == expected.fields)
    #expect(rule["file"] == "rules/grades.yaml")
    #expect(rule["fingerprint"].text?.count == 16)
  }

  @Test func ruleWords() throws {
    let (report, _, _) = try Self.report()
    let rule = report["rules"][1]
    #expect(rule["tags"] == ["marks"])
    #expect(rule["owner"] == "Registrar")
    #expect(rule["description"] == "Marks are out of a hundred.")
    #expect(rule["message"] == "ask the teacher")
    #expect(rule["samples"].list.map(\.description) == [#"{file: "data/grades.csv", record: 4, line: 5}"#])
    #expect(report["rules"][5]["observed"] == "8")
    #expect(report["rules"][5]["bounds"] == "at least 5")
    #expect(report["rules"][6]["observed"] == "87.5%" || report["rules"][6]["observed"] == "87.50%")
    #expect(report["rules"][6]["bounds"] == "at least 50%")
    #expect(report["rules"][0]["observed"] == nil)
  }

  @Test func reasons() throws {
    let (report, _, _) = try Self.report()
    let reasons = report["reasons"].list.map { reason in
      "\(reason["code"]) \(reason["rule"]) \(reason["column"]) \(reason["rows"]) \(reason["first_file"]) \(reason["first_line"])"
    }
    let file = "\"data/grades.csv\""
    #expect(
      Set(reasons) == [
        "\"cast\" null \"id\" 1 \(file) 4", "\"not_null\" \"not_null_name\" \"name\" 1 \(file) 5",
        "\"between\" \"score-range\" \"score\" 1 \(file) 5", "\"in\" \"in_team\" \"team\" 1 \(file) 5",
        "\"ragged\" null null 1 \(file) 9", "\"not_in_future\" \"not_in_future_day\" \"day\" 1 \(file) 10",
      ])
  }

  @Test func gate() throws {
    let (report, _, _) = try Self.report()
    #expect(report["gate"]["status"] == "passed")
    let conditions = report["gate"]["conditions"].list.map { condition in
      ["name", "bounds", "observed", "status"].map { condition[$0].text ?? "" }.joined(separator: "|")
    }
    #expect(
      conditions == [
        "quarantined|at most 50%|40%|passed", "rows|at least 1|5|passed", "rules|no rule fails|none|passed",
      ])
  }

  @Test func outputs() throws {
    let (report, folder, _) = try Self.report()
    let output = report["outputs"][0]
    #expect(output["path"] == "out/grades.csv")
    #expect(output["rows"] == 5)
    #expect(output["bytes"].int == Grades.accepted.utf8.count)
    #expect(folder.text("out/grades.csv") == Grades.accepted)
    let schema = output["schema"].list.map { "\($0["name"].text ?? "") \($0["type"].text ?? "")" }
    #expect(schema == ["id int64", "name string", "day date", "score decimal(5, 1)", "team string", "passed bool"])
    #expect(report["quarantine"]["path"] == "out/refused.jsonl")
    #expect(report["quarantine"]["rows"] == 4)
    #expect(report["quarantine"]["bytes"].int == folder.read("out/refused.jsonl")?.count)
  }

  @Test func failedGate() throws {
    let folder = try Grades.folder()
    try folder.write(Grades.recipe.replacingFirst("at_most: 50%", "at_most: 39%"), to: "recipes/grades.yaml")
    let result = try Command.brew("apply", "recipes/grades.yaml", "--as-of", "2024-12-31", "--json", in: folder)
    let report = try #require(result.json)
    #expect(result.status == 1)
    #expect(report["status"] == "failed")
    #expect(report["exit"] == 1)
    #expect(report["published"] == false)
    #expect(report["gate"]["status"] == "failed")
    #expect(report["gate"]["conditions"][0]["status"] == "failed")
    #expect(report["outputs"] == [])
    #expect(folder.allNames("out") == ["out/refused.jsonl"])
  }

  @Test func stopped() throws {
    let folder = try Grades.folder()
    let recipe = Grades.recipe.replacingFirst(
      "quarantine: ../out/refused.jsonl", "quarantine: {path: ../out/refused.jsonl, stop_at: {rows: 2}}")
    try folder.write(recipe, to: "recipes/grades.yaml")
    let result = try Command.brew("apply", "recipes/grades.yaml", "--as-of", "2024-12-31", "--json", in: folder)
    #expect(result.status == 1)
    #expect(result.json?["status"] == "stopped")
    #expect(result.json?["problem"].text?.contains("more than 2") == true)
    #expect(result.json?["published"] == false)
  }

  @Test func warnings() throws {
    let folder = try Grades.folder()
    let recipe = Grades.recipe.replacingFirst(
      "  - trim: name", "  - trim: name\n  - map_values: {column: team, values: {red: red}, others: null}")
    try folder.write(recipe, to: "recipes/grades.yaml")
    let result = try Command.brew("apply", "recipes/grades.yaml", "--as-of", "2024-12-31", "--json", in: folder)
    let warning = try #require(result.json)["diagnostics"][0]
    #expect(warning["code"] == "launders")
    #expect(warning["severity"] == "warning")
    #expect(warning["file"] == "recipes/grades.yaml")
    #expect(warning["line"] == 12)
    #expect(result.error.contains("recipes/grades.yaml:12:60: warning[launders]"))
  }
}

extension String {
  /// The text with the first occurrence of another replaced.
  func replacingFirst(_ old: String, _ new: String) -> String {
    guard let place = firstRange(of: old) else { return self }
    return self[..<place.lowerBound] + new + self[place.upperBound...]
  }
}
