import Columns
import Documents
import Expressions
import Plans

/// Dates and times must not lie after the run's clock.
enum NotInFuture: Rule {
  static let name = "not_in_future"
  static let summary = "Dates and times are not after the run's clock ('--as-of')."

  static let column = RequiredOption<ColumnSelection>("columns", "Date or timestamp columns; one rule each.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let by = OptionalOption<Located<Documents.Duration>>(
    "by", "How far after the clock they may lie, such as 1 day; of dates whole days.")
  static let options: [any OptionDeclaration] = [column, by, required]
  static let shorthand: (any OptionDeclaration)? = column

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let by = arguments[by]
    let shift = (by?.value.microseconds ?? 0)
    return scope.compareWithClock(arguments[column], .lessOrEqual, shift: shift, at: by?.range, for: name)?.map {
      column, holds in
      .row(
        passes: holds, columns: [column], isRequired: arguments[required],
        facts: by.map { "\($0.value.microseconds)" } ?? "")
    }
  }
}
