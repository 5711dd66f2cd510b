import Documents
import Expressions
import Plans

/// Values must be one of a list.
enum In: Rule {
  static let name = "in"
  static let summary = "Values are one of a list."

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let values = RequiredOption<[Node]>("values", "The values allowed.", schema: .list(of: .scalar, orOne: true))
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, values, required]

  private static let unasked = "a null is never judged by its value: leave it out, or say 'required: true'"

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    checks(column, values, required, arguments, empty: "no value is allowed", in: &scope) { _, found in found }
  }

  /// One check for each column, of what `passes` makes of whether its value is in the list.
  static func checks(
    _ column: RequiredOption<ColumnSelection>, _ values: RequiredOption<[Node]>, _ required: DefaultedOption<Bool>,
    _ arguments: Arguments, empty: String, in scope: inout Scope, passes: (inout Scope, Typed) -> Typed
  ) -> [RuleCheck]? {
    guard !arguments[values].isEmpty else {
      scope.diagnostics.report(.badOption(empty, at: arguments.range(of: values)))
      return nil
    }
    guard let selected = scope.select(arguments[column]) else { return nil }
    return selected.compactMap { column in
      let constants = arguments[values].compactMap { scope.value($0, as: column.type, refusingNull: unasked) }
      guard constants.count == arguments[values].count,
        let found = scope.membership(of: column.typed, in: constants)
      else { return nil }
      return .row(
        passes: passes(&scope, found), columns: [column], isRequired: arguments[required],
        facts: constants.map { "\($0.value)" }.joined(separator: ","))
    }
  }
}
