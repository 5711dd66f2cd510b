import Documents
import Expressions
import Measures
import Plans

/// The share of distinct keys that occur once must be within bounds.
enum UniqueRatio: Rule {
  static let name = "unique_ratio"
  static let summary =
    "The share of distinct keys that occur once is within bounds; keys with a null part do not count."
  static let nulls: String? = "in a part of the key keeps it from being counted"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns that make the key, together.")
  static let options: [any OptionDeclaration] = [columns] + Bounds.options

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.keyCheck(arguments, arguments[columns], .singleOfDistinct)
  }
}
