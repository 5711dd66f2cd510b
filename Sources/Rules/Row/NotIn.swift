import Documents
import Expressions
import Plans

/// Values must be none of a list.
enum NotIn: Rule {
  static let name = "not_in"
  static let summary = "Values are none of a list."

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let values = RequiredOption<[Node]>("values", "The values refused.", schema: .list(of: .scalar, orOne: true))
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, values, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    In.checks(column, values, required, arguments, empty: "no value is refused", in: &scope) { scope, found in
      scope.not(found)
    }
  }
}
