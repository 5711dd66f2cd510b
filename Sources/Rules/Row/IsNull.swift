import Documents
import Expressions
import Plans

/// Values must be absent.
enum IsNull: Rule {
  static let name = "is_null"
  static let summary = "Values are absent; an invalid value is none."

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns; one rule each.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.select(arguments[columns])?.map { column in
      let present = scope.isPresent(column.typed)
      return .row(passes: scope.not(present), columns: [column])
    }
  }
}
