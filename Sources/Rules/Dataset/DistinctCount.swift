import Documents
import Expressions
import Measures
import Plans

/// The number of distinct keys must be within bounds.
enum DistinctCount: Rule {
  static let name = "distinct_count"
  static let summary = "The number of distinct keys is within bounds; keys with a null part do not count."
  static let nulls: String? = "in a part of the key keeps it from being counted"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns that make the key, together.")
  static let options: [any OptionDeclaration] = [columns] + Bounds.options

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.keyCheck(arguments, arguments[columns], .distinct)
  }
}
