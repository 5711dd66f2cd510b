import Testing
import Trials

/// A small project whose every figure is known: see ``Grades/data``.
enum Grades {
  /// Ten records. Of them 1, 2, 5, 9 and 10 are accepted; `x` is no id, 4 breaks three rules, 7 is ragged, 8 lies in the
  /// future, and 6 is a test. Record 5 takes two lines.
  static let data = """
    id,name,day,score,team
    1, Ann ,2024-09-01,50,red
    2,Bob,2024-09-02,70.5,blue
    x,Cid,2024-09-03,60,red
    4,,2024-09-04,101,green
    5,"D
    E",2024-09-05,,red
    6,Eva,2024-09-06,80,test
    7,Fay
    8,Gus,2030-01-01,90,red
    9,Hal,2024-09-09,10,blue
    10,Ida,2024-09-10,0,red

    """

  static let recipe = """
    recipe: grades
    parameters:
      pass: {type: int, default: 50}
    input:
      path: ../data/grades.csv
      columns:
        id: int
        day: date
        score: decimal(5, 1)
    steps:
      - trim: name
      - remove: team = 'test'
        name: no-tests
      - set: {passed: "score >= ${pass}"}
    rules: ../rules/grades.yaml
    output: ../out/grades.csv
    quarantine: ../out/refused.jsonl
    gate:
      quarantined: {at_most: 50%}
      rows: {at_least: 1}
    """

  static let rules = """
    ruleset: grades
    columns: {id: int, day: date, score: "decimal(5, 1)", name: string, team: string}
    rules:
      - not_null: name
      - between: {column: score, min: 0, max: 100}
        name: score-range
        tags: [marks]
        owner: Registrar
        description: Marks are out of a hundred.
        message: ask the teacher
        warn_over: 3
      - in: {column: team, values: [red, blue]}
      - not_in_future: day
      - expect: id > 1
        name: not-first
        severity: warn
      - row_count: {at_least: 5}
      - completeness: {column: score, at_least: 50%}
    """

  static let accepted = """
    id,name,day,score,team,passed
    1,Ann,2024-09-01,50.0,red,true
    2,Bob,2024-09-02,70.5,blue,true
    5,"D
    E",2024-09-05,,red,
    9,Hal,2024-09-09,10.0,blue,false
    10,Ida,2024-09-10,0.0,red,false

    """

  /// The project, written to a folder that goes with its last owner.
  static func folder() throws -> Folder {
    let folder = try Folder()
    for name in ["data", "recipes", "rules"] { folder.makeFolder(name) }
    try folder.write(data, to: "data/grades.csv")
    try folder.write(recipe, to: "recipes/grades.yaml")
    try folder.write(rules, to: "rules/grades.yaml")
    return folder
  }

  /// Applies the recipe, as of the end of 2024, in a fresh folder.
  static func apply(_ options: String...) throws -> (folder: Folder, result: Command.Result) {
    let folder = try folder()
    let words = [Command.binary, "apply", "recipes/grades.yaml", "--as-of", "2024-12-31"]
    return (folder, try Command.run(words + options, in: folder.path))
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral, ExpressibleByArrayLiteral
{
  package init(stringLiteral text: String) { self = .text(text) }
  package init(integerLiteral number: Int) { self = .number("\(number)") }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(arrayLiteral values: Value...) { self = .list(values) }
}

extension Value {
  /// The names of an object's members, in their order.
  var names: [String] { members.map(\.name) }
}
