import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// Dates and times must not lie after the run's clock.
enum NotInFuture: Rule {
  static let name = "not_in_future"
  static let summary = "Dates and times are not after the run's clock ('--as-of')."

  static let column = RequiredOption<ColumnSelection>("columns", "Date or timestamp columns; one rule each.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, required]
  static let shorthand: (any OptionDeclaration)? = column

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let selected = scope.select(arguments[column]) else { return nil }
    return selected.compactMap { column in
      let limit: Constant
      switch column.type {
      case .date: limit = scope.context.currentDate
      case .timestamp: limit = scope.context.localNow
      case .timestamptz: limit = scope.context.now
      default:
        let place = arguments[self.column].range(of: column.name)
        scope.diagnostics.report(.notADate(column.name, column.type, rule: name, at: place))
        return nil
      }
      return scope.compare(.lessOrEqual, column.typed, scope.constant(limit)).map {
        .row(passes: $0, columns: [column], isRequired: arguments[required])
      }
    }
  }
}
