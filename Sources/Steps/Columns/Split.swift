import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Cuts a text column at a separator into new columns.
enum Split: Step {
  static let name = "split"
  static let summary = "Cut a text column at a separator into new columns."
  static let nulls: String? = "gives nulls"

  static let column = RequiredOption<Located<String>>("column", "The text column to cut.")
  static let by = RequiredOption<Located<String>>("by", "The separator, taken literally.")
  static let into = OptionalOption<[Located<String>]>(
    "into", "The new columns' names; the last takes the rest. Default: the column's name with _1, _2 … up to 'limit'.")
  static let limit = OptionalOption<Located<Int>>(
    "limit", "How many columns to make, 2 to 100, where 'into' is not given.")
  static let options: [any OptionDeclaration] = [column, by, into, limit]
  static let changesShape = true

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let separator = Array(arguments[by].value.utf8)
    guard !separator.isEmpty else {
      scope.report(.badOption("the separator is empty", at: arguments[by].range))
      return nil
    }
    guard let source = scope.column(arguments[column]), let names = names(arguments, &scope) else { return nil }
    guard source.type.isText else {
      scope.report(.notText(source.name, source.type, step: name, at: arguments[column].range))
      return nil
    }
    var replacements: [(name: String, value: Typed)] = []
    for (index, target) in names.enumerated() {
      let detail: [Constant] = [.text(separator), .integer(Int64(names.count)), .integer(Int64(index))]
      let count = names.count
      let node = scope.scope.graph.call("split", detail: detail, [source.node], type: .string, canFail: false) { call in
        Text.split(call[0], separator: separator, parts: count, in: call.store)[index]
      }
      replacements.append((target, Typed(node, .string, tags: source.tags)))
    }
    return scope.replacing(replacements)
  }

  private static func names(_ arguments: Arguments, _ scope: inout StepScope) -> [String]? {
    if let given = arguments[into] {
      guard !arguments.isGiven(limit) else {
        scope.report(.badOption("'into' says already how many columns there are", at: arguments.range(of: limit)))
        return nil
      }
      guard given.count > 1 else {
        scope.report(.badOption("a text is split into 2 columns at least", at: arguments.range(of: into)))
        return nil
      }
      for (index, target) in given.enumerated() {
        guard scope.canMake(target) else { return nil }
        guard !given[..<index].contains(where: { $0.value == target.value }) else {
          scope.report(.columnExists(target.value, at: target.range))
          return nil
        }
      }
      return given.map(\.value)
    }
    guard let count = arguments[limit] else {
      scope.report(.badOption("say the new columns with 'into', or how many with 'limit'", at: scope.range))
      return nil
    }
    guard (2...100).contains(count.value) else {
      scope.report(.badOption("'limit' is from 2 to 100", at: count.range))
      return nil
    }
    let names = (1...count.value).map { "\(arguments[column].value)_\($0)" }
    guard names.allSatisfy({ scope.canMake(Located($0, at: arguments.range(of: limit))) }) else { return nil }
    return names
  }
}
