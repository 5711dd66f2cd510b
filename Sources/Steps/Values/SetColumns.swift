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
    guard scope.isFilled(arguments[values], arguments, what: "column") else { return nil }
    for entry in entries {
      guard !entry.key.isEmpty else {
        scope.report(.badOption("a column needs a name", at: entry.keyRange))
        continue
      }
      guard let bound = scope.scope.bind(entry.value.text), let value = typed(bound, for: entry, &scope) else {
        continue
      }
      replacements.append((entry.key, value))
    }
    return replacements.count == entries.count ? scope.replacing(replacements) : nil
  }

  /// A null takes the type of the column that it replaces.
  private static func typed(
    _ value: Typed, for entry: OrderedMap<ExpressionText>.Entry, _ scope: inout StepScope
  ) -> Typed? {
    guard value.type == .null else { return value }
    if let column = scope.scope.column(named: entry.key, trusting: false) {
      return scope.scope.cast(value, to: column.type)
    }
    if value.isLiteral { scope.report(.untypedNull(entry.key, at: entry.value.text.range)) }
    return nil
  }
}
