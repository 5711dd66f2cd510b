import Documents
import Expressions
import Plans

/// Computes columns. All keys of one `set` see the columns as they stood before it.
enum SetColumns: Step {
  static let name = "set"
  static let summary = "Compute columns, new or in place; all see the columns as they stood before the step."

  static let values = RequiredOption<OrderedMap<ExpressionText>>("values", "Column to expression.")
  static let options: [any OptionDeclaration] = [values]
  static let shorthand: (any OptionDeclaration)? = values

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let entries = arguments[values].entries
    var replacements: [(name: String, value: Typed)] = []
    for entry in entries {
      guard let value = scope.scope.bind(entry.value.text) else { continue }
      replacements.append((entry.key, value))
    }
    return replacements.count == entries.count ? scope.replacing(replacements) : nil
  }
}
