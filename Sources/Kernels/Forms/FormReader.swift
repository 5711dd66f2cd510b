import Columns

/// Finds the forms of texts one after another.
///
/// It asks the same readers that columns of declared types are read by, so that what it says of a text is what becomes of
/// it: `bool`, `integer`, `plain`, `number`, the ISO forms and each format are found where, and only where, those take it.
struct FormReader {
  /// What the last text was as a number; of texts that are none, anything.
  private(set) var number = 0.0
  private(set) var integer: Int64 = 0
  /// Digits before the point, zeros at their beginning apart, and after it.
  private(set) var whole = 0
  private(set) var fraction = 0

  private var iso: ISOReaders
  private var formats: [[TemporalTextReader]]
  private let groups: [UInt64: Int]

  init() {
    iso = ISOReaders()
    formats = TemporalForms.groups.map { group in
      group.formats.map { TemporalTextReader(type: $0.type, formats: [$0.format], zone: .utc) }
    }
    groups = Dictionary(
      TemporalForms.groups.enumerated().map { ($1.shape, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The texts that are looked at for dates and times have so many bytes: `9:0` and more.
  private static let shortestTime = 3
  private static let longestTime = 48

  /// - Parameters:
  ///   - start: `length` bytes, at least one, with ``ByteStore/slack`` readable bytes after them.
  ///   - days: called with each format that the text fits, as a bit's place in the form, and its value.
  @inline(__always)
  mutating func form(
    _ start: UnsafeRawPointer, _ length: Int, time: (_ bit: Int, _ group: Int, _ value: Int64) -> Void
  ) -> CellForm {
    if let short = shortNumber(start, length) { return withDay(short, start, length, time) }
    return otherForm(start, length, time)
  }

  /// A number that is read from one or two words.
  @inline(__always)
  private mutating func shortNumber(_ start: UnsafeRawPointer, _ length: Int) -> CellForm? {
    let form: CellForm
    if let value = Digits.integer(start, length) {
      integer = value
      number = Double(value)
      fraction = 0
      whole = length
      form = CellForm(bits: 0b1110)
    } else if let (digits, places) = Digits.decimal(start, length) {
      number = Double(digits)
      for _ in 0..<places { number /= 10 }
      fraction = places
      whole = length &- places &- 1
      form = CellForm(bits: 0b1100) | .places(significantPlaces(start, length))
    } else {
      return nil
    }
    let first = start.load(as: UInt8.self)
    let isNegative = first == UInt8(ascii: "-")
    if isNegative { whole &-= 1 }
    let leading = isNegative ? (start + 1).load(as: UInt8.self) : first
    guard leading == UInt8(ascii: "0") || length == 1 else { return form }
    if whole > 1 { return form | .code }
    return length == 1 && integer >> 1 == 0 && fraction == 0 ? form | .bool : form
  }

  /// Eight digits may be a day.
  @inline(__always)
  private mutating func withDay(
    _ form: CellForm, _ start: UnsafeRawPointer, _ length: Int, _ time: (Int, Int, Int64) -> Void
  ) -> CellForm {
    guard length == 8, form.contains(.integer) else { return form }
    return form | knownFormats(UnsafeRawBufferPointer(start: start, count: length), form, time)
  }

  @inline(never)
  private mutating func otherForm(
    _ start: UnsafeRawPointer, _ length: Int, _ time: (Int, Int, Int64) -> Void
  ) -> CellForm {
    let bytes = UnsafeRawBufferPointer(start: start, count: length)
    var (lower, upper) = (0, length)
    while lower < upper, isSpace(bytes[lower]) { lower += 1 }
    while upper > lower, isSpace(bytes[upper - 1]) { upper -= 1 }
    if lower == upper {
      return bytes.allSatisfy { $0 == UInt8(ascii: " ") } ? .blank : .blank | .tabbed
    }
    let text = UnsafeRawBufferPointer(rebasing: bytes[lower..<upper])
    let isPadded = upper - lower < length
    // Dates are read without the spaces around them, and not without tabs.
    let isTabbed =
      bytes[..<lower].contains { $0 != UInt8(ascii: " ") } || bytes[upper...].contains { $0 != UInt8(ascii: " ") }
    var form = CellForm.text
    if isPadded { form = form | .padded }
    guard let first = text.baseAddress else { return form }
    if isPadded, let short = shortNumber(first, text.count) {
      form = form | short
    } else {
      form = form | longNumber(first, text.count)
      if Digits.bool(first, text.count) != nil { form = form | .bool }
    }
    if isTabbed || text.count > Self.longestTime || text.count < Self.shortestTime { return form }
    return form | times(text, form, time)
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }

  private mutating func longNumber(_ start: UnsafeRawPointer, _ length: Int) -> CellForm {
    let first = start.load(as: UInt8.self)
    let isLetter = (first | 0x20) &- 97 < 26
    guard
      first &- 48 < 10 || first == UInt8(ascii: ".") || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
        || (isLetter && length <= 8)
    else { return .text }
    guard let value = FloatText.float(start, length, isSingle: false) else { return .text }
    number = value
    guard let parts = NumberText(start, length), !parts.hasExponent else { return .number }
    measure(UnsafeRawBufferPointer(start: start, count: length))
    let isCode = first == UInt8(ascii: "+") || whole > 1 && leadingZero(start, first)
    var form = isCode ? CellForm.number | .code : .number
    if let value = parts.integer {
      integer = value
      form = form | .integer
    }
    guard whole + fraction <= 38 else { return form }
    return form | .plain | .places(fraction == 0 ? 0 : significantPlaces(start, length))
  }

  /// The digits after the point without zeros at the end, of a number of which `fraction` are there.
  @inline(__always)
  private func significantPlaces(_ start: UnsafeRawPointer, _ length: Int) -> Int {
    var places = fraction
    var last = start + (length &- 1)
    while places > 0, last.load(as: UInt8.self) == UInt8(ascii: "0") {
      last -= 1
      places &-= 1
    }
    return places
  }

  private func leadingZero(_ start: UnsafeRawPointer, _ first: UInt8) -> Bool {
    (first == UInt8(ascii: "-") ? (start + 1).load(as: UInt8.self) : first) == UInt8(ascii: "0")
  }

  /// Counts the digits on both sides of the point.
  private mutating func measure(_ text: UnsafeRawBufferPointer) {
    (whole, fraction) = (0, 0)
    var hasPoint = false
    for byte in text {
      if byte == UInt8(ascii: ".") {
        hasPoint = true
      } else if byte &- 48 < 10 {
        if hasPoint { fraction += 1 } else { whole += 1 }
      }
    }
  }

  private mutating func times(
    _ text: UnsafeRawBufferPointer, _ form: CellForm, _ time: (Int, Int, Int64) -> Void
  ) -> CellForm {
    let found = iso.forms(text) { bit, value in time(bit, -1, value) }
    // An ISO date fits that format of its group, and can fit no other.
    return found | knownFormats(text, found, time)
  }

  @inline(never)
  private mutating func knownFormats(
    _ text: UnsafeRawBufferPointer, _ form: CellForm, _ time: (Int, Int, Int64) -> Void
  ) -> CellForm {
    guard let shape = TextShape.of(text), let group = groups[shape] else { return .text }
    var fitting: UInt64 = 0
    for index in formats[group].indices {
      if let value = formats[group][index].value(of: text) {
        fitting |= 1 << UInt64(index)
        time(index, group, value)
      }
      if form.contains(.date) { break }
    }
    return CellForm.formats(fitting, of: group)
  }
}

/// The readers of the types' own forms.
private struct ISOReaders {
  private var date = TemporalTextReader(type: .date, formats: [], zone: .utc)
  private var timestamp = TemporalTextReader(type: .timestamp, formats: [], zone: .utc)
  private var instant = TemporalTextReader(type: .timestamptz, formats: [], zone: .utc)
  private var time = TemporalTextReader(type: .time, formats: [], zone: .utc)

  /// The ISO forms that a text has; `found` is called with the bit of each and its value.
  mutating func forms(_ text: UnsafeRawBufferPointer, _ found: (Int, Int64) -> Void) -> CellForm {
    guard text.count >= 5 else { return .text }
    if text[2] == UInt8(ascii: ":") {
      guard let value = time.value(of: text) else { return .text }
      found(11, value)
      return .time
    }
    guard text.count >= 10, text[4] == UInt8(ascii: "-") else { return .text }
    if text.count == 10 {
      guard let days = date.value(of: text) else { return .text }
      found(8, days)
      found(9, days &* Temporal.day)
      found(10, days &* Temporal.day)
      return .date | .timestamp | .timestamptz
    }
    guard let value = instant.value(of: text) else { return .text }
    found(10, value)
    guard let local = timestamp.value(of: text) else { return .timestamptz }
    found(9, local)
    return .timestamp | .timestamptz
  }
}
