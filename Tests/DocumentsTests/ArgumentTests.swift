import Diagnostics
import Documents
import Testing

private enum Mode: String, CaseIterable, OptionValue { case overwrite, append, fail }

private let columns = RequiredOption<[String]>("columns", "Columns to work on.")
private let mode = DefaultedOption<Mode>("mode", "What to do.", default: .fail)
private let limit = OptionalOption<Int>("limit", "How many.", aliases: ["max"])
private let options: [any OptionDeclaration] = [columns, mode, limit]

private func arguments(_ text: String) -> (arguments: Arguments?, diagnostics: Diagnostics) {
  var (node, diagnostics) = parsed("k: " + text + "\n")
  let found = node?["k"].flatMap {
    Arguments.read($0, options: options, shorthand: columns, owner: "step 'trim'", into: &diagnostics)
  }
  return (found, diagnostics)
}

private let readings: [(String, columns: [String], mode: String, limit: Int?)] = [
  ("a", ["a"], "fail", nil), ("[a, NO]", ["a", "NO"], "fail", nil),
  ("{columns: [a, b], mode: append}", ["a", "b"], "append", nil),
  ("{column: 012, limit: 012}", ["012"], "fail", 12), ("{columns: on, max: 1e3}", ["on"], "fail", 1000),
]

@Test(arguments: readings)
func typedArguments(text: String, names: [String], word: String, count: Int?) throws {
  let found = try #require(arguments(text).arguments)
  #expect(found[columns] == names)
  #expect(found[mode].rawValue == word)
  #expect(found[limit] == count)
  #expect(found.isGiven(limit) == (count != nil))
}

@Test func rangesOfArguments() throws {
  let found = try #require(arguments("{columns: é, limit: 7}").arguments)
  #expect(found.range(of: limit).text == "7")
  #expect(found.keyRange(of: limit)?.text == "limit")
  #expect(found.range(of: limit).start.column == 24)
  #expect(found.range(of: mode).text == "{columns: é, limit: 7}")
}

private let refusals: [(text: String, rendered: String)] = [
  (
    "{colums: a, limit: x, mode: apend}",
    """
    r.yaml:1:5: error[unknown-key]: step 'trim' has no 'colums'
        1 | k: {colums: a, limit: x, mode: apend}
          |     ^^^^^^ did you mean 'columns'?
    r.yaml:1:23: error[wrong-type]: expected an integer, found the text 'x'
        1 | k: {colums: a, limit: x, mode: apend}
          |                       ^
    r.yaml:1:32: error[unknown-value]: 'apend' is not one of 'overwrite', 'append', 'fail'
        1 | k: {colums: a, limit: x, mode: apend}
          |                                ^^^^^ did you mean 'append'?
    """
  ),
  (
    "{column: a, columns: b, zzz: 1}",
    """
    r.yaml:1:16: error[duplicate-key]: 'columns' is given twice
        1 | k: {column: a, columns: b, zzz: 1}
          |                ^^^^^^^ first given on line 1
    r.yaml:1:28: error[unknown-key]: step 'trim' has no 'zzz'
        1 | k: {column: a, columns: b, zzz: 1}
          |                            ^^^
          help: known are 'columns', 'mode', 'limit'
    """
  ),
  (
    "",
    """
    r.yaml:1:3: error[missing-key]: step 'trim' needs 'columns'
        1 | k:\u{20}
          |   ^
          help: 'columns' takes a text, or a list of such
    """
  ),
  (
    "{columns: [a, [b]], limit: 99999999999999999999}",
    """
    r.yaml:1:18: error[wrong-type]: expected a text, found a list
        1 | k: {columns: [a, [b]], limit: 99999999999999999999}
          |                  ^^^
    r.yaml:1:31: error[invalid-value]: 99999999999999999999 does not fit in 64 bits
        1 | k: {columns: [a, [b]], limit: 99999999999999999999}
          |                               ^^^^^^^^^^^^^^^^^^^^
    """
  ),
]

@Test(arguments: refusals)
func refusedArguments(text: String, rendered: String) {
  let (found, diagnostics) = arguments(text)
  #expect(found == nil)
  #expect(diagnostics.rendered() == rendered + "\n")
}

private func value<Value: OptionValue>(_ text: String, as type: Value.Type) -> (Value?, [String]) {
  var (node, diagnostics) = parsed("k: " + text + "\n")
  let value = node?["k"].flatMap { Value.read($0, &diagnostics) }
  return (value, diagnostics.all.map(\.message))
}

@Test func orderedMap() throws {
  let map = try #require(value("{b: 1, a: 2}", as: OrderedMap<Int>.self).0)
  #expect(map.entries.map(\.key) == ["b", "a"])
  #expect(map["a"] == 2)
  #expect(map.entries.map(\.keyRange.text) == ["b", "a"])
  #expect(value("{b: 1, a: x}", as: OrderedMap<Int>.self).0 == nil)
  let assignments = RequiredOption<OrderedMap<SourceText>>("assignments", "Columns.")
  var (node, diagnostics) = parsed("k: {assignments: a + 1, column: b}\n")
  let found = node?["k"].flatMap {
    Arguments.read($0, options: [assignments], shorthand: assignments, owner: "step 'set'", into: &diagnostics)
  }
  #expect(try #require(found)[assignments].entries.map(\.value.string) == ["a + 1", "b"])
}

@Test(arguments: ["yes", "off", "'true'", "1"])
func noBool(text: String) {
  #expect(value(text, as: Bool.self).0 == nil)
  #expect(value(text, as: Bool.self).1.first?.hasPrefix("expected true or false, found") == true)
}

@Test func numbers() {
  #expect(value("2.5e3", as: Double.self).0 == 2500)
  #expect(value("'2'", as: Double.self).0 == nil)
  #expect(value("true", as: Bool.self).0 == true)
  #expect(value("-9223372036854775808", as: Int.self).0 == Int.min)
  #expect(value("1.0", as: Int.self).0 == nil)
  #expect(value("'1'", as: Int.self).0 == nil)
}
