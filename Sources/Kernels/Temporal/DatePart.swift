import Columns

/// A part of a date or time, named as DuckDB's `date_part`, `date_trunc` and `date_diff` name it.
package enum DatePart: String, Sendable, Hashable, CaseIterable {
  case year, quarter, month, day, dayofyear, isodow, dow, week, isoyear
  case hour, minute, second, millisecond, microsecond
  /// Whole seconds since 1970-01-01, or of a time since midnight, rounded down.
  case epoch

  /// The part of that name in any case, also in the plural or by the names `doy`, `dayofweek`, `weekday`, `weekofyear`.
  package init?(_ name: String) {
    let name = name.lowercased()
    let synonyms: [String: DatePart] = ["doy": .dayofyear, "dayofweek": .dow, "weekday": .dow, "weekofyear": .week]
    let plural = name.hasSuffix("s") ? String(name.dropLast()) : name
    guard let part = DatePart(rawValue: name) ?? DatePart(rawValue: plural) ?? synonyms[name] else { return nil }
    self = part
  }

  /// The length of the parts that are a fixed number of microseconds within a day.
  var microseconds: Int64? {
    switch self {
    case .hour: 3_600_000_000
    case .minute: 60_000_000
    case .second, .epoch: 1_000_000
    case .millisecond: 1_000
    case .microsecond: 1
    default: nil
    }
  }

  /// Whether a value of `type` has this part: a time has no year. A date has an hour: 0.
  package func applies(to type: DataType) -> Bool {
    switch type {
    case .date, .timestamp, .timestamptz: true
    case .time: microseconds != nil
    default: false
    }
  }
}

extension Temporal {
  /// A part of each date, time, timestamp or instant.
  ///
  /// `isodow` is 1 (Monday) … 7, `dow` 0 (Sunday) … 6, `week` and `isoyear` are ISO 8601's. `millisecond` and
  /// `microsecond` hold the seconds too, as in DuckDB and PostgreSQL: 10:11:12.5 has 12,500 milliseconds.
  ///
  /// - Parameter zone: where an instant's clock is read; without effect on other types.
  /// - Returns: *n* rows of int64. Where the part does not apply to the type, each row fails (`badArgument`).
  /// - Complexity: O(*n*).
  package static func part(_ part: DatePart, of column: Column, zone: TimeZone = .utc) -> Column {
    guard part.applies(to: column.type) else {
      return failed(column.count, .int64, .badArgument, like: [column])
    }
    switch column.type {
    case .date: return dayPart(part, of: column) { $0 }
    case .time: return clockPart(part, of: column) { $0 }
    case .timestamptz where part == .epoch:
      return map(column, to: .int64) { floorDivision($0, second) }
    case .timestamptz where !zone.isUTC:
      return Temporal.part(part, of: cast(column, to: .timestamp, zone: zone))
    default:
      if part == .epoch { return map(column, to: .int64) { floorDivision($0, second) } }
      if part.microseconds != nil { return clockPart(part, of: column) { floorRemainder($0, day) } }
      return dayPart(part, of: column) { floorDivision($0, day) }
    }
  }

  @inline(__always)
  private static func dayPart(_ part: DatePart, of column: Column, _ days: (Int64) -> Int64) -> Column {
    switch part {
    case .year: map(column, to: .int64) { Int64(Civil.packed(days($0)).year) }
    case .quarter: map(column, to: .int64) { Int64((Civil.packed(days($0)).month &+ 2) / 3) }
    case .month: map(column, to: .int64) { Int64(Civil.packed(days($0)).month) }
    case .day: map(column, to: .int64) { Int64(Civil.packed(days($0)).day) }
    case .dayofyear: map(column, to: .int64) { dayOfYear(days($0)) }
    case .isodow: map(column, to: .int64) { Civil.isoWeekday(days($0)) }
    case .dow: map(column, to: .int64) { Civil.isoWeekday(days($0)) % 7 }
    case .week: map(column, to: .int64) { isoWeek(days($0)).week }
    case .isoyear: map(column, to: .int64) { isoWeek(days($0)).year }
    case .epoch: map(column, to: .int64) { days($0) &* 86_400 }
    case .hour, .minute, .second, .millisecond, .microsecond: map(column, to: .int64) { _ in 0 }
    }
  }

  @inline(__always)
  private static func clockPart(_ part: DatePart, of column: Column, _ clock: (Int64) -> Int64) -> Column {
    switch part {
    case .hour: map(column, to: .int64) { clock($0) / 3_600_000_000 }
    case .minute: map(column, to: .int64) { clock($0) / 60_000_000 % 60 }
    case .second: map(column, to: .int64) { clock($0) / second % 60 }
    case .millisecond: map(column, to: .int64) { clock($0) % 60_000_000 / 1_000 }
    case .microsecond: map(column, to: .int64) { clock($0) % 60_000_000 }
    default: map(column, to: .int64) { clock($0) / second }
    }
  }

  /// 1…366.
  static func dayOfYear(_ days: Int64) -> Int64 {
    days &- Civil.uncheckedDays(Civil.packed(days).year, 1, 1) &+ 1
  }

  /// The ISO 8601 week and the year it belongs to: that of the week's Thursday.
  static func isoWeek(_ days: Int64) -> (year: Int64, week: Int64) {
    let thursday = days &+ 4 &- Civil.isoWeekday(days)
    return (Int64(Civil.packed(thursday).year), (dayOfYear(thursday) &- 1) / 7 &+ 1)
  }
}
