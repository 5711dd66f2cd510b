import Documents
import Expressions
import Measures
import Plans

/// The share of rows on which a value is present must be within bounds.
enum Completeness: Rule {
  static let name = "completeness"
  static let summary = "The share of rows on which the value is present is within bounds."
  static let nulls: String? = "counts as missing"

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let options: [any OptionDeclaration] = [column] + Bounds.options

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let bounds = Bounds.read(arguments, into: &scope.diagnostics)
    guard let selected = scope.select(arguments[column]), let bounds,
      bounds.suit(.share, at: Bounds.range(in: arguments), into: &scope.diagnostics)
    else { return nil }
    return selected.map { .dataset(.rows(PresentShare()), bounds, columns: [$0], facts: "\(bounds)") }
  }
}
