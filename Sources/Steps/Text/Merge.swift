import Columns
import Documents
import Expressions
import Plans

/// Joins columns into one text.
enum Merge: Step {
  static let name = "merge"
  static let summary = "Join columns into one text; nulls are passed over."
  static let nulls: String? = "is passed over"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns to join, in order.")
  static let into = RequiredOption<Located<String>>("into", "The new column's name.")
  static let separator = DefaultedOption<String>("separator", "What stands between the texts.", default: "")
  static let options: [any OptionDeclaration] = [columns, into, separator]
  static let changesShape = true

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    guard let parts = scope.select(arguments[columns]) else { return nil }
    let target = arguments[into]
    guard scope.canMake(target) else { return nil }
    let texts = parts.compactMap { scope.scope.cast($0.typed, to: .string) }
    let glue = scope.scope.constant(.text(arguments[separator]))
    guard let joined = scope.call(.concatWithSeparator, [glue] + texts) else { return nil }
    return scope.replacing([(target.value, joined)])
  }
}
