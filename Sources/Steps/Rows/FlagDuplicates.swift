import Columns
import Documents
import Expressions
import Plans

/// Marks the copies of rows.
enum FlagDuplicates: Step {
  static let name = "flag_duplicates"
  static let summary = "Mark rows whose key, or all of whose values, occurred on an earlier row."
  static let nulls: String? = "equals another null"

  static let columns = OptionalOption<ColumnSelection>(
    "columns", "The columns that make the key; default: all. Values that are not present are equal to each other.")
  static let into = RequiredOption<Located<String>>("into", "The new column's name.")
  static let values = OptionalOption<[NullText]>(
    "values", "The texts for a copy and for any other row; default: true and false.")
  static let options: [any OptionDeclaration] = [columns, into, values]
  static let changesShape = true

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let target = arguments[into]
    guard scope.scope[target.value] == nil else {
      scope.report(.columnExists(target.value, at: target.range))
      return nil
    }
    guard let copy = scope.isCopy(arguments[columns], spared: .first) else { return nil }
    guard let texts = arguments[values] else { return scope.replacing([(target.value, copy)]) }
    guard texts.count == 2 else {
      scope.report(.badOption("'values' takes two texts, for copies and for others", at: arguments.range(of: values)))
      return nil
    }
    let yes = scope.scope.constant(.text(texts[0].text))
    let no = scope.scope.constant(.text(texts[1].text))
    return scope.replacing([(target.value, scope.scope.choose(copy, yes, no))])
  }
}
