import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

/// The values of several columns must differ from each other on each row.
enum UniqueWithinRow: Rule {
  static let name = "unique_within_row"
  static let summary = "The values of these columns differ from each other on each row; nulls differ from all."
  static let nulls: String? = "differs from every other value"

  static let columns = RequiredOption<ColumnSelection>("columns", "Two columns or more, of types that can be compared.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let selected = scope.select(arguments[columns]) else { return nil }
    guard selected.count > 1 else {
      scope.diagnostics.report(
        .badOption("'unique_within_row' needs two columns or more", at: arguments.range(of: columns)))
      return nil
    }
    var conditions: [Typed] = []
    for (index, column) in selected.enumerated() {
      for other in selected[(index + 1)...] {
        guard let differ = scope.compare(.notEqual, column.typed, other.typed) else { return nil }
        conditions.append(scope.trueWhereNull(differ))
      }
    }
    return scope.all(conditions).map { [.row(passes: $0, columns: selected)] }
  }
}
