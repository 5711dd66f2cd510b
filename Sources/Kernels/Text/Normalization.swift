import CUnicode
import Columns

/// The forms that Unicode writes one text in.
package enum NormalForm: String, Sendable, CaseIterable {
  /// Letters and their marks as one scalar where there is one.
  case nfc
  /// Letters and marks apart.
  case nfd
  /// As NFC, with compatibility characters as what they stand for: `ﬁ` as `fi`, `①` as `1`.
  case nfkc
  case nfkd

  fileprivate var isComposed: Bool { self == .nfc || self == .nfkc }
  fileprivate var isCompatible: Bool { self == .nfkc || self == .nfkd }

  /// Texts of scalars below this are in the form.
  fileprivate var firstInQuestion: UInt32 {
    switch self {
    case .nfc: 0x300
    case .nfd: 0xC0
    case .nfkc, .nfkd: 0xA0
    }
  }
}

extension Text {
  /// The texts in a normal form, so that what looks the same is the same bytes.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* texts; those in the form are their arguments.
  /// - Complexity: O(bytes); marks that follow each other are sorted.
  /// - Source: Unicode Standard Annex 15, with the tables of the version in `unicodeVersion`.
  package static func normalize(_ x: Column, as form: NormalForm, in store: ByteStore) -> Column {
    rewritten(x, store, below: form.firstInQuestion) { text, scalars in
      scalars.decompose(text, isCompatible: form.isCompatible)
      scalars.order()
      if form.isComposed { scalars.compose() }
    }
  }

  /// The texts without accents: taken apart, without marks, and put together again. Letters that have no parts, such as
  /// `ł` and `ø`, stay.
  ///
  /// - Source: DuckDB's `strip_accents`, that is utf8proc's `STRIPMARK`.
  package static func stripAccents(_ x: Column, in store: ByteStore) -> Column {
    rewritten(x, store, below: 0xC0) { text, scalars in
      scalars.decompose(text, isCompatible: false)
      scalars.order()
      scalars.removeMarks()
      scalars.compose()
    }
  }

  /// The version of Unicode whose tables are used, such as `14.0.0`.
  package static var unicodeVersion: String { unicode_version().map { String(cString: $0) } ?? "" }

  @inline(__always)
  private static func rewritten(
    _ x: Column, _ store: ByteStore, below limit: UInt32,
    _ change: (TextBytes, inout ScalarSequence) -> Void
  ) -> Column {
    let texts = x.textOperand
    var scalars = ScalarSequence()
    return written([x], in: store) { row, writer in
      let span = texts[row]
      let text = writer.bytes(span)
      if text.isBelow(limit) || !text.isUTF8 { return Checked(span) }
      change(text, &scalars)
      guard writer.reserve(scalars.values.count &* 4) else { return .tooLong }
      let start = writer.count
      for value in scalars.values { writer.append(scalar: value) }
      return Checked(unlessEqual(span, writer.span(from: start), &writer))
    }
  }
}

extension TextBytes {
  /// True where all scalars are below `limit`, which is at most 0x300.
  fileprivate func isBelow(_ limit: UInt32) -> Bool {
    var offset = 0
    while offset < count {
      if clippedWord(offset) & 0x8080_8080_8080_8080 == 0 {
        offset &+= 8
        continue
      }
      let (value, length) = scalar(at: offset)
      if value >= limit { return false }
      offset &+= length
    }
    return true
  }
}

/// The scalars of one text while they are taken apart, ordered and put together. Used for one text after the other, so
/// that its memory is asked for once.
struct ScalarSequence {
  private(set) var values: ContiguousArray<UInt32> = []

  // Hangul: U+AC00 + (L · 21 + V) · 28 + T; The Unicode Standard, 3.12.
  private static let syllables: Range<UInt32> = 0xAC00..<0xAC00 + 11172
  private static let leads: UInt32 = 0x1100
  private static let vowels: UInt32 = 0x1161
  private static let tails: UInt32 = 0x11A7

  /// Reads a text as its full decomposition, not ordered yet.
  mutating func decompose(_ text: TextBytes, isCompatible: Bool) {
    values.removeAll(keepingCapacity: true)
    var offset = 0
    while offset < text.count {
      let (value, length) = text.scalar(at: offset)
      offset &+= length
      if value < 0xA0 {
        values.append(value)
      } else if Self.syllables.contains(value) {
        let place = value &- 0xAC00
        values.append(Self.leads &+ place / 588)
        values.append(Self.vowels &+ place % 588 / 28)
        if place % 28 > 0 { values.append(Self.tails &+ place % 28) }
      } else {
        var parts: UnsafePointer<UInt32>?
        let count = unicode_decomposition(value, isCompatible ? 1 : 0, &parts)
        if count == 0 { values.append(value) }
        if let parts { for index in 0..<Int(count) { values.append(parts[index]) } }
      }
    }
  }

  /// Brings marks that follow each other into the order of their classes; equal ones stay as they are.
  mutating func order() {
    var start = 0
    while start < values.count {
      if Self.combiningClass(values[start]) == 0 {
        start &+= 1
        continue
      }
      var end = start &+ 1
      while end < values.count, Self.combiningClass(values[end]) != 0 { end &+= 1 }
      order(start..<end)
      start = end
    }
  }

  private mutating func order(_ marks: Range<Int>) {
    if marks.count > 32 {
      let sorted = values[marks].enumerated().sorted { a, b in
        (Self.combiningClass(a.element), a.offset) < (Self.combiningClass(b.element), b.offset)
      }
      for (index, mark) in zip(marks, sorted) { values[index] = mark.element }
      return
    }
    for index in marks.dropFirst() {
      let mark = values[index]
      let rank = Self.combiningClass(mark)
      var place = index
      while place > marks.lowerBound, Self.combiningClass(values[place &- 1]) > rank {
        values[place] = values[place &- 1]
        place &-= 1
      }
      values[place] = mark
    }
  }

  /// Puts letters and marks together: the canonical composition of an ordered decomposition.
  mutating func compose() {
    var (kept, starter) = (0, -1)
    // The class of the last scalar kept after the starter; −1 where none is.
    var lastClass = -1
    for index in values.indices {
      let value = values[index]
      let rank = Int(Self.combiningClass(value))
      if starter >= 0, lastClass < rank || lastClass == -1, let whole = Self.composed(values[starter], value) {
        values[starter] = whole
        continue
      }
      if rank == 0 {
        starter = kept
        lastClass = -1
      } else {
        lastClass = rank
      }
      values[kept] = value
      kept &+= 1
    }
    values.removeLast(values.count &- kept)
  }

  private static func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first &- leads < 19, second &- vowels < 21 {
      return 0xAC00 &+ ((first &- leads) &* 21 &+ (second &- vowels)) &* 28
    }
    if syllables.contains(first), (first &- 0xAC00) % 28 == 0, second > tails, second &- tails < 28 {
      return first &+ (second &- tails)
    }
    let whole = unicode_composition(first, second)
    return whole == 0 ? nil : whole
  }

  /// Leaves out marks: the general categories Mn, Mc and Me.
  mutating func removeMarks() {
    values.removeAll { value in
      guard value >= 0x300, let scalar = Unicode.Scalar(value) else { return false }
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark: return true
      default: return false
      }
    }
  }

  @inline(__always)
  private static func combiningClass(_ value: UInt32) -> UInt8 { value < 0x300 ? 0 : unicode_combining_class(value) }

  /// The scalar without its accents, for what compares letters: the first of its canonical decomposition.
  static func base(of value: UInt32) -> UInt32 {
    if value < 0xC0 { return value }
    var parts: UnsafePointer<UInt32>?
    guard unicode_decomposition(value, 0, &parts) > 0, let parts else { return value }
    return parts[0]
  }
}
