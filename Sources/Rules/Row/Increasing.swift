import Documents
import Expressions
import Kernels
import Plans

/// Values must not fall from one row to the next.
enum Increasing: Rule {
  static let name = "increasing"
  static let summary = "Values do not fall from one row to the next, in the order of the input; nulls are passed over."

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let strictly = DefaultedOption<Bool>("strictly", "Whether equal values fail too.", default: false)
  static let options: [any OptionDeclaration] = [column, strictly]
  static let shorthand: (any OptionDeclaration)? = column

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let op: Comparison.Operator = arguments[strictly] ? .greater : .greaterOrEqual
    return scope.select(arguments[column])?.map { scope.monotonic($0, op, name: name) }
  }
}
