/// A pattern of `like` or `ilike`: `%` stands for any text, `_` for any one scalar, anything else for itself.
///
/// It is cut at each `%` into segments; a text matches when it holds them one after the other, the first at its start and
/// the last at its end unless a `%` stands there. Taking each at the first place where it fits is exact.
package struct LikePattern: Sendable {
  /// True when the pattern ends in an escape character that escapes nothing: a mistake to be reported. Such a character
  /// stands for itself.
  package let endsInEscape: Bool
  let ignoresCase: Bool
  let segments: [Segment]
  let isAnchoredAtStart: Bool
  let isAnchoredAtEnd: Bool
  /// The bytes of all segments, and 8 more. A `_` is a byte here, whose value says nothing.
  let bytes: [UInt8]
  /// True for each of `bytes` that is a `_`.
  let isAny: [Bool]

  struct Segment: Sendable, BitwiseCopyable {
    let start: Int
    let count: Int
    let hasAny: Bool
  }

  /// Compiles a pattern, once for all rows.
  ///
  /// - Parameters:
  ///   - pattern: UTF-8.
  ///   - escape: The character that makes a following `%`, `_` or itself stand for itself; nil for none.
  ///   - ignoringCase: Compare the lower case of pattern and text (`Text.lower`), as DuckDB does.
  package init(_ pattern: [UInt8], escape: Unicode.Scalar?, ignoringCase: Bool) {
    var builder = Builder(ignoresCase: ignoringCase)
    var escaped = false
    for scalar in String(decoding: pattern, as: UTF8.self).unicodeScalars {
      if escaped {
        builder.literal(scalar)
        escaped = false
      } else if scalar == escape {
        escaped = true
      } else if scalar == "%" {
        builder.percent()
      } else if scalar == "_" {
        builder.any()
      } else {
        builder.literal(scalar)
      }
    }
    if escaped, let escape { builder.literal(escape) }
    endsInEscape = escaped
    ignoresCase = ignoringCase
    isAnchoredAtEnd = builder.count > 0 || builder.percents == 0
    builder.closeSegment()
    segments = builder.segments
    isAnchoredAtStart = !builder.beginsWithPercent
    bytes = builder.bytes + [UInt8](repeating: 0, count: 8)
    isAny = builder.isAny
  }

  private struct Builder {
    let ignoresCase: Bool
    var bytes: [UInt8] = []
    var isAny: [Bool] = []
    var segments: [Segment] = []
    var start = 0
    var percents = 0
    var beginsWithPercent = false

    init(ignoresCase: Bool) { self.ignoresCase = ignoresCase }

    /// The length of the segment that is being built.
    var count: Int { bytes.count - start }

    mutating func literal(_ scalar: Unicode.Scalar) {
      let text = ignoresCase ? scalar.properties.lowercaseMapping : String(scalar)
      for byte in text.utf8 {
        bytes.append(byte)
        isAny.append(false)
      }
    }

    mutating func any() {
      bytes.append(0)
      isAny.append(true)
    }

    mutating func percent() {
      if bytes.isEmpty { beginsWithPercent = true }
      percents += 1
      closeSegment()
    }

    mutating func closeSegment() {
      if count > 0 {
        segments.append(Segment(start: start, count: count, hasAny: isAny[start...].contains(true)))
      }
      start = bytes.count
    }
  }
}
