import Columns

/// How long it is from one point in time to another, and where in a row of equal lengths one lies.
extension Temporal {
  /// The last day of each value's month, on the clock of `zone`. *n* dates. - Complexity: O(*n*).
  package static func lastDay(_ column: Column, zone: TimeZone = .utc) -> Column {
    map(cast(column, to: .date, zone: zone), to: .date) {
      let date = Civil.packed($0)
      return Civil.uncheckedDays(date.year, date.month, Civil.length(ofMonth: date.month, year: date.year))
    }
  }

  /// How many whole units lie between two points in time, negative when `to` is earlier: the largest number that added to
  /// the earlier of the two does not pass the later. As DuckDB's `date_sub` has it.
  ///
  /// A day that a month lacks is its last, so that who was born on 29 February is a year old on 28 February. Instants
  /// are counted on the clock of `zone`, but for units below the day, which are time itself.
  ///
  /// - Parameter unit: the size of one; of its parts the months, or else the days and microseconds count.
  /// - Returns: *n* rows of int64. - Complexity: O(*n*).
  package static func completeUnits(
    _ unit: Interval, from: Column, to: Column, zone: TimeZone = .utc
  ) -> Column {
    let isTime = unit.months == 0 && unit.days == 0
    let common: DataType = isTime && from.type == .timestamptz ? .timestamptz : .timestamp
    let (a, b) = (cast(from, to: common, zone: zone), cast(to, to: common, zone: zone))
    if unit.months > 0 {
      return zip(a, b, to: .int64) {
        ($0 <= $1 ? completeMonths(from: $0, to: $1) : 0 &- completeMonths(from: $1, to: $0)) / unit.months
      }
    }
    let length = max(1, unit.days &* day &+ unit.microseconds)
    return zip(a, b, to: .int64) { ($1 &- $0) / length }
  }

  /// Of timestamps, the first not after the second.
  @inline(__always)
  private static func completeMonths(from: Int64, to: Int64) -> Int64 {
    let (first, last) = (Civil.packed(floorDivision(from, day)), Civil.packed(floorDivision(to, day)))
    let months = Int64((last.year &- first.year) &* 12 &+ last.month &- first.month)
    return shiftedClock(from, months, 0, 0) <= to ? months : months &- 1
  }

  /// How many days from Monday to Friday that are no holidays lie from one day up to another, the latter not counted;
  /// negative when it is the earlier.
  ///
  /// - Parameter holidays: days since 1970, in any order.
  /// - Returns: *n* rows of int64. - Complexity: O(*n* log *h*).
  package static func businessDays(
    from: Column, to: Column, holidays: [Int64] = [], zone: TimeZone = .utc
  ) -> Column {
    let closed = ContiguousArray(Set(holidays.filter { Civil.isoWeekday($0) < 6 }).sorted())
    let (a, b) = (cast(from, to: .date, zone: zone), cast(to, to: .date, zone: zone))
    return closed.withUnsafeBufferPointer { closed in
      zip(a, b, to: .int64) { workdays(before: $1, closed) &- workdays(before: $0, closed) }
    }
  }

  /// Counted from a Monday near 1970.
  @inline(__always)
  private static func workdays(before date: Int64, _ closed: UnsafeBufferPointer<Int64>) -> Int64 {
    let sinceMonday = date &+ 3
    let weekdays = floorDivision(sinceMonday, 7) &* 5 &+ min(floorRemainder(sinceMonday, 7), 5)
    var (low, high) = (0, closed.count)
    while low < high {
      let middle = (low &+ high) / 2
      if closed[middle] < date { low = middle &+ 1 } else { high = middle }
    }
    return weekdays &- Int64(low)
  }

  /// The start of the stretch of `width` that each value lies in. Stretches of months begin with 2000-01-01, others with
  /// the Monday 2000-01-03, as in DuckDB.
  ///
  /// Instants are cut on the clock of `zone`; by a width that is no whole number of days they keep their offset.
  ///
  /// - Parameter width: above zero, months or else days and microseconds; of a date no microseconds.
  /// - Returns: *n* rows of the column's type; a start outside years 1…9999 fails (`outOfRange`).
  /// - Complexity: O(*n*).
  package static func bucket(_ column: Column, width: Interval, zone: TimeZone = .utc) -> Column {
    let isWholeDays = width.microseconds % day == 0
    if column.type == .timestamptz, !zone.isUTC, width.months > 0 || isWholeDays {
      return cast(bucket(cast(column, to: .timestamp, zone: zone), width: width), to: .timestamptz, zone: zone)
    }
    if width.months > 0 {
      if column.type == .date { return bucketMonths(column, width.months) }
      let dates = cast(column.with(type: .timestamp), to: .date)
      return cast(bucketMonths(dates, width.months), to: .timestamp).with(type: column.type)
    }
    let (days, overflow) = width.days.multipliedReportingOverflow(by: day)
    let (length, tooLong) = days.addingReportingOverflow(width.microseconds)
    guard !overflow, !tooLong, length > 0 else {
      return failed(column.count, column.type, .badArgument, like: [column])
    }
    if column.type == .date {
      let days = max(1, length / day)
      return map(column, to: .date) { checkedDays($0 &- floorRemainder($0 &- firstMonday, days)) }
    }
    let origin = firstMonday &* day
    guard column.type == .timestamptz, !zone.isUTC else {
      return map(column, to: column.type) { checkedMicroseconds($0 &- floorRemainder($0 &- origin, length)) }
    }
    var cursor = ZoneCursor(zone)
    return map(column, to: .timestamptz) {
      checkedMicroseconds($0 &- floorRemainder(cursor.local($0) &- origin, length))
    }
  }

  /// 2000-01-03.
  private static let firstMonday: Int64 = 10_959

  private static func bucketMonths(_ dates: Column, _ width: Int64) -> Column {
    map(dates, to: .date) {
      let date = Civil.packed($0)
      let sinceOrigin = Int64((date.year &- 2000) &* 12 &+ date.month &- 1)
      let start = sinceOrigin &- floorRemainder(sinceOrigin, width) &+ 24_000
      guard 12..<120_000 ~= start else { return none }
      return Civil.uncheckedDays(Int(start) / 12, Int(start) % 12 &+ 1, 1)
    }
  }
}
