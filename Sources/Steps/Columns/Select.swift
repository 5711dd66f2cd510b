import Documents
import Plans

/// Keeps the named columns, in the order named.
enum Select: Step {
  static let name = "select"
  static let summary = "Keep these columns, in this order."

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns to keep.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns
  static let changesShape = true

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    scope.select(arguments[columns]).map { .project($0, changed: []) }
  }
}
