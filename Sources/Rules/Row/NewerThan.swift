import Columns
import Documents
import Expressions
import Plans

/// Dates and times must not have reached a certain age.
enum NewerThan: Rule {
  static let name = "newer_than"
  static let summary =
    "Dates and times lie before the run's clock ('--as-of') by less than a span of time, or after it."

  static let column = RequiredOption<ColumnSelection>("column", "Date or timestamp columns; one rule each.")
  static let by = RequiredOption<Located<Documents.Duration>>(
    "by", "The span, such as 7 days or 36 hours; of dates whole days.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, by, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let by = arguments[by]
    let shift = 0 &- by.value.microseconds
    return scope.compareWithClock(arguments[column], .greater, shift: shift, at: by.range, for: name)?.map {
      column, holds in
      .row(passes: holds, columns: [column], isRequired: arguments[required], facts: "\(shift)")
    }
  }
}
