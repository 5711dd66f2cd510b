import Columns
import Documents
import Expressions
import Plans

/// Numbers must be zero or more.
enum NonNegative: Rule {
  static let name = "non_negative"
  static let summary = "Numbers are zero or more."

  static let columns = RequiredOption<ColumnSelection>("columns", "Number columns; one rule each.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [columns, required]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.selectNumbers(arguments[columns], for: name)?.compactMap { column in
      scope.compare(.greaterOrEqual, column.typed, scope.constant(.integer(0))).map {
        .row(passes: $0, columns: [column], isRequired: arguments[required])
      }
    }
  }
}
