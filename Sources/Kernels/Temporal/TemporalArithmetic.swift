import Columns

extension Temporal {
  /// The type of `type` plus an interval: a date stays one if the interval has no time part, else it becomes a timestamp.
  package static func resultType(of type: DataType, adding interval: Interval) -> DataType {
    type == .date && interval.microseconds != 0 ? .timestamp : type
  }

  /// Adds an interval, or takes it away: first months, then days, then microseconds.
  ///
  /// A day that the resulting month lacks becomes its last: 31 January + 1 month is 28 or 29 February. Months and days
  /// move an instant along the local clock of `zone`, microseconds along time itself. On a time only the microseconds
  /// count, around midnight.
  ///
  /// - Returns: *n* rows of `resultType(of:adding:)`; results outside years 1…9999 fail (`outOfRange`).
  /// - Complexity: O(*n*).
  package static func add(
    _ column: Column, _ interval: Interval, negated: Bool = false, zone: TimeZone = .utc
  ) -> Column {
    let type = resultType(of: column.type, adding: interval)
    guard let step = negated ? interval.negated : interval else {
      return failed(column.count, type, .overflow, like: [column])
    }
    let (months, days, micros) = (step.months, step.days, step.microseconds)
    switch column.type {
    case .date where type == .date:
      return map(column, to: .date) { shifted($0, months, days) }
    case .date:
      return map(column, to: .timestamp) { sum(midnight(shifted($0, months, days)), micros) }
    case .timestamp:
      return map(column, to: .timestamp) { shiftedClock($0, months, days, micros) }
    case .time:
      return map(column, to: .time) { floorRemainder(floorRemainder($0, day) &+ micros % day, day) }
    case .timestamptz where zone.isUTC || (months == 0 && days == 0):
      return map(column, to: .timestamptz) { shiftedClock($0, months, days, micros) }
    case .timestamptz:
      var (there, back) = (ZoneCursor(zone), ZoneCursor(zone))
      return map(column, to: .timestamptz) {
        let local = shiftedClock(there.local($0), months, days, 0)
        return local == none ? none : sum(back.instant(forLocal: local), micros)
      }
    default:
      return failed(column.count, type, .badArgument, like: [column])
    }
  }

  /// Adds so many units to each value, as `add` adds an interval.
  ///
  /// - Parameters:
  ///   - amounts: *n* rows of int64.
  ///   - unit: the size of one; to a date only months and days can be added.
  /// - Returns: *n* rows of the column's type; results outside years 1…9999 fail (`outOfRange`).
  /// - Complexity: O(*n*).
  package static func add(_ column: Column, _ amounts: Column, of unit: Interval, zone: TimeZone = .utc) -> Column {
    let (months, days, micros) = (unit.months, unit.days, unit.microseconds)
    switch column.type {
    case .date where micros == 0:
      return zip(column, amounts, to: .date) { shifted($0, times($1, months), times($1, days)) }
    case .timestamp,
      .timestamptz where column.type == .timestamp || zone.isUTC || (months == 0 && days == 0):
      return zip(column, amounts, to: column.type) {
        shiftedClock($0, times($1, months), times($1, days), times($1, micros))
      }
    case .timestamptz:
      var (there, back) = (ZoneCursor(zone), ZoneCursor(zone))
      return zip(column, amounts, to: .timestamptz) {
        let local = shiftedClock(there.local($0), times($1, months), times($1, days), 0)
        return local == none ? none : sum(back.instant(forLocal: local), times($1, micros))
      }
    default:
      return failed(column.count, column.type, .badArgument, like: [column])
    }
  }

  /// The product; the smallest integer, which no date can be moved by, where that is too large.
  @inline(__always)
  private static func times(_ amount: Int64, _ size: Int64) -> Int64 {
    let (product, overflow) = amount.multipliedReportingOverflow(by: size)
    return overflow ? .min : product
  }

  /// `a − b` in days.
  ///
  /// - Parameters: two columns of dates, *n* rows each.
  /// - Returns: *n* rows of int64. - Complexity: O(*n*).
  package static func daysBetween(_ a: Column, _ b: Column) -> Column {
    zip(a, b, to: .int64, failing: .overflow) {
      let (difference, overflow) = $0.subtractingReportingOverflow($1)
      return overflow ? none : difference
    }
  }

  @inline(__always)
  private static func sum(_ value: Int64, _ micros: Int64) -> Int64 {
    let (result, overflow) = value.addingReportingOverflow(micros)
    return value == none || overflow ? none : checkedMicroseconds(result)
  }

  @inline(__always)
  static func shiftedClock(_ value: Int64, _ months: Int64, _ days: Int64, _ micros: Int64) -> Int64 {
    if months == 0 && days == 0 { return sum(value, micros) }
    let date = shifted(floorDivision(value, day), months, days)
    guard date != none else { return none }
    return sum(date &* day &+ floorRemainder(value, day), micros)
  }

  /// Days since 1970 moved by months, then by days; `none` outside the supported range.
  @inline(__always)
  private static func shifted(_ value: Int64, _ months: Int64, _ days: Int64) -> Int64 {
    var date = value
    if months != 0 {
      guard months > -200_000, months < 200_000 else { return none }
      let from = Civil.packed(value)
      let index = from.year &* 12 &+ from.month &- 1 &+ Int(months)
      guard index >= 12, index < 120_000 else { return none }
      let (year, month) = (index / 12, index % 12 &+ 1)
      date = Civil.uncheckedDays(year, month, min(from.day, Civil.length(ofMonth: month, year: year)))
    }
    let (sum, overflow) = date.addingReportingOverflow(days)
    return overflow ? none : checkedDays(sum)
  }
}
