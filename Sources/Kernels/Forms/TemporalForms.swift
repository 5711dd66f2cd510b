import Columns

/// A format that dates and times are looked for in, and what it gives.
package struct KnownFormat: Hashable, Sendable {
  package let pattern: String
  package let type: DataType
  let format: TemporalFormat
}

/// The formats of one shape: those that a text of that shape can fit.
package struct FormatGroup: Sendable {
  let shape: UInt64
  package let formats: [KnownFormat]
}

/// The ways of writing dates and times that are looked for besides ISO 8601's.
///
/// - Source: the forms that `parse_date` of AWS Glue DataBrew, DuckDB's sniffer and pandas' documentation list.
package enum TemporalForms {
  /// Ordered by shape, so that a place in it means the same in every run.
  package static let groups: [FormatGroup] = {
    var formats: [UInt64: [KnownFormat]] = [:]
    var order: [UInt64] = []
    for (pattern, type) in dates + stamps + clocks {
      guard let format = try? TemporalFormat(pattern), format.problem(reading: type) == nil else { continue }
      for shape in TextShape.shapes(of: format.items) {
        if formats[shape] == nil { order.append(shape) }
        formats[shape, default: []].append(KnownFormat(pattern: pattern, type: type, format: format))
      }
    }
    return order.map { FormatGroup(shape: $0, formats: formats[$0] ?? []) }
  }()

  // The form that ISO 8601 has comes first among those of its shape.
  private static let dates: [(String, DataType)] = [
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%d/%m/%y",
    "%m/%d/%y", "%d-%m-%y", "%m-%d-%y", "%d.%m.%y", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y",
    "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%Y-%b-%d", "%a, %d %b %Y", "%A, %B %d, %Y", "%Y%m%d",
  ].map { ($0, .date) }

  private static let stamps: [(String, DataType)] = {
    var formats: [(String, DataType)] = []
    for (date, _) in dates {
      for clock in ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p"] {
        formats.append(("\(date) \(clock)", .timestamp))
      }
    }
    return formats + [
      ("%Y-%m-%dT%H:%M", .timestamp), ("%Y-%m-%dT%H:%M:%S", .timestamp), ("%Y-%m-%dT%H:%M:%S.%f", .timestamp),
      ("%Y%m%dT%H%M%S", .timestamp), ("%d/%b/%Y:%H:%M:%S %z", .timestamptz),
      ("%a, %d %b %Y %H:%M:%S %z", .timestamptz), ("%Y-%m-%d %H:%M:%S %z", .timestamptz),
      ("%Y-%m-%d %H:%M:%S UTC", .timestamptz), ("%Y%m%dT%H%M%SZ", .timestamptz),
    ]
  }()

  private static let clocks: [(String, DataType)] = [
    "%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%I:%M:%S%p",
  ].map { ($0, .time) }
}

/// What a text looks like, as a number: runs of digits by their length, runs of letters, and all else as it is.
///
/// Texts of one shape have one number; other texts may by chance have it too.
struct TextShape {
  private(set) var value: UInt64 = 0

  /// A run of digits: one or two, four, or another number of them.
  enum Run: UInt64 { case short = 1, year, long, letters }

  static func digits(_ count: Int) -> Run { count <= 2 ? .short : count == 4 ? .year : .long }

  @inline(__always)
  mutating func add(_ run: Run) { value = value &* 0x100_0193 &+ run.rawValue }

  @inline(__always)
  mutating func add(_ byte: UInt8) { value = value &* 0x100_0193 &+ UInt64(byte) &+ 8 }

  /// The shapes of the texts that a format reads.
  static func shapes(of items: [FormatItem]) -> [UInt64] {
    var tails: [[UInt8]] = [[]]
    for item in items {
      let samples: [String]
      switch item.field {
      case .literal: samples = [String(decoding: item.literal, as: UTF8.self)]
      case .fraction: samples = ["1", "123", "1234"]
      case .offset: samples = ["+0000", "-0000", "+00:00", "-00:00", "+00", "-00", "Z"]
      case .year: samples = ["0000"]
      case .meridiem, .monthName, .monthAbbreviation, .dayName, .dayAbbreviation: samples = ["AM"]
      default: samples = ["00"]
      }
      tails = tails.flatMap { tail in samples.map { tail + Array($0.utf8) } }
    }
    var found: [UInt64] = []
    for text in tails {
      let shape = text.withUnsafeBytes { of($0) }
      if let shape, !found.contains(shape) { found.append(shape) }
    }
    return found
  }

  /// The shape of a text; nil where it has no digit.
  @inline(__always)
  static func of(_ text: UnsafeRawBufferPointer) -> UInt64? {
    var shape = TextShape()
    var index = 0
    var hasDigit = false
    while index < text.count {
      let byte = text[index]
      let start = index
      if byte &- 48 < 10 {
        while index < text.count, text[index] &- 48 < 10 { index &+= 1 }
        shape.add(digits(index &- start))
        hasDigit = true
      } else if (byte | 0x20) &- 97 < 26 {
        while index < text.count, (text[index] | 0x20) &- 97 < 26 { index &+= 1 }
        shape.add(.letters)
      } else {
        shape.add(byte)
        index &+= 1
      }
    }
    return hasDigit ? shape.value : nil
  }
}
