import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// Floats must be finite.
enum Finite: Rule {
  static let name = "finite"
  static let summary = "Floats are neither NaN nor infinite."

  static let columns = RequiredOption<ColumnSelection>("columns", "Number columns; one rule each.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [columns, required]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.selectNumbers(arguments[columns], for: name)?.compactMap { column in
      guard column.type.isFloat else {
        let passes = scope.trueWherePresent(column.typed)
        return .row(passes: passes, columns: [column], isRequired: arguments[required])
      }
      // NaN is more than any number, infinity included.
      guard let value = scope.call(.abs, [column.typed]) else { return nil }
      return scope.compare(.less, value, scope.constant(.float(.infinity))).map {
        .row(passes: $0, columns: [column], isRequired: arguments[required])
      }
    }
  }
}
