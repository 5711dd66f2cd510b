import Documents
import Plans

/// Judges rows by rules in the middle of a recipe.
enum Validate: Step {
  static let name = "validate"
  static let summary = "Judge the rows here by rules; rows that fail go to quarantine and take no part in what follows."

  static let rules = RequiredOption<Node>(
    "rules", "Rules, or the path of a ruleset, or a list of paths.", schema: .reference("rules"))
  static let options: [any OptionDeclaration] = [rules]
  static let shorthand: (any OptionDeclaration)? = rules

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    if arguments[rules].elements?.isEmpty == true {
      scope.report(.badOption("no rule is named", at: arguments.range(of: rules)))
    }
    return .judge(scope.readRules(arguments[rules]))
  }
}
