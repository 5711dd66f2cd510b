import Columns
import Documents
import Expressions
import Plans

/// Numbers must be more than zero.
enum Positive: Rule {
  static let name = "positive"
  static let summary = "Numbers are more than zero."

  static let columns = RequiredOption<ColumnSelection>("columns", "Number columns; one rule each.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [columns, required]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.selectNumbers(arguments[columns], for: name)?.compactMap { column in
      scope.compare(.greater, column.typed, scope.constant(.integer(0))).map {
        .row(passes: $0, columns: [column], isRequired: arguments[required])
      }
    }
  }
}
