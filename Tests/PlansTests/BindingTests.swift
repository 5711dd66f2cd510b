import Columns
import Diagnostics
import Plans
import Testing
import Trials

/// What steps mean for the columns that reach them, by what comes out of a run.
@Suite struct BindingTests {
  static let input = """
    name,email,score,team
    Ada,ADA@x.org,5,red
    Bob,,7,
    Cy,cy@x.org,,blue

    """

  static let declared = """
    input:
      path: input.csv
      columns:
        name: {type: string, tags: [person]}
        email: {type: string, tags: [pii]}
        score: int
    steps:

    """

  static func trial(_ steps: String) throws -> Trial {
    try Trial(declared + steps.split(separator: "\n").map { "  \($0)\n" }.joined(), input)
  }

  struct Case: CustomTestStringConvertible {
    let steps: String
    /// The output, its lines divided by spaces.
    let output: String
    var testDescription: String { steps }
  }

  @Test(arguments: [
    // All keys of one `set` see the columns as they stood before it.
    Case(steps: "- set: {name: team, team: name}\n- select: [name, team]", output: "name,team red,Ada ,Bob blue,Cy"),
    Case(
      steps: "- set: {score: score + 1, twice: score * 2}\n- select: [score, twice]",
      output: "score,twice 6,10 8,14 ,"),
    Case(
      steps: "- set: {a: score + 1}\n- set: {a: a * 2, b: a}\n- select: [a, b]", output: "a,b 12,6 16,8 ,"),
    // Columns that are set anew keep their place, further ones come last, in order.
    Case(
      steps: "- set: {z: 1, name: lower(name), a: 2}\n- drop: [email, score]",
      output: "name,team,z,a ada,red,1,2 bob,,1,2 cy,blue,1,2"),
    // Names may be swapped, in a row of renames too; values go with them.
    Case(
      steps: "- rename: {name: team, team: name}\n- select: [name, team]", output: "name,team red,Ada ,Bob blue,Cy"),
    Case(
      steps: "- rename: {name: team, team: email, email: name}\n- select: [team, email, name]",
      output: "team,email,name Ada,red,ADA@x.org Bob,, Cy,blue,cy@x.org"),
    // Where `when` is false or null, the old value stays; a new column is null there.
    Case(
      steps: "- set: {score: 0, high: true}\n  when: score > 5\n- select: [score, high]",
      output: "score,high 5, 0,true ,"),
    Case(
      steps: "- lower_case: email\n  when: team is not null\n- select: email", output: "email ada@x.org  cy@x.org"),
    Case(
      steps: "- map_values: {column: team, values: {red: R}, others: null}\n  when: name = 'Ada'\n- select: team",
      output: "team R  blue"),
    // `filter` and `remove` touch only the rows for which `when` is true, and a null condition keeps nothing, removes
    // nothing.
    Case(steps: "- filter: score > 100\n  when: team = 'red'\n- select: name", output: "name Bob Cy"),
    Case(steps: "- filter: score > 5\n- select: name", output: "name Bob"),
    Case(steps: "- remove: score > 5\n- select: name", output: "name Ada Cy"),
    // The condition sees the columns before the step.
    Case(
      steps: "- set: {score: 100}\n  when: score = 5\n- filter: score = 100\n- select: name", output: "name Ada"),
    // A pattern selects in the order of the columns, each once; a list in its own.
    Case(steps: "- select: /^[nst]/\n- filter: score = 5", output: "name,score,team Ada,5,red"),
    Case(
      steps: "- select: [team, /./]\n- filter: score = 5", output: "team,name,email,score red,Ada,ADA@x.org,5"),
    // A copy is of the value as it is; a later change to the one is none to the other.
    Case(
      steps: "- copy: {from: score, to: before}\n- set: {score: score * 10}\n- select: [score, before]",
      output: "score,before 50,5 70,7 ,"),
    // A null takes the type of the column that it replaces.
    Case(steps: "- set: {score: null}\n  when: name = 'Ada'\n- select: score", output: "score  7 "),
  ])
  func columns(_ given: Case) throws {
    let trial = try Self.trial(given.steps)
    #expect(trial.diagnostics == "")
    let lines = try #require(trial.outputText).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let wanted = given.output.split(separator: " ", omittingEmptySubsequences: false)
    // A row that is one null is written as a quoted nothing, so that it is no blank line.
    #expect(lines.map { $0 == "\"\"" ? "" : $0 } == wanted)
  }

  struct Tagging: CustomTestStringConvertible {
    let steps: String
    let column: String
    let tags: Set<String>
    var testDescription: String { "\(steps) → \(column)" }

    init(_ steps: String, _ column: String, _ tags: Set<String>) {
      self.steps = steps
      self.column = column
      self.tags = tags
    }
  }

  /// Tags follow values into whatever is computed from them.
  @Test(arguments: [
    Tagging("- trim: email", "email", ["pii"]),
    Tagging("- set: {x: lower(email)}", "x", ["pii"]),
    Tagging("- set: {x: length(email) + score}", "x", ["pii"]),
    Tagging("- set:\n    x: \"name || ' <' || email || '>'\"", "x", ["pii", "person"]),
    Tagging("- set:\n    x: if(email is null, 0, score)", "x", ["pii"]),
    Tagging("- set: {x: case when score > 5 then name else team end}", "x", ["person"]),
    Tagging("- set:\n    x: coalesce(team, email)", "x", ["pii"]),
    Tagging("- set:\n    x: email in ('a', 'b')", "x", ["pii"]),
    Tagging("- set: {x: email like 'a%'}", "x", ["pii"]),
    Tagging("- set: {x: email between 'a' and 'b'}", "x", ["pii"]),
    Tagging("- set: {x: raw(email)}", "x", ["pii"]),
    Tagging("- set: {x: try_cast(email as int)}", "x", ["pii"]),
    Tagging("- set: {x: score > 5 and email is null}", "x", ["pii"]),
    Tagging("- set: {x: is_invalid(email)}", "x", ["pii"]),
    Tagging("- set: {x: score + 1}", "x", []),
    Tagging("- set:\n    email: \"'gone'\"", "email", []),
    Tagging("- set: {x: email}\n- set: {y: x}\n- drop: [x, email]", "y", ["pii"]),
    // Some rows keep the old value, and which ones is told by the condition.
    Tagging("- set:\n    email: \"'gone'\"\n  when: team = 'red'", "email", ["pii"]),
    Tagging("- set: {x: 1}\n  when: email is null", "x", ["pii"]),
    Tagging("- set: {x: email}\n  when: team = 'red'", "x", ["pii"]),
    Tagging("- rename: {email: contact, score: email}", "contact", ["pii"]),
    Tagging("- rename: {email: contact, score: email}", "email", []),
    Tagging("- copy: {from: email, to: contact}", "contact", ["pii"]),
    Tagging("- cast: {email: binary}", "email", ["pii"]),
    Tagging("- merge: {columns: [name, email], into: x}", "x", ["pii", "person"]),
    Tagging("- split: {column: email, by: \"@\", into: [local, host]}", "host", ["pii"]),
    Tagging("- map_values: {column: email, values: {a: b}, into: x}", "x", ["pii"]),
    Tagging("- fill_missing: {column: email, with: none}", "email", ["pii"]),
    Tagging("- cast: {email: int}\n  on_error: invalid", "email", ["pii"]),
    Tagging("- lower_case: email\n- filter: score > 5\n- select: email", "email", ["pii"]),
  ])
  func tags(_ given: Tagging) throws {
    let trial = try Self.trial(given.steps)
    let schema = try #require(trial.report?.outputs.first?.schema, "\(trial.diagnostics)")
    let field = try #require(schema.fields.first { $0.name == given.column })
    #expect(field.tags == given.tags)
  }

  /// What is wrong in one place is told there alone: what depends on it is passed over, the rest is looked at.
  @Test(arguments: [
    ("- set: {x: scor + 1}\n- filter: x > 5 and length(x) = 1\n- drop: x", ["scor"]),
    ("- set: {x: scor + 1}\n- set: {x: 1}\n- filter: lower(x) = 'a'", ["scor", "lower"]),
    ("- cast: {score: strng}\n- filter: lower(score) = 'a'", ["strng"]),
    ("- rename: {scor: points}\n- filter: points > 5\n- filter: pionts > 5", ["scor", "pionts"]),
    ("- splt: {column: name, by: ' ', into: [first, last]}\n- trim: [first, last, lst]", ["splt", "lst"]),
    ("- trim: name\n  when: scor > 5\n- upper: name", ["scor", "upper"]),
    ("- copy: {from: nam, to: x}\n- filter: x = 5\n- filter: x = 'a'", ["nam"]),
  ])
  func faultsAreToldOnce(steps: String, places: [String]) throws {
    guard case .refused(let diagnostics) = try Self.trial(steps).outcome else {
      Issue.record("it ran")
      return
    }
    #expect(diagnostics.all.map { $0.range?.text ?? "" } == places)
  }
}
