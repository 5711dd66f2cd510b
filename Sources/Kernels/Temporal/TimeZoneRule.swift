/// The rule for times past a zone's table, as POSIX writes it in `TZ`: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// - Source: POSIX.1-2017, 8.3 "Other Environment Variables"; RFC 9636, 3.3.1 for hours from -167 to 167.
struct TimeZoneRule {
  /// The day of a year on which the offset changes.
  fileprivate enum Day {
    /// 1…365; 29 February is never counted.
    case julian(Int)
    /// 0…365; 29 February is counted.
    case ordinal(Int)
    /// The week 1…5 (5: the last) of the month that holds the weekday, 0 being Sunday.
    case weekday(month: Int, week: Int, day: Int)
  }

  struct Daylight {
    var offset: Int64
    var abbreviation: String
    fileprivate var start: (day: Day, second: Int64)
    fileprivate var end: (day: Day, second: Int64)
  }

  let offset: Int64
  let abbreviation: String
  private(set) var daylight: Daylight?

  init?(_ text: [UInt8]) {
    var reader = Reader(bytes: text)
    guard let name = reader.name(), let west = reader.duration(upTo: 24) else { return nil }
    abbreviation = name
    offset = -west
    if reader.isAtEnd { return }
    guard let summerName = reader.name() else { return nil }
    var summer = offset + 3600
    if !reader.isNext(",") {
      guard let west = reader.duration(upTo: 24) else { return nil }
      summer = -west
    }
    guard reader.take(","), let start = reader.change(), reader.take(","), let end = reader.change(), reader.isAtEnd
    else { return nil }
    daylight = Daylight(offset: summer, abbreviation: summerName, start: start, end: end)
  }

  /// The two changes of a year of 1 or later, by time; of two at once the one to daylight saving last, as it then holds.
  func stretches(ofYear year: Int) -> [Stretch] {
    guard let daylight else { return [] }
    let start = Stretch(
      start: Self.second(daylight.start, year) - offset, offset: daylight.offset, abbreviation: daylight.abbreviation)
    let end = Stretch(
      start: Self.second(daylight.end, year) - daylight.offset, offset: offset, abbreviation: abbreviation)
    return start.start < end.start ? [start, end] : [end, start]
  }

  private static func second(_ change: (day: Day, second: Int64), _ year: Int) -> Int64 {
    let newYear = Civil.uncheckedDays(year, 1, 1)
    let days =
      switch change.day {
      case .julian(let day): newYear + Int64(day - 1) + (day >= 60 && Civil.isLeap(year) ? 1 : 0)
      case .ordinal(let day): newYear + Int64(day)
      case .weekday(let month, let week, let day): weekday(year, month, week, day)
      }
    return days * 86_400 + change.second
  }

  private static func weekday(_ year: Int, _ month: Int, _ week: Int, _ day: Int) -> Int64 {
    let first = Civil.uncheckedDays(year, month, 1)
    let wanted = (Int64(day) - Civil.isoWeekday(first) % 7 + 7) % 7 + Int64(week - 1) * 7
    return first + (wanted < Int64(Civil.length(ofMonth: month, year: year)) ? wanted : wanted - 7)
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    func isNext(_ character: Unicode.Scalar) -> Bool {
      position < bytes.count && UInt32(bytes[position]) == character.value
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard isNext(character) else { return false }
      position += 1
      return true
    }

    private mutating func takeWhile(_ accepts: (UInt8) -> Bool) -> String {
      let start = position
      while position < bytes.count, accepts(bytes[position]) { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// `CET` or `<+03>`.
    mutating func name() -> String? {
      if take("<") {
        let name = takeWhile { $0 != UInt8(ascii: ">") }
        return take(">") && !name.isEmpty ? name : nil
      }
      let name = takeWhile { 65...90 ~= $0 & 0xdf }
      return name.isEmpty ? nil : name
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int? {
      let digits = takeWhile { 48...57 ~= $0 }
      guard digits.utf8.count <= 4, let value = Int(digits), range ~= value else { return nil }
      return value
    }

    /// `[+-]h[:mm[:ss]]` in seconds.
    mutating func duration(upTo hours: Int) -> Int64? {
      let isNegative = take("-")
      if !isNegative { _ = take("+") }
      guard let hour = number(0...hours) else { return nil }
      var seconds = hour * 3600
      for unit in [60, 1] where take(":") {
        guard let value = number(0...59) else { return nil }
        seconds += value * unit
      }
      return Int64(isNegative ? -seconds : seconds)
    }

    mutating func change() -> (day: Day, second: Int64)? {
      guard let day = day() else { return nil }
      guard take("/") else { return (day, 7200) }
      return duration(upTo: 167).map { (day, $0) }
    }

    private mutating func day() -> Day? {
      if take("J") { return number(1...365).map { .julian($0) } }
      guard take("M") else { return number(0...365).map { .ordinal($0) } }
      guard let month = number(1...12), take("."), let week = number(1...5), take("."), let day = number(0...6)
      else { return nil }
      return .weekday(month: month, week: week, day: day)
    }
  }
}
