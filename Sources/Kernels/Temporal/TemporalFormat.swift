import Columns

/// Why a text is no format, or not one for a purpose.
package struct TemporalFormatError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case empty
    /// No such directive, as it is written: `%Q`, `%-`.
    case unknownDirective(String)
    /// Reading: the field is given twice.
    case repeatedField(String)
    /// Reading: fields that say nothing about a day or time alone (`%U`), or not without another (`%I` without `%p`).
    case cannotBeRead(String)
    /// Reading a value of the type needs this directive.
    case missing(String, for: DataType)
    /// Writing: values of the type have no such field.
    case notIn(DataType, directive: String)
  }

  package var reason: Reason
  /// Where in the pattern, in bytes.
  package var offset: Int
}

/// A `strftime` pattern.
///
/// Directives: `%Y %y %m %d %e %b %h %B %a %A %j %H %I %M %S %f %p %z %Z %u %w %G %V %U %W`, `%F` (`%Y-%m-%d`), `%D`
/// (`%m/%d/%y`), `%T` (`%H:%M:%S`), `%R` (`%H:%M`), `%n`, `%t`, `%%`; with `-` numbers are written without padding
/// (`%-d`). All else stands for itself.
///
/// Any pattern may be written as far as its fields are in the type (`problem(writing:)`); reading asks more
/// (`problem(reading:)`): no field twice, the day or time fully said. `%u %w %G %V %U %W` are for writing only.
package struct TemporalFormat: Sendable, Hashable {
  package let pattern: String
  let items: [FormatItem]
  /// The form of texts of fixed length that this format reads, if it is of that kind.
  let template: DigitTemplate?

  package init(_ pattern: String) throws(TemporalFormatError) {
    guard !pattern.isEmpty else { throw TemporalFormatError(reason: .empty, offset: 0) }
    self.pattern = pattern
    items = FormatItem.joiningNumbers(try FormatItem.items(of: Array(pattern.utf8)))
    template = DigitTemplate(items)
  }

  package static func == (a: TemporalFormat, b: TemporalFormat) -> Bool { a.pattern == b.pattern }

  package func hash(into hasher: inout Hasher) { hasher.combine(pattern) }

  /// Whether it says the day, of the month or of the year.
  package var namesDay: Bool { items.contains { $0.field == .day || $0.field == .dayOfYear } }

  /// Why values of `type` cannot be read by this format; nil when they can.
  ///
  /// A date, timestamp or instant needs a year (a month or day that is not said is the first), a time its hour.
  package func problem(reading type: DataType) -> TemporalFormatError? {
    var seen: Set<FormatField> = []
    for item in items where item.field != .literal {
      if item.field.isWrittenOnly { return error(.cannotBeRead(item.directive), item) }
      if !seen.insert(item.field.slot).inserted { return error(.repeatedField(item.directive), item) }
    }
    if let half = items.first(where: { $0.field == .hour12 }), !seen.contains(.meridiem) {
      return error(.cannotBeRead(half.directive), half)
    }
    if seen.contains(.dayOfYear), let day = items.first(where: { $0.field == .month || $0.field == .day }) {
      return error(.cannotBeRead(day.directive), day)
    }
    if seen.contains(.meridiem), !items.contains(where: { $0.field == .hour12 }),
      let half = items.first(where: { $0.field == .meridiem })
    {
      return error(.cannotBeRead(half.directive), half)
    }
    if type == .time {
      return seen.contains(.hour) ? nil : TemporalFormatError(reason: .missing("%H", for: type), offset: 0)
    }
    guard type.isTemporal, seen.contains(.year) else {
      return TemporalFormatError(reason: .missing("%Y", for: type), offset: 0)
    }
    if seen.contains(.day), !seen.contains(.month) {
      return TemporalFormatError(reason: .missing("%m", for: type), offset: 0)
    }
    return nil
  }

  /// Why values of `type` cannot be written by this format; nil when they can. A date's time is midnight; only an
  /// instant has a zone.
  package func problem(writing type: DataType) -> TemporalFormatError? {
    for item in items where !item.field.isPart(of: type) {
      return error(.notIn(type, directive: item.directive), item)
    }
    return nil
  }

  private func error(_ reason: TemporalFormatError.Reason, _ item: FormatItem) -> TemporalFormatError {
    TemporalFormatError(reason: reason, offset: item.offset)
  }
}

/// What one directive stands for.
enum FormatField: UInt8, Sendable, Hashable {
  case literal
  case year, yearOfCentury, month, day, dayOfYear, monthName, monthAbbreviation, dayName, dayAbbreviation
  case hour, hour12, minute, second, fraction, meridiem, offset, zone
  case isoWeekday, weekday, isoYear, isoWeek, sundayWeek, mondayWeek

  /// Fields of one slot say the same thing.
  var slot: FormatField {
    switch self {
    case .yearOfCentury: .year
    case .monthName, .monthAbbreviation: .month
    case .dayAbbreviation: .dayName
    case .hour12: .hour
    case .zone: .offset
    default: self
    }
  }

  var isWrittenOnly: Bool {
    switch self {
    case .isoWeekday, .weekday, .isoYear, .isoWeek, .sundayWeek, .mondayWeek: true
    default: false
    }
  }

  /// Digits at most; 0 for what is not a number.
  var digits: Int {
    switch self {
    case .year, .isoYear: 4
    case .dayOfYear: 3
    case .fraction: 9
    case .yearOfCentury, .month, .day, .hour, .hour12, .minute, .second, .isoWeek, .sundayWeek, .mondayWeek: 2
    case .isoWeekday, .weekday: 1
    default: 0
    }
  }

  /// The longest text that is written for it.
  var width: Int {
    switch self {
    case .fraction: 6
    case .monthName, .dayName: 9
    case .monthAbbreviation, .dayAbbreviation: 3
    case .meridiem: 2
    case .offset: 5
    case .zone: 32
    default: digits
    }
  }

  func isPart(of type: DataType) -> Bool {
    switch self {
    case .literal: type.isTemporal
    case .hour, .hour12, .minute, .second, .fraction, .meridiem: type.isTemporal
    case .offset, .zone: type == .timestamptz
    default: type.isTemporal && type != .time
    }
  }
}

/// A piece of a pattern: a directive, or bytes that stand for themselves.
struct FormatItem: Sendable, Hashable {
  var field: FormatField
  /// What stands before the digits of a number to fill its width: `0`, a space, or nothing.
  var padding: UInt8 = UInt8(ascii: "0")
  var literal: [UInt8] = []
  var directive = ""
  var offset: Int
  /// Fewest and most digits when read: numbers that touch have their full width.
  var minimum = 1
  var maximum = 0

  private static let composites: [UInt8: String] = [
    UInt8(ascii: "F"): "%Y-%m-%d", UInt8(ascii: "D"): "%m/%d/%y", UInt8(ascii: "T"): "%H:%M:%S",
    UInt8(ascii: "R"): "%H:%M",
  ]

  private static let fields: [UInt8: FormatField] = [
    UInt8(ascii: "Y"): .year, UInt8(ascii: "y"): .yearOfCentury, UInt8(ascii: "m"): .month,
    UInt8(ascii: "d"): .day, UInt8(ascii: "e"): .day, UInt8(ascii: "j"): .dayOfYear,
    UInt8(ascii: "b"): .monthAbbreviation, UInt8(ascii: "h"): .monthAbbreviation, UInt8(ascii: "B"): .monthName,
    UInt8(ascii: "a"): .dayAbbreviation, UInt8(ascii: "A"): .dayName, UInt8(ascii: "H"): .hour,
    UInt8(ascii: "I"): .hour12, UInt8(ascii: "M"): .minute, UInt8(ascii: "S"): .second, UInt8(ascii: "f"): .fraction,
    UInt8(ascii: "p"): .meridiem, UInt8(ascii: "z"): .offset, UInt8(ascii: "Z"): .zone,
    UInt8(ascii: "u"): .isoWeekday, UInt8(ascii: "w"): .weekday, UInt8(ascii: "G"): .isoYear,
    UInt8(ascii: "V"): .isoWeek, UInt8(ascii: "U"): .sundayWeek, UInt8(ascii: "W"): .mondayWeek,
  ]

  private static let literals: [UInt8: UInt8] = [
    UInt8(ascii: "%"): UInt8(ascii: "%"), UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9,
  ]

  static func items(of pattern: [UInt8]) throws(TemporalFormatError) -> [FormatItem] {
    var items: [FormatItem] = []
    var position = 0
    while position < pattern.count {
      let start = position
      position += 1
      guard pattern[start] == UInt8(ascii: "%") else {
        append(pattern[start], at: start, to: &items)
        continue
      }
      let isUnpadded = position < pattern.count && pattern[position] == UInt8(ascii: "-")
      if isUnpadded { position += 1 }
      let letter = position < pattern.count ? pattern[position] : 0
      position = endOfCharacter(pattern, at: position)
      let directive = String(decoding: pattern[start..<position], as: UTF8.self)
      if !isUnpadded, let byte = literals[letter] {
        append(byte, at: start, to: &items)
      } else if !isUnpadded, let parts = composites[letter] {
        for var item in try Self.items(of: Array(parts.utf8)) {
          if item.field != .literal { item.directive = directive }
          item.offset = start
          items.append(item)
        }
      } else if let field = fields[letter], !isUnpadded || (1...3 ~= field.digits) {
        let padding = isUnpadded ? 0 : letter == UInt8(ascii: "e") ? UInt8(ascii: " ") : UInt8(ascii: "0")
        items.append(FormatItem(field: field, padding: padding, directive: directive, offset: start))
      } else {
        throw TemporalFormatError(reason: .unknownDirective(directive), offset: start)
      }
    }
    return items
  }

  /// Past the UTF-8 character that starts here, so that an error never shows half of one.
  private static func endOfCharacter(_ pattern: [UInt8], at start: Int) -> Int {
    var end = min(start + 1, pattern.count)
    while end < pattern.count, pattern[end] & 0xc0 == 0x80 { end += 1 }
    return end
  }

  private static func append(_ byte: UInt8, at offset: Int, to items: inout [FormatItem]) {
    if let last = items.indices.last, items[last].field == .literal {
      items[last].literal.append(byte)
    } else {
      items.append(FormatItem(field: .literal, literal: [byte], offset: offset))
    }
  }

  /// Settles how many digits each number has when read: a number that touches another has all of its digits.
  static func joiningNumbers(_ items: [FormatItem]) -> [FormatItem] {
    var items = items
    for index in items.indices where items[index].field.digits > 0 {
      let digits = items[index].field.digits
      let touchesLast = index > 0 && items[index - 1].field.digits > 0
      let touchesNext = index + 1 < items.count && items[index + 1].field.digits > 0
      items[index].maximum = digits
      items[index].minimum = digits == 4 || touchesLast || touchesNext ? digits : 1
      if items[index].field == .fraction {
        items[index].minimum = touchesNext ? 6 : 1
        items[index].maximum = touchesNext ? 6 : 9
      }
    }
    return items
  }
}
