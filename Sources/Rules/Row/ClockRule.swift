import Columns
import Diagnostics
import Documents
import Expressions
import Plans

extension Scope {
  /// For each of some date or timestamp columns how it compares with the run's clock, moved by a span of time.
  ///
  /// - Parameter shift: microseconds; whole days where a column is a date.
  mutating func compareWithClock(
    _ selection: ColumnSelection, _ op: BinaryOperator, shift: Int64 = 0, at range: SourceRange? = nil,
    for owner: String
  ) -> [(column: BoundColumn, holds: Typed)]? {
    guard let selected = select(selection) else { return nil }
    let found = selected.compactMap { column -> (column: BoundColumn, holds: Typed)? in
      let day: Int64 = 86_400_000_000
      let limit: Constant
      switch column.type {
      case .date: limit = context.currentDate
      case .timestamp: limit = context.localNow
      case .timestamptz: limit = context.now
      default:
        diagnostics.report(.notADate(column.name, column.type, rule: owner, at: selection.range(of: column.name)))
        return nil
      }
      guard column.type != .date || shift % day == 0 else {
        diagnostics.report(.badOption("'\(column.name)' is a date: say it in whole days", at: range))
        return nil
      }
      let step = column.type == .date ? shift / day : shift
      let (moved, isOver) = (limit.integer ?? 0).addingReportingOverflow(step)
      guard !isOver else {
        diagnostics.report(.badOption("no clock goes back so far", at: range))
        return nil
      }
      return compare(op, column.typed, constant(Constant(column.type, .integer(moved)))).map { (column, $0) }
    }
    return found.count == selected.count ? found : nil
  }
}
