import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// Values must differ from a value, or from those of another column.
enum NotEquals: Rule {
  static let name = "not_equals"
  static let summary = "Values differ from a value, or from those of another column."

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let value = OptionalOption<Node>("value", "The value.", schema: .scalar)
  static let other = OptionalOption<Located<String>>("other", "Or the other column.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, value, other, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let selected = scope.select(arguments[column]) else { return nil }
    let pair = PairedValue(value: arguments[value], other: arguments[other], owner: name, at: arguments.node.range)
    let checks = selected.compactMap { column -> RuleCheck? in
      guard let other = pair.typed(for: column, in: &scope) else { return nil }
      return scope.compare(.notEqual, column.typed, other.value).map {
        .row(passes: $0, columns: [column] + other.columns, isRequired: arguments[required], facts: other.text)
      }
    }
    return checks.count == selected.count ? checks : nil
  }
}
