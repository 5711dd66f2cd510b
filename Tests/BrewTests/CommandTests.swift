import Glibc
import Testing
import Trials

/// The commands beside `apply`.
@Suite struct CommandTests {
  // MARK: check

  @Test func checkOfSoundDocuments() throws {
    let folder = try Grades.folder()
    let result = try Command.brew("check", "recipes/grades.yaml", "rules/grades.yaml", in: folder)
    #expect(result.status == 0)
    #expect(result.out.isEmpty)
    #expect(result.error == "2 files: no errors\n")
  }

  @Test func checkReportsEverythingAtItsPlace() throws {
    let folder = try Grades.folder()
    try folder.write(Grades.recipe.replacingFirst("trim: name", "trim: nmae"), to: "recipes/grades.yaml")
    try folder.write(Grades.rules.replacingFirst("not_null: name", "not_nul: name"), to: "rules/grades.yaml")
    let result = try Command.brew("check", "recipes/grades.yaml", "rules/grades.yaml", "--json", in: folder)
    #expect(result.status == 2)
    let found = try #require(result.json).list.map { fault in
      "\(fault["file"].text ?? ""):\(fault["line"]):\(fault["column"])-\(fault["end_column"]) "
        + "\(fault["severity"].text ?? "")[\(fault["code"].text ?? "")] \(fault["help"].text?.split(separator: "\n").first ?? "")"
    }
    // The ruleset is read twice, and its fault told once.
    #expect(
      Set(found) == [
        "recipes/grades.yaml:11:11-15 error[unknown-column] did you mean 'name'?",
        "rules/grades.yaml:4:5-12 error[unknown-rule] did you mean 'not_null'?",
      ])
    #expect(found.count == 2)
    #expect(result.error.hasSuffix("\n2 files: 2 errors\n"))
    #expect(result.error.contains("\n   11 |   - trim: nmae\n      |           ^^^^ did you mean 'name'?\n"))
  }

  @Test func checkWithoutTheInput() throws {
    let folder = try Grades.folder()
    unlink(folder["data/grades.csv"])
    let result = try Command.brew("check", "recipes/grades.yaml", in: folder)
    #expect(result.status == 0)
    #expect(result.error.contains("recipes/grades.yaml:5:9: note[no-input]: no file 'data/grades.csv'"))
    #expect(result.error.contains("taken on trust: 'name', 'team'"))
  }

  @Test(arguments: [
    ("nothing.yaml", "cannot open nothing.yaml: No such file or directory"),
    ("data/grades.csv", "data/grades.csv"), ("data", "cannot read data: Is a directory"),
    ("other.yaml", "other.yaml:1:1: error[unknown-document]: this is neither a recipe nor a ruleset"),
  ]) func checkOfOtherFiles(_ path: String, _ message: String) throws {
    let folder = try Grades.folder()
    try folder.write("hello: world\n", to: "other.yaml")
    let result = try Command.brew("check", path, in: folder)
    #expect(result.status == 2)
    #expect(result.error.contains(message))
  }

  // MARK: plan

  @Test func planAsJSON() throws {
    let folder = try Grades.folder()
    let plan = try #require(try Command.brew("plan", "recipes/grades.yaml", "--format", "json", in: folder).json)
    #expect(plan["name"] == "grades")
    #expect(plan["file"] == "recipes/grades.yaml")
    #expect(plan["passes"] == 1)
    #expect(plan["inputs"][0]["path"] == "data/grades.csv")
    #expect(plan["inputs"][0]["bytes"].int == Grades.data.utf8.count)
    let stages = plan["stages"].list.map { stage in
      "\(stage["index"]) \(stage["name"].text ?? "") :\(stage["line"]) \(stage["memory"].text ?? "") "
        + "\(stage["changes"].list.count) \(stage["columns"].list.count)"
    }
    #expect(
      stages == [
        "0 read :5 row 0 5", "1 trim :11 row 1 5", "2 remove :12 row 0 5", "3 set :14 row 1 6", "4 rules :null row 0 6",
      ])
    let last = plan["stages"][4]["columns"].list.map { "\($0["name"].text ?? "") \($0["type"].text ?? "")" }
    #expect(last == ["id int64", "name string", "day date", "score decimal(5, 1)", "team string", "passed bool"])
    #expect(plan["stages"][2]["label"] == "no-tests")
    #expect(plan["stages"][2]["drops"] == true)
    #expect(plan["rules"].list.map { $0["line"] } == [4, 5, 12, 13, 14, 17, 18])
    #expect(plan["rules"][0]["file"] == "rules/grades.yaml")
    #expect(plan["gate"].list.map { $0["bounds"] } == ["at most 50%", "at least 1"])
    #expect(plan["quarantine"] == "out/refused.jsonl")
  }

  @Test func planTellsWhatChanges() throws {
    let folder = try Grades.folder()
    let steps = """
        - rename: {name: pupil}
        - cast: {score: float}
        - drop: team
        - copy: {from: id, to: number}
      """
    let recipe =
      "recipe: p\ninput: {path: ../data/grades.csv, columns: {id: int}}\nsteps:\n\(steps)\noutput: ../out/o.csv\n"
    try folder.write(recipe, to: "recipes/p.yaml")
    let plan = try Command.brew("plan", "recipes/p.yaml", "--format", "json", in: folder)
    let changes = try #require(plan.json)["stages"].list.flatMap { $0["changes"].list }.map(\.description)
    #expect(
      changes == [
        #"{change: "renamed", column: "pupil", from: "name"}"#,
        #"{change: "changed", column: "score", type: "float64", from_type: "string"}"#,
        #"{change: "removed", column: "team"}"#, #"{change: "added", column: "number", type: "int64"}"#,
      ])
  }

  @Test func planAsText() throws {
    let folder = try Grades.folder()
    let result = try Command.brew("plan", "recipes/grades.yaml", in: folder)
    #expect(result.status == 0)
    let expected = """
         0  read                            :5      row
            rows     refused where id, day or score does not fit its type
            columns  id int64, name string, day date, score decimal(5, 1), team string
         1  trim                            :11     row
            changes  name
            columns  as before
         2  remove 'no-tests'               :12     row
            rows     some are dropped
            columns  as before
         3  set                             :14     row
            adds     passed bool
            columns  id int64, name string, day date, score decimal(5, 1),
                     team string, passed bool
         4  rules                                   row
            rows     each is judged by 5 rules
            columns  as before

      """
    #expect(result.out.contains(expected))
  }

  /// Graphviz itself reads it, where it is installed; elsewhere the arrows are compared.
  @Test func planAsGraphs() throws {
    let folder = try Grades.folder()
    let dot = try Command.brew("plan", "recipes/grades.yaml", "--format", "dot", in: folder).out
    let mermaid = try Command.brew("plan", "recipes/grades.yaml", "--format", "mermaid", in: folder).out
    let arrows = [
      ("input1", "stage0"), ("stage0", "quarantine"), ("stage0", "stage1"), ("stage1", "stage2"), ("stage2", "stage3"),
      ("stage3", "stage4"), ("stage4", "quarantine"), ("stage4", "gate"), ("gate", "output"),
    ]
    for (from, to) in arrows {
      #expect(dot.contains("  \(from) -> \(to)"))
      #expect(mermaid.contains("  \(from) -->") && mermaid.contains(" \(to)\n"))
    }
    #expect(dot.hasPrefix("digraph \"grades\" {\n") && dot.hasSuffix("}\n"))
    #expect(mermaid.hasPrefix("flowchart TB\n"))
    #expect(dot.split(separator: "\n").filter { $0.contains(" -> ") }.count == arrows.count)
    #expect(mermaid.split(separator: "\n").filter { $0.contains(" -->") }.count == arrows.count)
  }

  // MARK: validate

  @Test func validate() throws {
    let folder = try Grades.folder()
    let result = try Command.brew(
      "validate", "data/grades.csv", "--rules", "rules/grades.yaml", "--as-of", "2024-12-31", "--threads", "2",
      "--report", "v.json", "--json", in: folder)
    // Without `fail_over` one failing row is enough.
    #expect(result.status == 1)
    let report = try #require(result.json)
    #expect(folder.text("v.json") == result.out)
    #expect(report["threads"] == 2)
    #expect(report["status"] == "failed")
    #expect(report["outputs"] == [])
    #expect(report["quarantine"] == nil)
    let statuses = report["rules"].list.map { "\($0["name"].text ?? "") \($0["status"].text ?? "") \($0["failed"])" }
    // Nothing was trimmed or removed: the test's team is unknown here.
    #expect(
      statuses == [
        "not_null_name fail 1", "score-range fail 1", "in_team fail 2", "not_in_future_day fail 1", "not-first warn 1",
        "row_count pass 0", "completeness_score pass 0",
      ])
    #expect(folder.allNames() == ["data/grades.csv", "recipes/grades.yaml", "rules/grades.yaml", "v.json"])
  }

  @Test func validateOfSoundRows() throws {
    let folder = try Grades.folder()
    try folder.write(Grades.accepted, to: "data/sound.csv")
    let result = try Command.brew(
      "validate", "data/sound.csv", "--rules", "rules/grades.yaml", "--as-of", "2024-12-31", in: folder)
    #expect(result.status == 0)
    #expect(result.error.hasPrefix("grades: warned\n"))
  }

  @Test func validateNeedsRules() throws {
    let folder = try Grades.folder()
    #expect(try Command.brew("validate", "data/grades.csv", in: folder).status == 2)
    let missing = try Command.brew("validate", "data/none.csv", "--rules", "rules/grades.yaml", in: folder)
    #expect(missing.status == 2)
    #expect(missing.error.hasPrefix("error[no-input]: no file 'data/none.csv'"))
  }

  @Test func applyOfARuleset() throws {
    let folder = try Grades.folder()
    let result = try Command.brew("apply", "rules/grades.yaml", in: folder)
    #expect(result.status == 2)
    #expect(result.error.contains("error[not-a-recipe]"))
    #expect(result.error.contains("brew validate INPUT --rules rules/grades.yaml"))
  }

  // MARK: count

  @Test func count() throws {
    let folder = try Grades.folder()
    #expect(try Command.brew("count", "data/grades.csv", in: folder).out == "10\n")
    try folder.write("a\n1\n\n2", to: "data/b.csv")
    try folder.write("", to: "data/empty.csv")
    let several = try Command.brew("count", "data/*.csv", "data/b.csv", in: folder)
    #expect(several.out == "   2  data/b.csv\n   0  data/empty.csv\n  10  data/grades.csv\n  12  in all\n")
    let json = try #require(try Command.brew("count", "data/b.csv", "--json", in: folder).json)
    #expect(json["schema"] == "brew.count/1")
    #expect(json["records"] == 2)
    #expect(json["files"][0]["path"] == "data/b.csv")
    #expect(json["files"][0]["records"] == 2)
    let missing = try Command.brew("count", "data/none*.csv", in: folder)
    #expect(missing.status == 2)
    #expect(missing.error.contains("no file 'data/none*.csv'"))
  }

  // MARK: the reference

  @Test(arguments: [("steps", "map_values"), ("rules", "between"), ("functions", "substring")])
  func pages(_ command: String, _ name: String) throws {
    let folder = try Folder()
    let all = try Command.brew(command, in: folder)
    #expect(all.out.contains("\n  \(name) "))
    let json = try #require(try Command.brew(command, "--json", in: folder).json)
    let names = json.list.compactMap { $0["name"].text }
    #expect(names.contains(name))
    for page in json.list {
      #expect(page["summary"].text?.hasSuffix(".") == true, "\(page["name"])")
      let options = page["options"].list + page["modifiers"].list
      #expect(options.allSatisfy { $0["help"].text?.hasSuffix(".") == true }, "\(page["name"])")
      #expect(page["forms"].list.isEmpty == false)
    }
    for name in names { #expect(try Command.brew(command, name, in: folder).out.hasPrefix(name + "\n")) }
  }

  @Test func pageOfAStep() throws {
    let page = try #require(try Command.brew("steps", "fill_missing", "--json", in: Folder()).json)
    let column = try #require(page["options"].list.first { $0["name"] == "columns" })
    #expect(column["required"] == true)
    #expect(column["default"] == nil)
    let severity = try #require(
      try Command.brew("rules", "in", "--json", in: Folder()).json?["modifiers"].list.first { $0["name"] == "severity" }
    )
    #expect(severity["default"] == "error")
    #expect(severity["required"] == false)
    // Steps that change which columns there are cannot be done for some rows only.
    let drop = try #require(try Command.brew("steps", "drop", "--json", in: Folder()).json)
    #expect(!drop["modifiers"].list.contains { $0["name"] == "when" })
    #expect(page["modifiers"].list.contains { $0["name"] == "when" })
  }

  @Test func pageOfAFunction() throws {
    let text = try Command.brew("functions", "substring", in: Folder()).out
    #expect(text.contains("substring(text string, from int, length int) → string"))
    #expect(text.contains("example  substring('CS-101', 4, 3) = 101"))
    #expect(text.contains("null when an argument is null"))
  }

  @Test func noSuchPage() throws {
    let result = try Command.brew("steps", "map_value", in: Folder())
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    #expect(result.error == "error[unknown-step]: no step 'map_value'\n      help: did you mean 'map_values'?\n")
  }

  // MARK: version and help

  @Test func version() throws {
    let result = try Command.brew("version", in: Folder())
    #expect(result.status == 0)
    #expect(result.out.wholeMatch(of: /brew [0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
    #expect(try Command.brew("--version", in: Folder()).out == result.out)
  }

  @Test func help() throws {
    let overview = try Command.brew(in: Folder())
    #expect(try Command.brew("help", in: Folder()).out == overview.out)
    let commands = [
      "apply", "check", "plan", "validate", "count", "steps", "functions", "rules", "schema", "version", "help",
    ]
    for command in commands {
      #expect(overview.out.contains("\n  \(command) "))
      let help = try Command.brew("help", command, in: Folder())
      #expect(help.status == 0)
      #expect(help.out.contains("usage: brew \(command)"))
      #expect(try Command.brew(command, "--help", in: Folder()).out == help.out)
    }
  }

  @Test(arguments: [
    (["aply"], "error: unknown command 'aply'\nhelp: did you mean 'apply'?\n"),
    (["apply"], "error: RECIPE is missing\nhelp: see 'brew apply --help'\n"),
    (["apply", "r.yaml", "--thread", "2"], "error: unknown option '--thread'\nhelp: did you mean '--threads'?\n"),
    (
      ["apply", "r.yaml", "--threads", "0"],
      "error: '0' is no value for '--threads': expected a whole number from 1 to 1024"
    ),
    (["check"], "error: FILE is missing\nhelp: see 'brew check --help'\n"),
    (
      ["plan", "r.yaml", "--format", "yaml"],
      "error: 'yaml' is no value for '--format': expected text, json, dot or mermaid"
    ),
  ]) func wrongLines(_ words: [String], _ message: String) throws {
    let result = try Command.run([Command.binary] + words, in: "/")
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    #expect(result.error.hasPrefix(message))
  }

  /// The schema that a program writes is the one of its documents, which SchemaTests hold against every document there is.
  @Test(arguments: [("recipe", "steps"), ("rules", "columns")]) func schema(_ kind: String, _ key: String) throws {
    let written = try Command.brew("schema", kind, in: Folder())
    #expect(written.status == 0)
    let schema = try #require(written.json)
    #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["properties"][key]["description"].text?.isEmpty == false)
    #expect(schema["additionalProperties"] == false)
    #expect(try Command.brew("schema", "step", in: Folder()).status == 2)
  }

  // MARK: width

  @Test(arguments: [
    ["help"], ["help", "apply"], ["steps"], ["steps", "fill_missing"], ["rules"], ["rules", "between"], ["functions"],
    ["plan", "recipes/grades.yaml"], ["apply", "recipes/grades.yaml", "--report", "report.json"],
    ["apply", "recipes/grades.yaml", "--dry-run"], ["validate", "data/grades.csv", "--rules", "rules/grades.yaml"],
  ]) func fitsTheTerminal(_ words: [String]) throws {
    let folder = try Grades.folder()
    let result = try Command.run([Command.binary] + words, in: folder.path)
    let lines = (result.out + result.error).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count > 10)
    #expect(lines.filter { $0.count > 80 } == [])
    #expect(lines.filter { $0.hasSuffix(" ") } == [])
  }
}
