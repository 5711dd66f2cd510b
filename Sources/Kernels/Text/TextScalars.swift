import Columns

/// Functions that look at each scalar on its own.
extension Text {
  /// The first letter of each word in upper (title) case, the others in lower case. A word is a run of letters, digits
  /// and marks; an apostrophe between two of its letters does not end it, so that `don't` becomes `Don't`.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* texts; those that are so already are their arguments.
  package static func initcap(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    return written([x], in: store) { row, writer in
      let span = texts[row]
      // No case mapping makes more than three times as many bytes of a text.
      guard writer.reserve(Int(span.length) &* 3) else { return .tooLong }
      let text = writer.bytes(span)
      let start = writer.count
      var (offset, isInside) = (0, false)
      while offset < text.count {
        let (value, length) = text.scalar(at: offset)
        let next = offset &+ length
        if ScalarClass.isWord(value) {
          ScalarClass.append(value, isFirst: !isInside, to: &writer)
          isInside = true
        } else {
          writer.append(scalar: value)
          isInside =
            isInside && (value == 0x27 || value == 0x2019) && next < text.count
            && ScalarClass.isWord(text.scalar(at: next).value)
        }
        offset = next
      }
      return Checked(unlessEqual(span, writer.span(from: start), &writer))
    }
  }

  /// The text without anything but letters, digits, their marks, and white space.
  ///
  /// - Parameter x: *n* texts.
  package static func removeSymbols(_ x: Column, in store: ByteStore) -> Column {
    keep(x, store) { text, offset, value in
      ScalarClass.isWord(value) || text.spaces(at: offset, below: text.count) > 0
    }
  }

  /// The text without white space (Unicode `White_Space`).
  package static func removeWhitespace(_ x: Column, in store: ByteStore) -> Column {
    keep(x, store) { text, offset, _ in text.spaces(at: offset, below: text.count) == 0 }
  }

  @inline(__always)
  private static func keep(_ x: Column, _ store: ByteStore, _ isKept: (TextBytes, Int, UInt32) -> Bool) -> Column {
    let texts = x.textOperand
    return written([x], in: store) { row, writer in
      let span = texts[row]
      guard writer.reserve(Int(span.length)) else { return .tooLong }
      let text = writer.bytes(span)
      let start = writer.count
      var offset = 0
      while offset < text.count {
        let (value, length) = text.scalar(at: offset)
        if isKept(text, offset, value) { writer.append(scalar: value) }
        offset &+= length
      }
      return Checked(unlessEqual(span, writer.span(from: start), &writer))
    }
  }

  /// Each scalar that stands in `from` replaced by the one at the same place in `to`, or left out where that has fewer.
  /// Of a scalar that stands in `from` twice the first counts.
  ///
  /// - Parameters: *n* texts each.
  /// - Source: DuckDB's and PostgreSQL's `translate`.
  package static func translate(_ x: Column, from: Column, to: Column, in store: ByteStore) -> Column {
    let (texts, sources, targets) = (x.textOperand, from.textOperand, to.textOperand)
    var table = Translation()
    return written([x, from, to], in: store) { row, writer in
      let (span, source, target) = (texts[row], sources[row], targets[row])
      table.set(source, target, writer)
      guard writer.reserve(Int(span.length) &* 4) else { return .tooLong }
      let text = writer.bytes(span)
      let start = writer.count
      var offset = 0
      while offset < text.count {
        let (value, length) = text.scalar(at: offset)
        let new = table[value]
        if new != Translation.nothing { writer.append(scalar: new) }
        offset &+= length
      }
      return Checked(unlessEqual(span, writer.span(from: start), &writer))
    }
  }

  /// `old` where the two are the same bytes, and what was written taken back.
  @inline(__always)
  static func unlessEqual(_ old: TextSpan, _ new: TextSpan, _ writer: inout TextWriter) -> TextSpan {
    guard new.length == old.length, writer.bytes(new).has(writer.bytes(old), at: 0) else { return new }
    writer.truncate(to: Int(new.offset))
    return old
  }
}

/// What `translate` makes of each scalar.
private struct Translation {
  static let nothing = UInt32.max
  private var known: (TextSpan, TextSpan)?
  /// For each ASCII scalar what it becomes, and whether `from` has it.
  private var ascii = ContiguousArray<(new: UInt32, isGiven: Bool)>(repeating: (0, false), count: 128)
  private var others: ContiguousArray<(old: UInt32, new: UInt32)> = []

  /// Takes the table from two texts, unless it was taken from them before.
  mutating func set(_ source: TextSpan, _ target: TextSpan, _ writer: borrowing TextWriter) {
    if let known, known == (source, target) { return }
    known = (source, target)
    for value in 0..<128 { ascii[value] = (UInt32(value), false) }
    others.removeAll(keepingCapacity: true)
    let (old, new) = (writer.bytes(source), writer.bytes(target))
    var (at, place) = (0, 0)
    while at < old.count {
      let (value, length) = old.scalar(at: at)
      var replacement = Self.nothing
      if place < new.count {
        let found = new.scalar(at: place)
        replacement = found.value
        place &+= found.length
      }
      at &+= length
      if value >= 128 {
        if !others.contains(where: { $0.old == value }) { others.append((value, replacement)) }
      } else if !ascii[Int(value)].isGiven {
        ascii[Int(value)] = (replacement, true)
      }
    }
  }

  subscript(value: UInt32) -> UInt32 {
    if value < 128 { return ascii[Int(value)].new }
    return others.first { $0.old == value }?.new ?? value
  }
}

/// What kind of character a scalar is, and its case.
enum ScalarClass {
  /// True for letters, digits, other numbers, and marks.
  @inline(__always)
  static func isWord(_ value: UInt32) -> Bool {
    if value < 0x80 {
      return value &- 0x30 < 10 || (value | 0x20) &- 0x61 < 26
    }
    return isWideWord(value)
  }

  private static func isWideWord(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      return true
    default: return false
    }
  }

  /// Appends a scalar in title case, or in lower case; room for three times its bytes was reserved.
  @inline(__always)
  static func append(_ value: UInt32, isFirst: Bool, to writer: inout TextWriter) {
    if value < 0x80 {
      let isLetter = (value | 0x20) &- 0x61 < 26
      writer.append(byte: UInt8(truncatingIfNeeded: isLetter ? (isFirst ? value & ~0x20 : value | 0x20) : value))
    } else {
      appendWide(value, isFirst: isFirst, to: &writer)
    }
  }

  private static func appendWide(_ value: UInt32, isFirst: Bool, to writer: inout TextWriter) {
    guard let scalar = Unicode.Scalar(value) else { return writer.append(scalar: value) }
    let properties = scalar.properties
    guard isFirst ? properties.changesWhenTitlecased : properties.changesWhenLowercased else {
      return writer.append(scalar: value)
    }
    if !isFirst, let short = CaseTable.lower[value] { return writer.append(scalar: short) }
    let mapped = isFirst ? properties.titlecaseMapping : properties.lowercaseMapping
    for scalar in mapped.unicodeScalars { writer.append(scalar: scalar.value) }
  }
}
