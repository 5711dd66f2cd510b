import Glibc
import Testing
import Trials

/// Each option of `brew apply`: what changes when it is given.
@Suite struct OptionTests {
  @Test func input() throws {
    let folder = try Grades.folder()
    let rows = (20..<24).map { "\($0),Zoe,2024-10-01,33,blue\n" }.joined()
    try folder.write("id,name,day,score,team\n" + rows, to: "data/other.csv")
    try folder.write("id,name,day,score,team\n24,Yan,2024-10-01,44,red\n", to: "data/third.csv")
    let result = try Command.brew(
      "apply", "recipes/grades.yaml", "--input", "data/other.csv", "--input", "data/th*.csv", "--json", in: folder)
    #expect(result.json?["inputs"].list.map { $0["path"] } == ["data/other.csv", "data/third.csv"])
    #expect(result.json?["inputs"].list.map { $0["rows"] } == [4, 1])
    #expect(folder.text("out/grades.csv")?.hasSuffix("blue,false\n24,Yan,2024-10-01,44.0,red,false\n") == true)
  }

  @Test func outputAndQuarantine() throws {
    let (folder, result) = try Grades.apply("--output", "a/deep/rows.csv", "--quarantine", "b/bad.jsonl")
    #expect(result.status == 0)
    #expect(folder.text("a/deep/rows.csv") == Grades.accepted)
    #expect(folder.text("b/bad.jsonl")?.split(separator: "\n").count == 5)
    #expect(!folder.allNames().contains { $0.hasPrefix("out/") })
  }

  @Test func quarantineStandsBesideTheOutput() throws {
    let folder = try Grades.folder()
    try folder.write(
      Grades.recipe.replacingFirst("quarantine: ../out/refused.jsonl\n", ""), to: "recipes/grades.yaml")
    try Command.brew("apply", "recipes/grades.yaml", "--output", "x/y.csv", in: folder)
    #expect(folder.allNames("x") == ["x/y.csv", "x/y.quarantine.jsonl"])
  }

  @Test func memoryAndTemporaryFolder() throws {
    let folder = try Folder()
    let keys = (0..<200_000).map { "student-\(($0 * 7919) % 199_999)\n" }.joined()
    try folder.write("id\n" + keys, to: "in.csv")
    try folder.write(
      "recipe: r\ninput: {path: in.csv}\nrules: [{unique: id}]\noutput: {path: out.csv}\n", to: "r.yaml")
    func apply(_ options: String...) throws -> (spilled: Int?, output: String?) {
      let result = try Command.run(
        [Command.binary, "apply", "r.yaml", "--json", "--threads", "1"] + options, in: folder.path)
      #expect(result.status == 0)
      return (result.json?["bytes_spilled"].int, folder.text("out.csv"))
    }
    folder.makeFolder("room")
    let spilled = try apply("--memory", "1M", "--temp", "room")
    let held = try apply("--memory", "1G")
    #expect(spilled.spilled ?? 0 > 1 << 20)
    #expect(held.spilled == 0)
    #expect(spilled.output == held.output)
    #expect(held.output?.utf8.count(where: { $0 == 0x0A }) == 199_999)
    #expect(folder.allNames("room").isEmpty)
    let result = try Command.brew("apply", "r.yaml", "--temp", "nowhere", in: folder)
    #expect(result.status == 3)
    #expect(result.error.contains("nowhere"))
  }

  @Test func outputToStandardOutput() throws {
    let (folder, result) = try Grades.apply("--output", "-")
    #expect(result.status == 0)
    #expect(result.out == Grades.accepted)
    #expect(folder.allNames("out") == ["out/refused.jsonl"])
  }

  @Test func report() throws {
    let (folder, result) = try Grades.apply("--report", "reports/run.json")
    #expect(result.out.isEmpty)
    let report = try #require(Value(folder.read("reports/run.json") ?? []))
    #expect(report["schema"] == "brew.run/1")
    #expect(report["ledger"]["read"] == 10)
    #expect(result.error.contains("reports/run.json"))
  }

  @Test func json() throws {
    let (folder, result) = try Grades.apply("--json", "--report", "run.json")
    #expect(result.json?["schema"] == "brew.run/1")
    #expect(folder.text("run.json") == result.out)
    #expect(result.error.hasPrefix("grades: warned"))
  }

  @Test func set() throws {
    let (folder, _) = try Grades.apply("--set", "pass=60")
    #expect(folder.text("out/grades.csv")?.contains("1,Ann,2024-09-01,50.0,red,false\n") == true)
  }

  @Test(arguments: [
    ("pass=high", "error[bad-value]: --set pass: 'high' is no int"),
    ("pas=1", "error[unknown-parameter]: --set pas: no parameter 'pas' is declared\n      help: did you mean 'pass'?"),
  ]) func badSet(_ assignment: String, _ message: String) throws {
    let (folder, result) = try Grades.apply("--set", assignment)
    #expect(result.status == 2)
    #expect(result.error.hasPrefix(message))
    #expect(folder.allNames("out").isEmpty)
  }

  @Test func parameterWithoutDefault() throws {
    let folder = try Grades.folder()
    try folder.write(Grades.recipe.replacingFirst(", default: 50", ""), to: "recipes/grades.yaml")
    let result = try Command.brew("apply", "recipes/grades.yaml", in: folder)
    #expect(result.status == 2)
    #expect(result.error.contains("error[missing-parameter]"))
    #expect(try Command.brew("apply", "recipes/grades.yaml", "--set", "pass=1", in: folder).status == 0)
  }

  @Test func asOf() throws {
    let folder = try Grades.folder()
    let late = try Command.brew("apply", "recipes/grades.yaml", "--as-of", "2030-01-01", "--json", in: folder)
    #expect(late.json?["ledger"]["accepted"] == 6)
    let early = try Command.brew(
      "apply", "recipes/grades.yaml", "--as-of", "2024-09-02T00:00:00Z", "--json", in: folder)
    // Only the records of the first two days lie in the past, and those of them that are sound are two.
    #expect(early.json?["ledger"]["accepted"] == 2)
    #expect(early.status == 1)
    let wrong = try Command.brew("apply", "recipes/grades.yaml", "--as-of", "soon", in: folder)
    #expect(wrong.status == 2)
    #expect(wrong.error.contains("--as-of: 'soon' is no point in time"))
  }

  @Test(arguments: ["1", "2", "7"]) func threads(_ count: String) throws {
    let (folder, result) = try Grades.apply("--threads", count, "--json")
    #expect(result.json?["threads"].int == Int(count))
    #expect(folder.text("out/grades.csv") == Grades.accepted)
  }

  @Test(arguments: [(0, 0), (2, 2), (5, 3), (100, 5)]) func limit(_ limit: Int, _ accepted: Int) throws {
    let (_, result) = try Grades.apply("--limit", "\(limit)", "--json")
    #expect(result.json?["ledger"]["read"].int == min(limit, 10))
    #expect(result.json?["ledger"]["accepted"].int == accepted)
  }

  static let rowsAfter: [(step: String, rows: String)] = [
    ("0", "1, Ann ,2024-09-01,50.0,red"), ("1", "1,Ann,2024-09-01,50.0,red"), ("trim", "1,Ann,2024-09-01,50.0,red"),
    ("no-tests", "1,Ann,2024-09-01,50.0,red"), ("remove", "1,Ann,2024-09-01,50.0,red"),
    ("3", "1,Ann,2024-09-01,50.0,red,true"),
  ]

  @Test(arguments: rowsAfter) func until(_ expected: (step: String, rows: String)) throws {
    let (folder, result) = try Grades.apply("--until", expected.step)
    #expect(result.status == 0)
    let lines = result.out.split(separator: "\n")
    #expect(lines.first?.hasPrefix("id,name,day,score,team") == true)
    #expect(lines.dropFirst().first.map(String.init) == expected.rows)
    // Without the rules, row 4 passes; the test goes with the second step.
    #expect(result.out.contains("\n4,,2024-09-04,101.0,green"))
    #expect(result.out.contains("Eva") == ["0", "1", "trim"].contains(expected.step))
    #expect(folder.allNames() == ["data/grades.csv", "recipes/grades.yaml", "rules/grades.yaml"])
  }

  @Test(arguments: ["9", "tirm", "-1", ""]) func untilNowhere(_ step: String) throws {
    let (_, result) = try Grades.apply("--until=\(step)")
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    #expect(result.error.contains("error[unknown-step]: --until \(step): the recipe has no such step"))
  }

  @Test func untilOneOfMany() throws {
    let folder = try Grades.folder()
    let recipe = Grades.recipe.replacingFirst("  - trim: name", "  - trim: name\n  - trim: team")
    try folder.write(recipe, to: "recipes/grades.yaml")
    let result = try Command.brew("apply", "recipes/grades.yaml", "--until", "trim", in: folder)
    #expect(result.status == 2)
    #expect(result.error.contains("give the number: 1, 2"))
  }

  @Test(arguments: ["--output=x", "--quarantine=x", "--report=x", "--keep", "--digest", "--json", "--dry-run"])
  func untilAlone(_ other: String) throws {
    let (folder, result) = try Grades.apply("--until", "1", other)
    #expect(result.status == 2)
    #expect(result.error.contains("exclude each other"))
    #expect(folder.allNames().count == 3)
  }

  @Test func dryRun() throws {
    let (folder, result) = try Grades.apply("--dry-run")
    #expect(result.status == 0)
    #expect(result.out.contains("data/grades.csv"))
    #expect(result.out.contains("adds     passed bool"))
    #expect(result.out.contains("out/refused.jsonl"))
    #expect(folder.allNames() == ["data/grades.csv", "recipes/grades.yaml", "rules/grades.yaml"])
    let json = try Grades.apply("--dry-run", "--json", "--output", "elsewhere.csv").result.json
    #expect(json?["schema"] == "brew.plan/1")
    #expect(json?["output"] == "elsewhere.csv")
    unlink(folder["data/grades.csv"])
    let missing = try Command.brew("apply", "recipes/grades.yaml", "--dry-run", in: folder)
    #expect(missing.status == 2)
    #expect(missing.error.contains("recipes/grades.yaml:5:9: error[no-input]: no file 'data/grades.csv'"))
  }

  @Test func keep() throws {
    let folder = try Grades.folder()
    try folder.write(Grades.recipe.replacingFirst("at_most: 50%", "at_most: 1%"), to: "recipes/grades.yaml")
    let dropped = try Command.brew("apply", "recipes/grades.yaml", "--as-of", "2024-12-31", in: folder)
    #expect(dropped.status == 1)
    #expect(folder.allNames("out") == ["out/refused.jsonl"])
    let kept = try Command.brew("apply", "recipes/grades.yaml", "--as-of", "2024-12-31", "--keep", in: folder)
    #expect(kept.status == 1)
    #expect(folder.allNames("out") == ["out/grades.csv.rejected", "out/refused.jsonl"])
    #expect(folder.text("out/grades.csv.rejected") == Grades.accepted)
  }

  @Test func color() throws {
    let escape = "\u{1B}["
    #expect(!(try Grades.apply().result.error.contains(escape)))
    #expect(try Grades.apply("--color", "always").result.error.contains(escape))
    #expect(!(try Grades.apply("--color", "never").result.error.contains(escape)))
  }

  /// Started under `script`, which gives it a terminal: coloured, unless `NO_COLOR` or `--color never` says otherwise.
  @Test(arguments: [("", "TERM=xterm", true), ("", "NO_COLOR=1", false), ("--color never", "TERM=xterm", false)])
  func colorOnTerminal(_ options: String, _ variable: String, _ isColored: Bool) throws {
    let folder = try Grades.folder()
    let line = "\(Command.binary) apply recipes/grades.yaml \(options)"
    let shown = try Command.run(
      ["script", "-qec", line, "/dev/null"], in: folder.path, environment: ["TERM=xterm", variable])
    #expect(shown.out.contains("grades"))
    #expect(shown.out.contains("\u{1B}[1mgrades") == isColored)
  }

  /// A run too short to wait for shows no progress even on a terminal; in a pipe none ever does.
  @Test func noProgressInPipes() throws {
    #expect(!(try Grades.apply().result.error.contains("\r")))
  }
}
