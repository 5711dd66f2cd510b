import Documents
import Plans

/// Keeps the named columns, in the order named.
enum Select: Step {
  static let name = "select"
  static let summary = "Keep these columns, in this order."

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns to keep.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns
  static let changesShape = true

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    guard let selected = scope.select(arguments[columns]) else { return nil }
    for (index, column) in selected.enumerated() where selected[..<index].contains(where: { $0.name == column.name }) {
      let place = arguments[columns].range(of: column.name)
      scope.report(.badOption("column '\(column.name)' is named twice", at: place))
      return nil
    }
    scope.scope.knowsAllColumns = true
    return .project(selected, changed: [])
  }
}
