import Columns
import Documents
import Expressions
import Plans

/// Values must fit their declared type: none was kept as invalid.
enum Valid: Rule {
  static let name = "valid"
  static let summary = "Values fit their declared type; for columns read with 'on_error: invalid'."
  static let nulls: String? = "neither passes nor fails: it is not invalid"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns; one rule each.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.select(arguments[columns])?.map { column in
      // A null is no invalid value, and an invalid one fails every rule: what is present passes.
      .row(passes: scope.trueWherePresent(column.typed), columns: [column])
    }
  }
}
