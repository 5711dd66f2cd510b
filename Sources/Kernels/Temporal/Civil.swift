/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable, Sendable {
  package var year: Int
  package var month: Int
  package var day: Int

  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }
}

/// Days since 1970-01-01 and the proleptic Gregorian calendar, years 1…9999.
///
/// - Source: `days_from_civil` and `civil_from_days` of Howard Hinnant, <https://howardhinnant.github.io/date_algorithms.html>,
///   with the divisions of Cassio Neri and Lorenz Schneider, "Euclidean affine functions and their application to
///   calendar algorithms", <https://doi.org/10.1002/spe.3172>.
package enum Civil {
  /// 0001-01-01 and 9999-12-31.
  package static let firstDay: Int64 = -719_162
  package static let lastDay: Int64 = 2_932_896

  /// Days since 1970-01-01; nil when the calendar has no such day or the year is outside 1…9999. O(1).
  package static func days(fromYear year: Int, month: Int, day: Int) -> Int64? {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= length(ofMonth: month, year: year) else { return nil }
    return uncheckedDays(year, month, day)
  }

  /// The day so many days after 1970-01-01, which must lie in `firstDay...lastDay`; others give the nearest end. O(1).
  package static func date(fromDays days: Int64) -> CivilDate {
    let fields = packed(days)
    return CivilDate(year: fields.year, month: fields.month, day: fields.day)
  }

  package static func isLeap(_ year: Int) -> Bool {
    // Of the years divisible by 4, those of a century are leap when 16 divides them: 400 = 16 · 25.
    year & (year % 25 == 0 ? 15 : 3) == 0
  }

  /// 28…31; `month` must be 1…12.
  @inline(__always)
  package static func length(ofMonth month: Int, year: Int) -> Int {
    month == 2 ? (isLeap(year) ? 29 : 28) : 30 | ((month ^ (month >> 3)) & 1)
  }

  /// 1 for Monday … 7 for Sunday, of any number of days.
  @inline(__always)
  static func isoWeekday(_ days: Int64) -> Int64 {
    let remainder = (days &+ 3) % 7
    return (remainder < 0 ? remainder &+ 7 : remainder) &+ 1
  }

  /// A year of 1…12,000, a month of 1…12; days past the month's end run on into the next.
  @inline(__always)
  static func uncheckedDays(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    // 1 in January and February, which end the year before; a branch would be mispredicted every sixth time.
    let month = UInt32(truncatingIfNeeded: month)
    let early = (month &- 3) &>> 31
    let shifted = UInt32(truncatingIfNeeded: year) &- early
    let century = hundreds(shifted)
    let yearStart = ((1_461 &* shifted) &>> 2) &- century &+ (century &>> 2)
    let monthStart = (979 &* (month &+ 12 &* early) &- 2_919) &>> 5
    return Int64(yearStart &+ monthStart) &+ Int64(truncatingIfNeeded: day) &- 719_469
  }

  /// A hundredth of a number below 43,699, rounded down.
  @inline(__always)
  static func hundreds(_ number: UInt32) -> UInt32 { (number &* 5_243) &>> 19 }

  /// Year, month and day of a number of days, clamped to the supported range.
  @inline(__always)
  static func packed(_ days: Int64) -> (year: Int, month: Int, day: Int) {
    let inRange = min(max(days, firstDay), lastDay)
    let n1 = 4 &* UInt32(truncatingIfNeeded: inRange &+ 719_468) &+ 3
    let century = n1 / 146_097
    let n2 = (n1 % 146_097) | 3
    let product = 2_939_745 &* UInt64(n2)
    let yearOfCentury = UInt32(truncatingIfNeeded: product >> 32)
    let dayOfYear = UInt32(truncatingIfNeeded: product) / 2_939_745 / 4
    let n3 = 2_141 &* dayOfYear &+ 197_913
    let month = n3 >> 16
    let day = (n3 & 0xffff) / 2_141 &+ 1
    // 1 from the 306th day after 1 March: January and February of the next year.
    let turn = (305 &- dayOfYear) &>> 31
    return (Int(100 &* century &+ yearOfCentury &+ turn), Int(month &- 12 &* turn), Int(day))
  }
}
