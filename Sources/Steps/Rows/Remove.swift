import Documents
import Expressions
import Plans

/// Drops the rows for which a condition is true.
enum Remove: Step {
  static let name = "remove"
  static let summary = "Drop the rows for which the condition is true; rows for which it is null stay."
  static let nulls: String? = "that makes the condition null keeps the row"

  static let condition = RequiredOption<ExpressionText>("condition", "A condition on the row.")
  static let options: [any OptionDeclaration] = [condition]
  static let shorthand: (any OptionDeclaration)? = condition

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let effects = ConditionEffects(whereTrue: "the step drops every row", whereFalse: "the step drops no row")
    return scope.scope.bindCondition(arguments[condition].text, effects: effects).map { .remove($0) }
  }
}
