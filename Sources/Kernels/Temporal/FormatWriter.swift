/// Writes one time after another by a format.
struct FormatWriter {
  /// The longest text it writes.
  let width: Int
  private let items: [FormatItem]
  private let zone: TimeZone
  private let months = CalendarNames.months
  private let weekdays = CalendarNames.weekdays

  init(_ format: TemporalFormat, zone: TimeZone) {
    items = format.items
    self.zone = zone
    width = format.items.reduce(0) { $0 + ($1.field == .literal ? $1.literal.count : $1.field.width) }
  }

  /// Writes a day and a clock of that day, and the offset of an instant; gives the length.
  func write(
    _ days: Int64, _ clock: Int64, instant: Int64, offset: Int64, to start: UnsafeMutableRawPointer
  ) -> Int {
    var bytes = start
    let date = Civil.packed(days)
    for index in items.indices {
      switch items[index].field {
      case .literal:
        for byte in items[index].literal {
          bytes.storeBytes(of: byte, as: UInt8.self)
          bytes += 1
        }
      case .monthName: bytes += copy(months, date.month, isShort: false, to: bytes)
      case .monthAbbreviation: bytes += copy(months, date.month, isShort: true, to: bytes)
      case .dayName: bytes += copy(weekdays, Int(Civil.isoWeekday(days)), isShort: false, to: bytes)
      case .dayAbbreviation: bytes += copy(weekdays, Int(Civil.isoWeekday(days)), isShort: true, to: bytes)
      case .meridiem:
        bytes.storeBytes(of: UInt8(ascii: clock < 43_200_000_000 ? "A" : "P"), as: UInt8.self)
        bytes.storeBytes(of: UInt8(ascii: "M"), toByteOffset: 1, as: UInt8.self)
        bytes += 2
      case .fraction:
        bytes.storeBytes(
          of: CanonicalText.sixDigits(UInt64(truncatingIfNeeded: clock % 1_000_000)).littleEndian, as: UInt64.self)
        bytes += 6
      case .offset: bytes += write(offset: offset, to: bytes)
      case .zone: bytes += copyAbbreviation(at: instant, to: bytes)
      default:
        let value = number(items[index].field, date, days, clock)
        bytes += pad(value, items[index].field.digits, items[index].padding, to: bytes)
      }
    }
    return bytes - start
  }

  private func number(_ field: FormatField, _ date: (year: Int, month: Int, day: Int), _ days: Int64, _ clock: Int64)
    -> Int64
  {
    switch field {
    case .year: Int64(date.year)
    case .yearOfCentury: Int64(date.year % 100)
    case .month: Int64(date.month)
    case .day: Int64(date.day)
    case .dayOfYear: Temporal.dayOfYear(days)
    case .hour: clock / 3_600_000_000
    case .hour12: (clock / 3_600_000_000 &+ 11) % 12 &+ 1
    case .minute: clock / 60_000_000 % 60
    case .second: clock / 1_000_000 % 60
    case .isoWeekday: Civil.isoWeekday(days)
    case .weekday: Civil.isoWeekday(days) % 7
    case .isoYear: Temporal.isoWeek(days).year
    case .isoWeek: Temporal.isoWeek(days).week
    case .sundayWeek: (Temporal.dayOfYear(days) &+ 6 &- Civil.isoWeekday(days) % 7) / 7
    case .mondayWeek: (Temporal.dayOfYear(days) &+ 7 &- Civil.isoWeekday(days)) / 7
    default: 0
    }
  }

  private func pad(_ value: Int64, _ digits: Int, _ padding: UInt8, to bytes: UnsafeMutableRawPointer) -> Int {
    var rest = value
    var used = 1
    while rest > 9 {
      rest /= 10
      used += 1
    }
    let width = padding == 0 ? used : digits
    rest = value
    for place in stride(from: width - 1, through: 0, by: -1) {
      let isDigit = width - place <= used
      bytes.storeBytes(
        of: isDigit ? UInt8(truncatingIfNeeded: rest % 10) &+ 48 : padding, toByteOffset: place, as: UInt8.self)
      rest /= 10
    }
    return width
  }

  /// `±hhmm`; an offset of seconds, of before the time zones, is cut to minutes.
  private func write(offset: Int64, to bytes: UnsafeMutableRawPointer) -> Int {
    bytes.storeBytes(of: UInt8(ascii: offset < 0 ? "-" : "+"), as: UInt8.self)
    let minutes = Int64(offset.magnitude / 60 % 6_000)
    _ = pad(minutes / 60 * 100 + minutes % 60, 4, UInt8(ascii: "0"), to: bytes + 1)
    return 5
  }

  private func copy(_ names: CalendarNames, _ index: Int, isShort: Bool, to bytes: UnsafeMutableRawPointer) -> Int {
    let (start, count) = (names.start(index), isShort ? 3 : names.length(index))
    for place in 0..<count {
      bytes.storeBytes(of: names.bytes[start + place], toByteOffset: place, as: UInt8.self)
    }
    return count
  }

  private func copyAbbreviation(at instant: Int64, to bytes: UnsafeMutableRawPointer) -> Int {
    var count = 0
    for byte in zone.abbreviation(at: instant).utf8.prefix(FormatField.zone.width) {
      bytes.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
      count += 1
    }
    return count
  }
}
