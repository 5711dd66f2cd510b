/// A length of time as SQL has it: months, days and microseconds apart, as neither is a fixed number of the other.
package struct Interval: Sendable, Hashable {
  package var months: Int64
  package var days: Int64
  package var microseconds: Int64

  package init(months: Int64 = 0, days: Int64 = 0, microseconds: Int64 = 0) {
    self.months = months
    self.days = days
    self.microseconds = microseconds
  }

  /// Reads `9 hours`, `1 year 2 months`, `-3 days`, `1.5 hours`, `01:30:00`, `1 day -02:15`, `3 days ago`.
  ///
  /// Numbers with a unit in any case, singular or plural (decade, year, quarter, month, week, day, hour, minute, second,
  /// millisecond, microsecond, and PostgreSQL's short forms), and at most one clock `[-]h:mm[:ss[.ffffff]]`; a final `ago`
  /// negates all. A fraction is right where it is exact: `0.5 years` is 6 months, `1.5 days` a day and 12 hours,
  /// but `1.5 months` and `0.1 microseconds` are nothing. Nil for any other text (a number without unit too), and where
  /// a part overflows.
  package init?(_ text: String) {
    var reader = IntervalReader(bytes: Array(text.utf8))
    guard let interval = reader.interval() else { return nil }
    self = interval
  }

  /// Nil when a part is the smallest integer.
  package var negated: Interval? {
    guard months != .min, days != .min, microseconds != .min else { return nil }
    return Interval(months: -months, days: -days, microseconds: -microseconds)
  }

  /// Adds parts; false when one overflows.
  fileprivate mutating func add(months: Int64 = 0, days: Int64 = 0, microseconds: Int64 = 0) -> Bool {
    let sums = (
      self.months.addingReportingOverflow(months), self.days.addingReportingOverflow(days),
      self.microseconds.addingReportingOverflow(microseconds)
    )
    guard !sums.0.overflow, !sums.1.overflow, !sums.2.overflow else { return false }
    self = Interval(months: sums.0.partialValue, days: sums.1.partialValue, microseconds: sums.2.partialValue)
    return true
  }
}

/// What a unit is a number of.
private enum IntervalUnit {
  case months(Int64), days(Int64), microseconds(Int64)

  static let named: [String: IntervalUnit] = [
    "decade": .months(120), "decades": .months(120),
    "year": .months(12), "years": .months(12), "yr": .months(12), "yrs": .months(12), "y": .months(12),
    "quarter": .months(3), "quarters": .months(3),
    "month": .months(1), "months": .months(1), "mon": .months(1), "mons": .months(1),
    "week": .days(7), "weeks": .days(7), "w": .days(7), "day": .days(1), "days": .days(1), "d": .days(1),
    "hour": .microseconds(3_600_000_000), "hours": .microseconds(3_600_000_000),
    "hr": .microseconds(3_600_000_000), "hrs": .microseconds(3_600_000_000), "h": .microseconds(3_600_000_000),
    "minute": .microseconds(60_000_000), "minutes": .microseconds(60_000_000),
    "min": .microseconds(60_000_000), "mins": .microseconds(60_000_000), "m": .microseconds(60_000_000),
    "second": .microseconds(1_000_000), "seconds": .microseconds(1_000_000),
    "sec": .microseconds(1_000_000), "secs": .microseconds(1_000_000), "s": .microseconds(1_000_000),
    "millisecond": .microseconds(1_000), "milliseconds": .microseconds(1_000),
    "ms": .microseconds(1_000), "msec": .microseconds(1_000),
    "microsecond": .microseconds(1), "microseconds": .microseconds(1), "us": .microseconds(1),
    "usec": .microseconds(1),
  ]
}

/// A number as it was written: `digits` · 10^-`scale`.
private struct WrittenNumber {
  var isNegative: Bool
  var digits: Int64
  var scale: Int

  /// This many of `size`; nil where that is no whole number or too large.
  func times(_ size: Int64) -> Int64? {
    let (product, overflow) = digits.multipliedReportingOverflow(by: size)
    guard !overflow else { return nil }
    var value = product
    for _ in 0..<scale {
      guard value % 10 == 0 else { return nil }
      value /= 10
    }
    return isNegative ? -value : value
  }
}

private struct IntervalReader {
  let bytes: [UInt8]
  var position = 0
  var result = Interval()
  var hasClock = false

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipSpaces() {
    while next == UInt8(ascii: " ") { position += 1 }
  }

  mutating func interval() -> Interval? {
    skipSpaces()
    guard position < bytes.count else { return nil }
    while position < bytes.count {
      guard let number = number() else { return nil }
      guard next == UInt8(ascii: ":") ? clock(number) : unit(number) else { return nil }
      skipSpaces()
      if word(startingAt: position) == "ago" {
        position += 3
        skipSpaces()
        return position == bytes.count ? result.negated : nil
      }
    }
    return result
  }

  private mutating func number() -> WrittenNumber? {
    var value = WrittenNumber(isNegative: false, digits: 0, scale: 0)
    if next == UInt8(ascii: "-") || next == UInt8(ascii: "+") {
      value.isNegative = next == UInt8(ascii: "-")
      position += 1
    }
    guard digits(into: &value) > 0 else { return nil }
    if next == UInt8(ascii: ".") {
      position += 1
      value.scale = digits(into: &value)
      guard value.scale > 0 else { return nil }
    }
    return value
  }

  /// Takes digits; how many, or 0 when they are too many for 18.
  private mutating func digits(into value: inout WrittenNumber) -> Int {
    let start = position
    while case UInt8(ascii: "0")...UInt8(ascii: "9") = next {
      guard value.digits < 100_000_000_000_000_000 else { return 0 }
      value.digits = value.digits * 10 + Int64(next - UInt8(ascii: "0"))
      position += 1
    }
    return position - start
  }

  private func word(startingAt start: Int) -> String {
    var end = start
    while end < bytes.count, case UInt8(ascii: "a")...UInt8(ascii: "z") = bytes[end] | 0x20 { end += 1 }
    return String(decoding: bytes[start..<end].map { $0 | 0x20 }, as: UTF8.self)
  }

  private mutating func unit(_ number: WrittenNumber) -> Bool {
    skipSpaces()
    let name = word(startingAt: position)
    position += name.utf8.count
    guard let unit = IntervalUnit.named[name], position == bytes.count || next == UInt8(ascii: " ") else {
      return false
    }
    switch unit {
    case .months(let size):
      return number.times(size).map { result.add(months: $0) } ?? false
    case .days(let size):
      if let days = number.times(size) { return result.add(days: days) }
      return fractionOfDays(number, size)
    case .microseconds(let size):
      return number.times(size).map { result.add(microseconds: $0) } ?? false
    }
  }

  /// Whole days as days, the rest of a day as its microseconds.
  private mutating func fractionOfDays(_ number: WrittenNumber, _ size: Int64) -> Bool {
    var unit: Int64 = 1
    for _ in 0..<number.scale { unit *= 10 }
    let (total, overflow) = number.digits.multipliedReportingOverflow(by: size)
    guard !overflow else { return false }
    let rest = WrittenNumber(isNegative: number.isNegative, digits: total % unit, scale: number.scale)
    guard let microseconds = rest.times(86_400_000_000) else { return false }
    return result.add(days: number.isNegative ? -(total / unit) : total / unit, microseconds: microseconds)
  }

  /// `h:mm[:ss[.ffffff]]`, of which the hours have been read.
  private mutating func clock(_ hours: WrittenNumber) -> Bool {
    guard !hasClock, hours.scale == 0, hours.digits < 1_000_000_000 else { return false }
    hasClock = true
    position += 1
    let start = position
    guard 48...57 ~= next, let minutes = number(), minutes.scale == 0, minutes.digits < 60, position == start + 2 else {
      return false
    }
    var total = (hours.digits * 60 + minutes.digits) * 60_000_000
    if next == UInt8(ascii: ":") {
      position += 1
      let start = position
      guard 48...57 ~= next, let seconds = number(),
        position - start == 2 + (seconds.scale > 0 ? seconds.scale + 1 : 0),
        let micros = seconds.times(1_000_000), micros < 60_000_000
      else { return false }
      total += micros
    }
    guard position == bytes.count || next == UInt8(ascii: " ") else { return false }
    return result.add(microseconds: hours.isNegative ? -total : total)
  }
}
