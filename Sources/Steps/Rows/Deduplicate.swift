import Documents
import Expressions
import Plans

/// Drops the copies of rows.
enum Deduplicate: Step {
  static let name = "deduplicate"
  static let summary = "Keep one row of each key, or of each group of equal rows; the others are dropped."

  static let columns = OptionalOption<ColumnSelection>(
    "columns", "The columns that make the key; default: all. Values that are not present are equal to each other.")
  static let keep = DefaultedOption<Kept>("keep", "Which row stays: the 'first' or the 'last'.", default: .first)
  static let options: [any OptionDeclaration] = [columns, keep]
  static let shorthand: (any OptionDeclaration)? = columns

  enum Kept: String, CaseIterable, Sendable, OptionValue { case first, last }

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    guard let copy = scope.isCopy(arguments[columns], spared: arguments[keep] == .first ? .first : .last) else {
      return nil
    }
    return .keep(scope.scope.not(copy))
  }
}
