import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// Values must be equal to a value, or to those of another column.
enum Equals: Rule {
  static let name = "equals"
  static let summary = "Values are equal to a value, or to those of another column."

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let value = OptionalOption<Node>("value", "The value.", schema: .scalar)
  static let other = OptionalOption<Located<String>>("other", "Or the other column.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let tolerance = OptionalOption<Located<Tolerance>>(
    "tolerance", "How far numbers may be apart: {absolute: 0.01, relative: 0.001}; either is enough.")
  static let options: [any OptionDeclaration] = [column, value, other, tolerance, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let selected = scope.select(arguments[column]) else { return nil }
    let pair = PairedValue(value: arguments[value], other: arguments[other], owner: name, at: arguments.node.range)
    let checks = selected.compactMap { column -> RuleCheck? in
      guard let other = pair.typed(for: column, in: &scope) else { return nil }
      let passes =
        arguments[tolerance].map { $0.value.allows(column, other, at: $0.range, in: &scope) }
        ?? scope.compare(.equal, column.typed, other.value)
      return passes.map {
        .row(
          passes: $0, columns: [column] + other.columns, isRequired: arguments[required],
          facts: "\(other.text) \(arguments[tolerance].map { "\($0.value)" } ?? "")")
      }
    }
    return checks.count == selected.count ? checks : nil
  }
}
