import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Values must be present. An invalid value fails.
enum NotNull: Rule {
  static let name = "not_null"
  static let summary = "Values are present."
  static let nulls: String? = "fails"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns; one rule each.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.select(arguments[columns])?.map { column in
      .row(passes: scope.isPresent(column.typed), columns: [column])
    }
  }
}
