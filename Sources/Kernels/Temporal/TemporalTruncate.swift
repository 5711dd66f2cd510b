import Columns

extension Temporal {
  /// The start of the year, week, hour … that each value lies in; the type stays as it is.
  ///
  /// Weeks start on Monday, ISO years on the Monday of their first week; `dayofyear`, `dow` and `isodow` mean the day,
  /// `epoch` the second. A date is left alone by parts below the day. Instants are cut on the clock of `zone`; below
  /// the day they keep their offset, so that a repeated hour stays the one it was.
  ///
  /// - Returns: *n* rows of the column's type; a part that the type lacks fails on each row (`badArgument`).
  /// - Complexity: O(*n*).
  package static func truncate(_ column: Column, to part: DatePart, zone: TimeZone = .utc) -> Column {
    guard part.applies(to: column.type) else {
      return failed(column.count, column.type, .badArgument, like: [column])
    }
    if let length = part.microseconds {
      if column.type == .date { return column }
      if column.type == .timestamptz && !zone.isUTC {
        var cursor = ZoneCursor(zone)
        return map(column, to: .timestamptz) { $0 &- floorRemainder(cursor.local($0), length) }
      }
      return map(column, to: column.type) { $0 &- floorRemainder($0, length) }
    }
    switch column.type {
    case .date: return truncateDays(column, to: part)
    case .timestamptz where !zone.isUTC:
      let local = cast(column, to: .date, zone: zone)
      return cast(truncateDays(local, to: part), to: .timestamptz, zone: zone)
    default:
      return cast(truncateDays(cast(column.with(type: .timestamp), to: .date), to: part), to: .timestamp)
        .with(type: column.type)
    }
  }

  private static func truncateDays(_ dates: Column, to part: DatePart) -> Column {
    switch part {
    case .year: map(dates, to: .date) { Civil.uncheckedDays(Civil.packed($0).year, 1, 1) }
    case .quarter:
      map(dates, to: .date) {
        let date = Civil.packed($0)
        return Civil.uncheckedDays(date.year, (date.month &- 1) / 3 &* 3 &+ 1, 1)
      }
    case .month:
      map(dates, to: .date) {
        let date = Civil.packed($0)
        return Civil.uncheckedDays(date.year, date.month, 1)
      }
    case .week: map(dates, to: .date) { checkedDays($0 &+ 1 &- Civil.isoWeekday($0)) }
    case .isoyear: map(dates, to: .date) { checkedDays(isoYearStart($0)) }
    default: dates
    }
  }

  /// The Monday of the first week of the ISO year that a day lies in.
  private static func isoYearStart(_ days: Int64) -> Int64 {
    let week = isoWeek(days).week
    return days &+ 1 &- Civil.isoWeekday(days) &- 7 &* (week &- 1)
  }

  /// How many starts of a part lie after `from` and not after `to`: the boundaries crossed, negative when `to` is earlier.
  ///
  /// So it is one year from 31 December to 1 January. Weeks alone are whole sevens of days, whichever weekday they start
  /// on: DuckDB's `date_diff` does so. Dates among timestamps count as their midnight. Instants are counted on the clock
  /// of `zone`, but for parts below the day, which are time itself.
  ///
  /// - Parameters: two columns of date, timestamp or instant, or two of time; *n* rows each.
  /// - Returns: *n* rows of int64; for types that do not go together or lack the part each row fails (`badArgument`).
  /// - Complexity: O(*n*).
  package static func difference(
    _ part: DatePart, from: Column, to: Column, zone: TimeZone = .utc
  ) -> Column {
    guard part.applies(to: from.type), part.applies(to: to.type), (from.type == .time) == (to.type == .time) else {
      return failed(from.count, .int64, .badArgument, like: [from, to])
    }
    if let length = part.microseconds {
      let common: DataType =
        from.type == .time ? .time : from.type == .timestamptz || to.type == .timestamptz ? .timestamptz : .timestamp
      let (a, b) = (cast(from, to: common, zone: zone), cast(to, to: common, zone: zone))
      return zip(a, b, to: .int64) { floorDivision($1, length) &- floorDivision($0, length) }
    }
    let (a, b) = (cast(from, to: .date, zone: zone), cast(to, to: .date, zone: zone))
    switch part {
    case .year: return zip(a, b, to: .int64) { Int64(Civil.packed($1).year &- Civil.packed($0).year) }
    case .quarter: return zip(a, b, to: .int64) { months($1) / 3 &- months($0) / 3 }
    case .month: return zip(a, b, to: .int64) { months($1) &- months($0) }
    case .week: return zip(a, b, to: .int64) { ($1 &- $0) / 7 }
    case .isoyear: return zip(a, b, to: .int64) { isoWeek($1).year &- isoWeek($0).year }
    default: return zip(a, b, to: .int64) { $1 &- $0 }
    }
  }

  /// Months since year 0.
  @inline(__always)
  private static func months(_ days: Int64) -> Int64 {
    let date = Civil.packed(days)
    return Int64(date.year &* 12 &+ date.month &- 1)
  }
}
