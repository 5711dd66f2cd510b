import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Drops the rows for which a condition is true.
enum Remove: Step {
  static let name = "remove"
  static let summary = "Drop the rows for which the condition is true; rows for which it is null stay."

  static let condition = RequiredOption<ExpressionText>("condition", "A condition on the row.")
  static let options: [any OptionDeclaration] = [condition]
  static let shorthand: (any OptionDeclaration)? = condition

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    guard let value = scope.scope.bindCondition(arguments[condition].text) else { return nil }
    let node = scope.scope.graph.call("is not true", [value.node], type: .bool, canFail: false) {
      Logic.isTrue($0[0], negated: true)
    }
    return .keep(Typed(node, .bool))
  }
}
