import Columns
import Documents
import Kernels
import Plans

/// Fills null, empty and blank values. Invalid values are not missing and stay.
enum FillMissing: Step {
  static let name = "fill_missing"
  static let summary = "Fill null, empty and blank values; invalid ones stay."
  static let nulls: String? = "is filled"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns to fill.")
  static let options: [any OptionDeclaration] = [columns, Filling.with, Filling.using]

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    Filling(name: name) { missing($0, in: $1) }.bind(columns, arguments, in: &scope)
  }

  /// The rows that are null, empty or blank, and not invalid.
  private static func missing(_ column: Column, in store: ByteStore) -> Bitmap {
    var missing = Logic.isNull(column).bits
    if let invalid = column.invalid { missing.subtract(invalid) }
    if column.type.isText { missing.formUnion(Text.isBlank(column, in: store).bits) }
    return missing
  }
}
