import Documents
import Plans

/// Leaves columns out.
enum Drop: Step {
  static let name = "drop"
  static let summary = "Leave these columns out."

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns to leave out.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns
  static let changesShape = true

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    guard let dropped = scope.select(arguments[columns]) else { return nil }
    let names = Set(dropped.map(\.name))
    return .project(scope.columns.filter { !names.contains($0.name) }, changed: [])
  }
}
