import Documents
import Expressions
import Plans

/// A condition on the row must not be false.
enum Expect: Rule {
  static let name = "expect"
  static let summary = "A condition holds on each row; like SQL's CHECK, a null neither passes nor fails."

  static let condition = RequiredOption<ExpressionText>("condition", "A condition on the row.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [condition, required]
  static let shorthand: (any OptionDeclaration)? = condition

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let effects = ConditionEffects(
      whereTrue: "every row passes", whereFalse: "every row fails", whereNull: "no row passes, and none fails")
    guard let (passes, columns) = scope.bindConditionWithColumns(arguments[condition].text, effects: effects)
    else { return nil }
    return [
      .row(
        passes: passes, columns: columns, isRequired: arguments[required], failsOnInvalid: false,
        facts: arguments[condition].text.string)
    ]
  }
}
