import Documents
import Expressions
import Measures
import Plans

/// The number, or the share, of rows whose key occurred before must be within bounds.
enum Duplicates: Rule {
  static let name = "duplicates"
  static let summary = "The rows beyond the first of each key are within bounds; keys with a null part do not count."
  static let nulls: String? = "in a part of the key keeps it from being counted"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns that make the key, together.")
  static let options: [any OptionDeclaration] = [columns] + Bounds.options

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.keyCheck(arguments, arguments[columns], .copies)
  }
}
