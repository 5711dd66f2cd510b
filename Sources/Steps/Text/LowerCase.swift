import Documents
import Expressions
import Plans

/// Puts texts into lower case.
enum LowerCase: Step {
  static let name = "lower_case"
  static let summary = "Put texts into lower case."
  static let nulls: String? = "stays null"

  static let columns = RequiredOption<ColumnSelection>("columns", "Text columns.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    scope.replacingTexts(arguments[columns], for: name) { scope, column in scope.call(.lower, column) }
  }
}
