import Documents
import Expressions
import Plans

/// Keeps the rows for which a condition is true.
enum Filter: Step {
  static let name = "filter"
  static let summary = "Keep the rows for which the condition is true."
  static let nulls: String? = "that makes the condition null drops the row"

  static let condition = RequiredOption<ExpressionText>("condition", "A condition on the row.")
  static let options: [any OptionDeclaration] = [condition]
  static let shorthand: (any OptionDeclaration)? = condition

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let effects = ConditionEffects(whereTrue: "the step keeps every row", whereFalse: "the step drops every row")
    return scope.scope.bindCondition(arguments[condition].text, effects: effects).map { .keep($0) }
  }
}
