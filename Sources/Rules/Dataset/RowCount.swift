import Documents
import Expressions
import Measures
import Plans

/// The number of rows must be within bounds.
enum RowCount: Rule {
  static let name = "row_count"
  static let summary = "The number of rows is within bounds."

  static let options: [any OptionDeclaration] = Bounds.options

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let bounds = Bounds.read(arguments, into: &scope.diagnostics),
      bounds.suit(.count, at: Bounds.range(in: arguments), into: &scope.diagnostics)
    else { return nil }
    return [.dataset(.rows(RowTotal()), bounds, columns: [], facts: "\(bounds)")]
  }
}
