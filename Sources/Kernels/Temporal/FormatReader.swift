import Columns

/// What a text says of a day and a time.
struct WrittenTime {
  var year = 1
  var month = 1
  var day = 1
  /// 0 when the text does not say it.
  var dayOfYear = 0
  var hour = 0
  var minute = 0
  var second = 0
  var microsecond = 0
  /// For `%I`: 12 in the afternoon, 0 in the morning; -1 for a clock of 24 hours.
  var halfDay = -1
  /// Seconds east of UTC, when the text says them.
  var offset: Int64?

  /// Days since 1970; nil when there is no such day.
  var days: Int64? {
    guard dayOfYear > 0 else { return Civil.days(fromYear: year, month: month, day: day) }
    guard let newYear = Civil.days(fromYear: year, month: 1, day: 1),
      dayOfYear <= (Civil.isLeap(year) ? 366 : 365)
    else { return nil }
    return newYear + Int64(dayOfYear - 1)
  }

  /// Microseconds since midnight; nil when there is no such time.
  var clock: Int64? {
    var hour = hour
    if halfDay >= 0 {
      guard 1...12 ~= hour else { return nil }
      hour = hour % 12 + halfDay
    }
    guard 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second else { return nil }
    return Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microsecond)
  }
}

/// Reads bytes from the left; every step is bounded by the text's end.
struct FormatReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private var isAtEnd: Bool { position == bytes.count }

  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// A number of so many digits; -1 when there are fewer.
  private mutating func number(_ minimum: Int, _ maximum: Int) -> Int {
    var value = 0
    let start = position
    while position - start < maximum, 48...57 ~= next {
      value = value &* 10 &+ Int(next &- 48)
      position += 1
    }
    return position - start >= minimum ? value : -1
  }

  /// Up to nine digits of a fraction in µs; -1 when there are none or what is past the sixth is not zero.
  private mutating func fraction(_ minimum: Int = 1, _ maximum: Int = 9) -> Int {
    let start = position
    var value = number(minimum, maximum)
    guard value >= 0 else { return -1 }
    var digits = position - start
    while digits < 6 {
      value *= 10
      digits += 1
    }
    while digits > 6 {
      guard value % 10 == 0 else { return -1 }
      value /= 10
      digits -= 1
    }
    return value
  }

  /// `Z`, `±hh`, `±hhmm` or `±hh:mm`, in seconds.
  private mutating func zoneOffset() -> Int64? {
    if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return 0 }
    let isWest = next == UInt8(ascii: "-")
    guard isWest || next == UInt8(ascii: "+") else { return nil }
    position += 1
    let hours = number(2, 2)
    var minutes = 0
    if take(UInt8(ascii: ":")) || 48...57 ~= next { minutes = number(2, 2) }
    guard 0...23 ~= hours, 0...59 ~= minutes else { return nil }
    return Int64(hours * 60 + minutes) * (isWest ? -60 : 60)
  }

  /// ISO forms: `YYYY-MM-DD`, and for `hasClock` `[ T]HH:MM[:SS[.f…]]` and an offset after it; nil for other texts.
  mutating func iso(date hasDate: Bool, clock hasClock: Bool) -> WrittenTime? {
    var result = WrittenTime()
    if hasDate {
      result.year = number(4, 4)
      guard result.year > 0, take(UInt8(ascii: "-")) else { return nil }
      result.month = number(2, 2)
      guard take(UInt8(ascii: "-")) else { return nil }
      result.day = number(2, 2)
      if isAtEnd { return result }
      guard hasClock, take(UInt8(ascii: " ")) || take(UInt8(ascii: "T")) else { return nil }
    }
    result.hour = number(2, 2)
    guard take(UInt8(ascii: ":")) else { return nil }
    result.minute = number(2, 2)
    if take(UInt8(ascii: ":")) {
      result.second = number(2, 2)
      if take(UInt8(ascii: ".")) {
        result.microsecond = fraction()
        guard result.microsecond >= 0 else { return nil }
      }
    }
    if isAtEnd { return result }
    guard hasDate, let offset = zoneOffset() else { return nil }
    result.offset = offset
    return isAtEnd ? result : nil
  }

  /// The text by a format's items; nil when it does not fit as a whole. Spaces around the pattern do not count.
  mutating func matches(_ items: [FormatItem]) -> WrittenTime? {
    var result = WrittenTime()
    for index in items.indices {
      let item = items[index]
      if item.field == .literal {
        guard literal(item.literal, isFirst: index == 0, isLast: index == items.count - 1) else { return nil }
      } else if !read(item, into: &result) {
        return nil
      }
    }
    return isAtEnd ? result : nil
  }

  private mutating func literal(_ bytes: [UInt8], isFirst: Bool, isLast: Bool) -> Bool {
    var (start, end) = (0, bytes.count)
    if isFirst { while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 } }
    if isLast { while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 } }
    while start < end {
      guard take(bytes[start]) else { return false }
      start += 1
    }
    return true
  }

  private mutating func read(_ item: FormatItem, into result: inout WrittenTime) -> Bool {
    switch item.field {
    case .meridiem:
      let first = next | 0x20
      position += 1
      guard first == UInt8(ascii: "a") || first == UInt8(ascii: "p"), next | 0x20 == UInt8(ascii: "m") else {
        return false
      }
      position += 1
      result.halfDay = first == UInt8(ascii: "p") ? 12 : 0
    case .offset:
      guard let offset = zoneOffset() else { return false }
      result.offset = offset
    case .zone:
      guard word("UTC") || word("GMT") || word("Z") else { return false }
      result.offset = 0
    case .monthName, .monthAbbreviation:
      result.month = name(.months, isShort: item.field == .monthAbbreviation)
      return result.month > 0
    case .dayName, .dayAbbreviation:
      return name(.weekdays, isShort: item.field == .dayAbbreviation) > 0
    case .fraction:
      result.microsecond = fraction(item.minimum, item.maximum)
      return result.microsecond >= 0
    default:
      if item.padding == UInt8(ascii: " ") { _ = take(UInt8(ascii: " ")) }
      return assign(number(item.minimum, item.maximum), to: item.field, in: &result)
    }
    return true
  }

  private func assign(_ value: Int, to field: FormatField, in result: inout WrittenTime) -> Bool {
    guard value >= 0 else { return false }
    switch field {
    case .year: result.year = value
    case .yearOfCentury: result.year = value + (value < 69 ? 2000 : 1900)
    case .month: result.month = value
    case .day: result.day = value
    case .dayOfYear:
      result.dayOfYear = value
      return value > 0
    case .hour, .hour12: result.hour = value
    case .minute: result.minute = value
    case .second: result.second = value
    default: return false
    }
    return true
  }

  private mutating func word(_ text: StaticString) -> Bool {
    let start = position
    let fits = text.withUTF8Buffer { word in
      for byte in word where !take(byte) { return false }
      return true
    }
    if !fits { position = start }
    return fits
  }

  /// The number, from 1, of a name in any case; 0 when there is none.
  private mutating func name(_ names: CalendarNames, isShort: Bool) -> Int {
    for index in 1...names.count {
      let (start, count) = (names.start(index), isShort ? 3 : names.length(index))
      guard position + count <= bytes.count else { continue }
      var length = 0
      while length < count, bytes[position + length] | 0x20 == names.bytes[start + length] | 0x20 { length += 1 }
      if length == count {
        position += length
        return index
      }
    }
    return 0
  }
}

/// English names of months or weekdays, counted from 1: January, Monday.
struct CalendarNames: Sendable {
  /// Sixteen bytes a name, of which the last is its length.
  let bytes: ContiguousArray<UInt8>
  let count: Int

  static let months = CalendarNames([
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ])
  static let weekdays = CalendarNames([
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ])

  private init(_ names: [String]) {
    var bytes: ContiguousArray<UInt8> = []
    for name in names {
      bytes += Array(name.utf8)
      bytes += Array(repeating: 0, count: 15 - name.utf8.count)
      bytes.append(UInt8(name.utf8.count))
    }
    self.bytes = bytes
    count = names.count
  }

  /// Where the letters of a name start; `index` must be in 1…`count`.
  func start(_ index: Int) -> Int { (index &- 1) &* 16 }

  func length(_ index: Int) -> Int { Int(bytes[index &* 16 &- 1]) }
}
