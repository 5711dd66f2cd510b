/// A form of texts with every digit at a fixed place, such as `%Y-%m-%d`, `%d/%m/%Y` or `%Y%m%d %H:%M:%S`, read eight
/// bytes at a time.
///
/// A date of 8 or 10 bytes with a four-digit year, or a clock `HH:MM:SS`, or such a date, one byte, and a clock. That
/// one byte may be either of two.
struct DigitTemplate: Sendable, Hashable {
  /// The bytes of a text of this form.
  let length: Int
  /// 0 for a clock alone.
  let dateLength: Int
  let hasClock: Bool
  /// What may stand between date and clock.
  private let separator: UInt8
  private var otherSeparator: UInt8
  /// The date's first eight bytes and its last eight; they overlap.
  private let head: WordTemplate
  private let tail: WordTemplate
  private let order: FieldOrder
  private let century: DigitPair
  private let yearOfCentury: DigitPair
  private let month: DigitPair
  private let day: DigitPair

  private let last = WordTemplate("00:00:00")

  static let isoDate = DigitTemplate(shape: "YYYY-MM-DD")
  static let isoClock = DigitTemplate(shape: "HH:MM:SS")
  static let isoTimestamp: DigitTemplate? = {
    var template = DigitTemplate(shape: "YYYY-MM-DD HH:MM:SS")
    template?.otherSeparator = UInt8(ascii: "T")
    return template
  }()

  /// The template of a pattern's items, if they are all of fixed place.
  init?(_ items: [FormatItem]) {
    var shape: [UInt8] = []
    for item in items {
      switch item.field {
      case .literal: shape += item.literal
      case .year: shape += Array("YYYY".utf8)
      case .month: shape += Array("MM".utf8)
      case .day: shape += Array("DD".utf8)
      case .hour: shape += Array("HH".utf8)
      case .minute: shape += Array("mm".utf8)
      case .second: shape += Array("SS".utf8)
      default: return nil
      }
      guard shape.count <= 19 else { return nil }
    }
    // A literal could look like a field of the shape.
    for item in items where item.literal.contains(where: { 48...57 ~= $0 || 65...90 ~= $0 && $0 != 84 || $0 == 109 }) {
      return nil
    }
    self.init(bytes: shape)
  }

  private init?(shape: StaticString) {
    var bytes = shape.withUTF8Buffer { Array($0) }
    // Minutes are `mm` inside a shape; written here as `MM` after `HH:` for the reader's sake.
    if let hour = bytes.firstIndex(of: UInt8(ascii: "H")) {
      for index in bytes.indices where index > hour && bytes[index] == UInt8(ascii: "M") {
        bytes[index] = UInt8(ascii: "m")
      }
    }
    self.init(bytes: bytes)
  }

  private init?(bytes: [UInt8]) {
    let clock = Array("HH:mm:SS".utf8)
    hasClock = bytes.count >= 8 && Array(bytes.suffix(8)) == clock
    length = bytes.count
    switch bytes.count {
    case 8 where hasClock: dateLength = 0
    case 8, 10: dateLength = bytes.count
    case 17 where hasClock, 19 where hasClock: dateLength = bytes.count - 9
    default: return nil
    }
    let date = Array(bytes[..<dateLength])
    separator = hasClock && dateLength > 0 ? bytes[dateLength] : 0
    otherSeparator = separator
    if dateLength == 0 {
      head = last
      tail = last
      century = DigitPair(at: 0, of: 8)
      (yearOfCentury, month, day) = (century, century, century)
      order = .other
      return
    }
    guard separator != UInt8(ascii: "Y"), let year = Self.place(of: "YYYY", in: date),
      let month = Self.place(of: "MM", in: date), let day = Self.place(of: "DD", in: date),
      date.allSatisfy({ !Array("HmS".utf8).contains($0) }),
      date.filter({ Array("YMD".utf8).contains($0) }).count == 8
    else { return nil }
    let digits = date.map { Array("YMD".utf8).contains($0) ? UInt8(ascii: "0") : $0 }
    // With a digit at either end, spaces around a text never make it fit by chance.
    guard digits.first == 48, digits.last == 48 else { return nil }
    order = FieldOrder(length: dateLength, year: year, month: month, day: day)
    head = WordTemplate(Array(digits.prefix(8)))
    tail = WordTemplate(Array(digits.suffix(8)))
    century = DigitPair(at: year, of: dateLength)
    yearOfCentury = DigitPair(at: year + 2, of: dateLength)
    self.month = DigitPair(at: month, of: dateLength)
    self.day = DigitPair(at: day, of: dateLength)
  }

  private static func place(of field: StaticString, in shape: [UInt8]) -> Int? {
    let field = field.withUTF8Buffer { Array($0) }
    return shape.indices.first { Array(shape[$0...].prefix(field.count)) == field }
  }

  /// Days since 1970 of the date that `bytes` start with; `Temporal.none` when it is none. Eight bytes past the length
  /// may be read. The form comes as a pointer, lest it be copied for each text.
  @inline(__always)
  static func days(_ form: UnsafePointer<DigitTemplate>, _ bytes: UnsafeRawPointer) -> Int64 {
    let first = form.pointee.head.digits(bytes.loadUnaligned(as: UInt64.self))
    let second = form.pointee.tail.digits(
      (bytes + (form.pointee.dateLength &- 8)).loadUnaligned(as: UInt64.self))
    if (form.pointee.head.faults(first) | form.pointee.tail.faults(second)) & 0x8080_8080_8080_8080 != 0 {
      return Temporal.none
    }
    let (a, b) = (WordTemplate.pairs(first), WordTemplate.pairs(second))
    switch form.pointee.order {
    case .yearMonthDay: return date(a & 0xff, a &>> 16 & 0xff, a &>> 40 & 0xff, b &>> 48 & 0xff)
    case .dayMonthYear: return date(b &>> 32 & 0xff, b &>> 48 & 0xff, a &>> 24 & 0xff, a & 0xff)
    case .monthDayYear: return date(b &>> 32 & 0xff, b &>> 48 & 0xff, a & 0xff, a &>> 24 & 0xff)
    case .other:
      return date(
        form.pointee.century.value(a, b), form.pointee.yearOfCentury.value(a, b), form.pointee.month.value(a, b),
        form.pointee.day.value(a, b))
    }
  }

  @inline(__always)
  private static func date(_ century: UInt64, _ yearOfCentury: UInt64, _ month: UInt64, _ day: UInt64) -> Int64 {
    let year = 100 &* century &+ yearOfCentury
    guard year > 0, month &- 1 < 12, day &- 1 < 31 else { return Temporal.none }
    let (y, m, d) = (Int(truncatingIfNeeded: year), Int(truncatingIfNeeded: month), Int(truncatingIfNeeded: day))
    if d > 28, d > Civil.length(ofMonth: m, year: y) { return Temporal.none }
    return Civil.uncheckedDays(y, m, d)
  }

  /// Microseconds since midnight of the clock that a text of this form ends with; `Temporal.none` when it is none, or
  /// when what stands before it is not this form's.
  @inline(__always)
  static func clock(_ form: UnsafePointer<DigitTemplate>, _ bytes: UnsafeRawPointer) -> Int64 {
    if form.pointee.dateLength > 0 {
      let between = (bytes + form.pointee.dateLength).load(as: UInt8.self)
      guard between == form.pointee.separator || between == form.pointee.otherSeparator else { return Temporal.none }
    }
    let digits = form.pointee.last.digits(
      (bytes + (form.pointee.length &- 8)).loadUnaligned(as: UInt64.self))
    if form.pointee.last.faults(digits) & 0x8080_8080_8080_8080 != 0 { return Temporal.none }
    let pairs = WordTemplate.pairs(digits)
    let (hour, minute, second) = (pairs & 0xff, pairs >> 24 & 0xff, pairs >> 48 & 0xff)
    guard hour < 24, minute < 60, second < 60 else { return Temporal.none }
    return Int64(truncatingIfNeeded: (hour &* 60 &+ minute) &* 60 &+ second) &* 1_000_000
  }
}

/// Eight bytes, each a digit or a literal.
private struct WordTemplate: Sendable, Hashable {
  /// A digit's place holds `0`, so that XOR leaves digits as 0…9 and right literals as 0.
  private let pattern: UInt64
  /// What carries a byte into its high bit when it is more than 9 (a digit) or more than 0 (a literal).
  private let limits: UInt64

  init(_ bytes: [UInt8]) {
    var (pattern, limits): (UInt64, UInt64) = (0, 0)
    for byte in bytes.reversed() {
      pattern = pattern << 8 | UInt64(byte)
      limits = limits << 8 | (byte == UInt8(ascii: "0") ? 0x76 : 0x7f)
    }
    self.pattern = pattern
    self.limits = limits
  }

  init(_ text: StaticString) { self.init(text.withUTF8Buffer { Array($0) }) }

  @inline(__always)
  func digits(_ word: UInt64) -> UInt64 { UInt64(littleEndian: word) ^ pattern }

  /// High bits where the text does not fit; a carry comes only from a byte whose own high bit is set.
  @inline(__always)
  func faults(_ digits: UInt64) -> UInt64 { (digits &+ limits) | digits }

  /// In each byte the number that its digit and the next one make.
  @inline(__always)
  static func pairs(_ digits: UInt64) -> UInt64 { digits &* 10 &+ (digits >> 8) }
}

/// The forms of a date that are common enough to have code of their own.
private enum FieldOrder: Sendable, Hashable {
  /// `YYYY-MM-DD`, `DD/MM/YYYY`, `MM/DD/YYYY`, with any separators.
  case yearMonthDay, dayMonthYear, monthDayYear
  case other

  init(length: Int, year: Int, month: Int, day: Int) {
    self =
      switch (length, year, month, day) {
      case (10, 0, 5, 8): .yearMonthDay
      case (10, 6, 3, 0): .dayMonthYear
      case (10, 6, 0, 3): .monthDayYear
      default: .other
      }
  }
}

/// Where a two-digit number stands: in the first or in the last eight bytes.
private struct DigitPair: Sendable, Hashable {
  private let firstShift: UInt64
  private let firstMask: UInt64
  private let secondShift: UInt64
  private let secondMask: UInt64

  init(at place: Int, of length: Int) {
    let isFirst = place + 2 <= 8
    firstShift = isFirst ? UInt64(place * 8) : 0
    firstMask = isFirst ? 0xff : 0
    secondShift = isFirst ? 0 : UInt64((place - length + 8) * 8)
    secondMask = isFirst ? 0 : 0xff
  }

  @inline(__always)
  func value(_ first: UInt64, _ second: UInt64) -> UInt64 {
    (first &>> firstShift) & firstMask | (second &>> secondShift) & secondMask
  }
}
