import Columns
import Documents
import Plans

/// Replaces the values that did not fit their type and were kept as invalid.
enum ReplaceInvalid: Step {
  static let name = "replace_invalid"
  static let summary = "Replace the values that were kept as invalid; missing ones stay."

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns whose invalid values are replaced.")
  static let options: [any OptionDeclaration] = [columns, Filling.with, Filling.using]

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    Filling(name: name) { column, _ in column.invalid ?? Bitmap(repeating: false, count: column.count) }
      .bind(columns, arguments, in: &scope)
  }
}
