import Columns
import Documents
import Expressions
import Plans

/// Dates and times must not lie before the run's clock.
enum NotInPast: Rule {
  static let name = "not_in_past"
  static let summary = "Dates and times are not before the run's clock ('--as-of'); the run's own day is not before it."

  static let column = RequiredOption<ColumnSelection>("columns", "Date or timestamp columns; one rule each.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let by = OptionalOption<Located<Documents.Duration>>(
    "by", "How far before the clock they may lie, such as 1 day; of dates whole days.")
  static let options: [any OptionDeclaration] = [column, by, required]
  static let shorthand: (any OptionDeclaration)? = column

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let by = arguments[by]
    let shift = 0 &- (by?.value.microseconds ?? 0)
    return scope.compareWithClock(arguments[column], .greaterOrEqual, shift: shift, at: by?.range, for: name)?.map {
      column, holds in
      .row(
        passes: holds, columns: [column], isRequired: arguments[required],
        facts: by.map { "\($0.value.microseconds)" } ?? "")
    }
  }
}
