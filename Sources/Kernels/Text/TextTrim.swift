import Columns

extension Text {
  /// The texts without white space (Unicode `White_Space`) at either end.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* texts, parts of the arguments.
  package static func trim(_ x: Column, in store: ByteStore) -> Column {
    let base = UnsafeRawPointer(store.base)
    return mapParts(x) { span in trimmed(span, base, leading: true, trailing: true) }
  }

  /// As `trim`, at the start only.
  package static func ltrim(_ x: Column, in store: ByteStore) -> Column {
    let base = UnsafeRawPointer(store.base)
    return mapParts(x) { span in trimmed(span, base, leading: true, trailing: false) }
  }

  /// As `trim`, at the end only.
  package static func rtrim(_ x: Column, in store: ByteStore) -> Column {
    let base = UnsafeRawPointer(store.base)
    return mapParts(x) { span in trimmed(span, base, leading: false, trailing: true) }
  }

  /// The texts without any of the scalars of `characters` at either end. An empty `characters` takes nothing away.
  ///
  /// - Parameters: *n* texts each.
  /// - Returns: *n* texts, parts of `x`.
  /// - Complexity: O(*n*), and O(scalars of `characters`) a scalar taken away that is not ASCII.
  package static func trim(_ x: Column, characters: Column, in store: ByteStore) -> Column {
    trim(x, characters, store, leading: true, trailing: true)
  }

  /// As `trim`, at the start only.
  package static func ltrim(_ x: Column, characters: Column, in store: ByteStore) -> Column {
    trim(x, characters, store, leading: true, trailing: false)
  }

  /// As `trim`, at the end only.
  package static func rtrim(_ x: Column, characters: Column, in store: ByteStore) -> Column {
    trim(x, characters, store, leading: false, trailing: true)
  }

  @inline(__always)
  private static func trim(
    _ x: Column, _ characters: Column, _ store: ByteStore, leading: Bool, trailing: Bool
  ) -> Column {
    let rows = TextRows(strict: [x, characters])
    let (texts, sets) = (x.texts, characters.texts)
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let setCells = Cells(sets.span, isConstant: characters.isConstant)
    let base = UnsafeRawPointer(store.base)
    var set = ScalarSet(TextBytes(base, 0))
    var known = TextSpan.empty
    let values = rows.texts { row in
      let span = cells[row]
      let characters = setCells[row]
      if characters != known {
        known = characters
        set = ScalarSet(TextBytes(base + Int(characters.offset), Int(characters.length)))
      }
      let text = TextBytes(base + Int(span.offset), Int(span.length))
      return set.trimmed(span, text, leading: leading, trailing: trailing)
    }
    return rows.column(.string, values)
  }

  /// True for texts that are empty or only white space.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* booleans.
  package static func isBlank(_ x: Column, in store: ByteStore) -> Column {
    let rows = TextRows(strict: [x])
    let texts = x.texts
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let base = UnsafeRawPointer(store.base)
    let values = rows.bits { row in
      let span = cells[row]
      let text = TextBytes(base + Int(span.offset), Int(span.length))
      return text.count == 0 || text.spaces(at: 0, below: text.count) > 0 && text.leadingSpaces == text.count
    }
    return rows.column(.bool, values)
  }

  /// A part of each text. Rows that are not present hold the empty text, of which the only part is itself, so that no
  /// row needs a look at its state.
  @inline(__always)
  private static func mapParts(_ x: Column, _ part: (TextSpan) -> TextSpan) -> Column {
    let texts = x.texts
    let size = texts.count
    let parts = ContiguousArray<TextSpan>(unsafeUninitializedCapacity: size) { buffer, initialized in
      texts.withUnsafeBufferPointer { source in
        for row in 0..<size { buffer.initializeElement(at: row, to: part(source[row])) }
      }
      initialized = size
    }
    return Column(.string, .texts(parts), count: x.count, isConstant: x.isConstant, states: x.states)
  }

  @inline(__always)
  private static func trimmed(
    _ span: TextSpan, _ base: UnsafeRawPointer, leading: Bool, trailing: Bool
  ) -> TextSpan {
    let count = Int(span.length)
    if count == 0 { return .empty }
    let text = TextBytes(base + Int(span.offset), count)
    // '!'…'~' at the ends, as nearly always, is no white space.
    let plain = (!leading || text[0] &- 0x21 < 0x5E) && (!trailing || text[count &- 1] &- 0x21 < 0x5E)
    return plain ? span : trimmedSlowly(span, text, leading: leading, trailing: trailing)
  }

  @inline(never)
  private static func trimmedSlowly(
    _ span: TextSpan, _ text: TextBytes, leading: Bool, trailing: Bool
  ) -> TextSpan {
    let start = leading ? text.leadingSpaces : 0
    if start == text.count { return .empty }
    let end = trailing ? text.endWithoutSpaces(from: start) : text.count
    return span.part(start, end)
  }
}

extension TextSpan {
  /// Bytes `start ..< end` of the text; the empty text where there are none.
  @inline(__always)
  func part(_ start: Int, _ end: Int) -> TextSpan {
    if start >= end { return .empty }
    return TextSpan(
      offset: offset &+ UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: end &- start))
  }
}

extension TextBytes {
  /// The length of the white space scalar that begins at `offset` and ends at or before `end`; 0 where there is none.
  ///
  /// - Source: `White_Space` in PropList.txt of Unicode 15.
  @inline(__always)
  func spaces(at offset: Int, below end: Int) -> Int {
    let byte = self[offset]
    if byte < 0x80 { return byte == 0x20 || byte &- 0x09 < 5 ? 1 : 0 }
    return wideSpaces(at: offset, below: end)
  }

  private func wideSpaces(at offset: Int, below end: Int) -> Int {
    switch self[offset] {
    case 0xC2 where offset + 2 <= end:
      return self[offset + 1] == 0x85 || self[offset + 1] == 0xA0 ? 2 : 0
    case 0xE1, 0xE2, 0xE3:
      guard offset + 3 <= end else { return 0 }
      let tail = UInt16(self[offset + 1]) << 8 | UInt16(self[offset + 2])
      switch (self[offset], tail) {
      case (0xE1, 0x9A80), (0xE2, 0x8080...0x808A), (0xE2, 0x80A8), (0xE2, 0x80A9), (0xE2, 0x80AF), (0xE2, 0x819F),
        (0xE3, 0x8080):
        return 3
      default: return 0
      }
    default: return 0
    }
  }

  /// The length of the white space at the start.
  var leadingSpaces: Int {
    var offset = 0
    while offset < count {
      let length = spaces(at: offset, below: count)
      if length == 0 { break }
      offset += length
    }
    return offset
  }

  /// Where the text ends, the white space after `start` at its end apart.
  func endWithoutSpaces(from start: Int) -> Int {
    var end = count
    while end > start {
      if self[end - 1] < 0x80 {
        if spaces(at: end - 1, below: end) == 0 { break }
        end -= 1
      } else if end - 2 >= start, spaces(at: end - 2, below: end) == 2 {
        end -= 2
      } else if end - 3 >= start, spaces(at: end - 3, below: end) == 3 {
        end -= 3
      } else {
        break
      }
    }
    return end
  }
}

/// A set of scalars: the ASCII ones as bits, the others as they came.
private struct ScalarSet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var others: [UInt32] = []

  init(_ text: TextBytes) {
    var offset = 0
    while offset < text.count {
      let (value, length) = text.scalar(at: offset)
      if value < 64 {
        low |= 1 << UInt64(value)
      } else if value < 128 {
        high |= 1 << UInt64(value - 64)
      } else {
        others.append(value)
      }
      offset += length
    }
  }

  @inline(__always)
  private func contains(_ value: UInt32) -> Bool {
    if value < 128 { return (value < 64 ? low : high) &>> UInt64(value & 63) & 1 == 1 }
    return !others.isEmpty && others.contains(value)
  }

  @inline(__always)
  func trimmed(_ span: TextSpan, _ text: TextBytes, leading: Bool, trailing: Bool) -> TextSpan {
    var start = 0
    while leading, start < text.count {
      let (value, length) = text.scalar(at: start)
      if !contains(value) { break }
      start &+= length
    }
    var end = text.count
    while trailing, end > start {
      let last = text.scalarStart(before: end)
      let (value, length) = text.scalar(at: last)
      if last &+ length != end || !contains(value) { break }
      end = last
    }
    return span.part(start, end)
  }
}
