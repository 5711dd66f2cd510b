import Columns
import Documents
import Expressions
import Plans

/// Dates and times must have a certain age.
enum OlderThan: Rule {
  static let name = "older_than"
  static let summary = "Dates and times lie before the run's clock ('--as-of') by a span of time, or more."

  static let column = RequiredOption<ColumnSelection>("column", "Date or timestamp columns; one rule each.")
  static let by = RequiredOption<Located<Documents.Duration>>(
    "by", "The span, such as 7 days or 36 hours; of dates whole days.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, by, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let by = arguments[by]
    let shift = 0 &- by.value.microseconds
    return scope.compareWithClock(arguments[column], .lessOrEqual, shift: shift, at: by.range, for: name)?.map {
      column, holds in
      .row(passes: holds, columns: [column], isRequired: arguments[required], facts: "\(shift)")
    }
  }
}
