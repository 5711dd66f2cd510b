import Columns

extension Temporal {
  /// Dates of years 1…9999, months 1…12 and days of the month.
  ///
  /// - Parameters: three columns of int64, *n* rows each.
  /// - Returns: *n* dates; rows fail (`outOfRange`) where the calendar has no such day.
  /// - Complexity: O(*n*).
  package static func makeDate(_ years: Column, _ months: Column, _ days: Column) -> Column {
    let starts = zip(years, months, to: .int64) { 1...9999 ~= $0 && 1...12 ~= $1 ? $0 &* 12 &+ $1 &- 1 : none }
    let dates = zip(starts, days, to: .date) { index, day in
      // The value under a row that is not present may be anything.
      guard 12..<120_000 ~= index, 1...31 ~= day else { return none }
      let (year, month) = (Int(index) / 12, Int(index) % 12 &+ 1)
      return Int(day) <= Civil.length(ofMonth: month, year: year) ? Civil.uncheckedDays(year, month, Int(day)) : none
    }
    return nullFirst(dates, of: [years, months, days])
  }

  /// Times of day of hours 0…23, minutes 0…59 and microseconds within the minute, 0…59,999,999.
  ///
  /// - Returns: *n* times; rows fail (`outOfRange`) where a part is beyond its range.
  /// - Complexity: O(*n*).
  package static func makeTime(_ hours: Column, _ minutes: Column, microseconds: Column) -> Column {
    let starts = zip(hours, minutes, to: .int64) { 0...23 ~= $0 && 0...59 ~= $1 ? $0 &* 60 &+ $1 : none }
    let times = zip(starts, microseconds, to: .time) { start, part in
      0..<1_440 ~= start && 0..<60 &* second ~= part ? start &* 60 &* second &+ part : none
    }
    return nullFirst(times, of: [hours, minutes, microseconds])
  }

  /// The result of a strict function that was worked out of some arguments before the others were looked at: where one is
  /// null, what failed among the others counts for nothing.
  package static func nullFirst(_ result: Column, of arguments: [Column]) -> Column {
    var states = States.strict(arguments)
    var failures = result.states.failures
    if let validity = states.validity { failures?.formIntersection(validity) }
    states.fail(failures)
    return result.with(states: states)
  }

  /// The days with their times, as timestamps. - Complexity: O(*n*).
  package static func join(_ dates: Column, _ times: Column) -> Column {
    zip(dates, times, to: .timestamp) { date, time in
      let start = midnight(date)
      return start == none || !(0..<day ~= time) ? none : start &+ time
    }
  }

  /// Numbers of seconds, integers or floats, as whole microseconds, halves away from zero.
  ///
  /// - Returns: *n* rows of int64; rows fail where that is no number or too large.
  /// - Complexity: O(*n*).
  package static func microseconds(ofSeconds seconds: Column, in store: ByteStore) -> Column {
    guard seconds.type == .float64 else {
      return map(seconds, to: .int64) {
        let (product, overflow) = $0.multipliedReportingOverflow(by: second)
        return overflow ? none : product
      }
    }
    let million = Constant.float(1_000_000).column(count: seconds.count, in: store)
    return Casting.cast(Arithmetic.multiply(seconds, million, as: .float64), to: .int64, in: store)
  }

  /// Microseconds since 1970-01-01 UTC as instants; rows fail (`outOfRange`) outside years 1…9999.
  /// - Complexity: O(*n*).
  package static func instants(microseconds: Column) -> Column {
    map(microseconds, to: .timestamptz) { checkedMicroseconds($0) }
  }
}
