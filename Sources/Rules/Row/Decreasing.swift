import Documents
import Expressions
import Kernels
import Plans

/// Values must not rise from one row to the next.
enum Decreasing: Rule {
  static let name = "decreasing"
  static let summary = "Values do not rise from one row to the next, in the order of the input; nulls are passed over."
  static let nulls: String? = "is passed over, and the next value is held against the one before it"

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let strictly = DefaultedOption<Bool>("strictly", "Whether equal values fail too.", default: false)
  static let by = OptionalOption<ColumnSelection>(
    "by", "Columns that make groups: the order is looked at within each. Null is a group, too.")
  static let options: [any OptionDeclaration] = [column, strictly, by]
  static let shorthand: (any OptionDeclaration)? = column

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let op: Comparison.Operator = arguments[strictly] ? .less : .lessOrEqual
    return scope.monotonic(arguments[column], op, by: arguments[by], name: name)
  }
}
