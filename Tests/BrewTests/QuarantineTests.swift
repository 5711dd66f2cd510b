import Glibc
import Testing
import Trials

/// The fields of `brew.quarantine/1`, on the records of ``Grades``.
@Suite struct QuarantineTests {
  private static func lines(_ recipe: String = Grades.recipe) throws -> (head: Value, rows: [Value], Folder) {
    let folder = try Grades.folder()
    try folder.write(recipe, to: "recipes/grades.yaml")
    try Command.brew("apply", "recipes/grades.yaml", "--as-of", "2024-12-31", "--set", "pass=50", in: folder)
    let lines = try #require(Value.lines(folder.read("out/refused.jsonl") ?? []))
    return (try #require(lines.first), Array(lines.dropFirst()), folder)
  }

  @Test func head() throws {
    let (head, _, folder) = try Self.lines()
    #expect(head["schema"] == "brew.quarantine/1")
    #expect(head["run"].text?.isEmpty == false)
    #expect(head["recipe"] == "grades")
    #expect(head["as_of"] == "2024-12-31 00:00:00Z")
    #expect(head["parameters"]["pass"] == "50")
    let input = head["inputs"][0]
    #expect(input["id"] == 1)
    #expect(input["file"] == "data/grades.csv")
    #expect(input["size"].int == Grades.data.utf8.count)
    #expect(input["header"] == "id,name,day,score,team")
    #expect(input["dialect"]["delimiter"] == ",")
    let modified = try Command.run(["date", "-u", "-r", "data/grades.csv", "+%F %T"], in: folder.path).out
    #expect(input["modified"].text?.hasPrefix(modified.dropLast()) == true)
    let rule = head["rules"][1]
    #expect(rule["id"] == 2)
    #expect(rule["code"] == "between")
    #expect(rule["name"] == "score-range")
    #expect(rule["columns"] == ["score"])
    #expect(rule["severity"] == "error")
    #expect(rule["fingerprint"].text?.count == 16)
    #expect(rule["message"] == "ask the teacher")
    #expect(head["rules"].list.count == 7)
  }

  /// The record's own text, its number, its line, and its reasons as `code rule column value step`.
  static let rows: [(raw: String, record: Int, line: Int, reasons: [String])] = [
    ("x,Cid,2024-09-03,60,red", 3, 4, [#""cast" null "id" "x" 0"#]),
    (
      "4,,2024-09-04,101,green", 4, 5,
      [
        #""not_null" "not_null_name" "name" null 4"#, #""between" "score-range" "score" 101.0 4"#,
        #""in" "in_team" "team" "green" 4"#,
      ]
    ),
    ("7,Fay", 7, 9, [#""ragged" null null null 0"#]),
    ("8,Gus,2030-01-01,90,red", 8, 10, [#""not_in_future" "not_in_future_day" "day" "2030-01-01" 4"#]),
  ]

  @Test func rows() throws {
    let (_, found, _) = try Self.lines()
    #expect(found.count == Self.rows.count)
    for (row, expected) in zip(found, Self.rows) {
      let start = try #require(Grades.data.firstRange(of: "\n" + expected.raw + "\n")).lowerBound
      let offset = Grades.data.utf8.distance(from: Grades.data.startIndex, to: start) + 1
      let source = row["source"]
      #expect(source["input"] == 1)
      #expect(source["record"].int == expected.record)
      #expect(source["line"].int == expected.line)
      #expect(source["offset"].int == offset)
      #expect(source["length"].int == expected.raw.utf8.count)
      #expect(source["part"] == nil)
      #expect(row["raw"].text == expected.raw)
      #expect(row["raw_encoding"] == "utf-8")
      let reasons = row["reasons"].list.map { reason in
        ["code", "rule", "column", "value", "step"].map { "\(reason[$0])" }.joined(separator: " ")
      }
      #expect(reasons == expected.reasons)
      #expect(row["attempt"].int != nil)
    }
  }

  @Test(arguments: [
    ("failed", ["{id: \"x\"}", #"{name: null, score: 101.0, team: "green"}"#, "{}", #"{day: "2030-01-01"}"#]),
    ("none", ["{}", "{}", "{}", "{}"]),
  ]) func values(_ kept: String, _ expected: [String]) throws {
    let recipe = Grades.recipe.replacingFirst(
      "quarantine: ../out/refused.jsonl", "quarantine: {path: ../out/refused.jsonl, values: \(kept)}")
    #expect(try Self.lines(recipe).rows.map { $0["values"].description } == expected)
  }

  @Test func allValues() throws {
    let recipe = Grades.recipe.replacingFirst(
      "quarantine: ../out/refused.jsonl", "quarantine: {path: ../out/refused.jsonl, values: all}")
    let rows = try Self.lines(recipe).rows
    #expect(rows[1]["values"].names == ["id", "name", "day", "score", "team", "passed"])
    #expect(rows[1]["values"]["id"] == 4)
    #expect(rows[1]["values"]["passed"] == true)
  }

  @Test func identity() throws {
    let first = try Self.lines().rows.map { $0["id"] }
    #expect(Set(first).count == first.count)
    // The same record of the same file, whatever the folder, run or recipe.
    #expect(
      try Self.lines(Grades.recipe.replacingFirst("recipe: grades", "recipe: others")).rows.map { $0["id"] } == first)
  }

  @Test func permissions() throws {
    let (_, _, folder) = try Self.lines()
    var info = stat()
    try #require(stat(folder["out/refused.jsonl"], &info) == 0)
    #expect(info.st_mode & 0o777 == 0o600)
  }

  @Test func csv() throws {
    let recipe = Grades.recipe.replacingFirst(
      "quarantine: ../out/refused.jsonl", "quarantine: {path: ../out/refused.csv, format: csv}")
    let folder = try Grades.folder()
    try folder.write(recipe, to: "recipes/grades.yaml")
    try Command.brew("apply", "recipes/grades.yaml", "--as-of", "2024-12-31", in: folder)
    #expect(
      folder.text("out/refused.csv") == """
        id,name,day,score,team,reasons
        x,Cid,2024-09-03,60,red,cast_id
        4,,2024-09-04,101,green,not_null_name;score-range;in_team
        8,Gus,2030-01-01,90,red,not_in_future_day

        """)
    let unreadable = try #require(Value.lines(folder.read("out/refused.unreadable.jsonl") ?? []))
    #expect(unreadable.dropFirst().map { $0["raw"] } == ["7,Fay"])
  }
}
