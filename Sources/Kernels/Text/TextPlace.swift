import Columns

extension Text {
  /// Where `part` first stands in `x`, counted in scalars from 1; 0 where it does not. The empty text stands at 1.
  ///
  /// - Parameters: *n* texts each.
  /// - Returns: *n* integers (int64).
  /// - Source: SQL's `POSITION`.
  package static func position(of part: Column, in x: Column, store: ByteStore) -> Column {
    place(part, x, store) { text, part in part.count == 0 ? 0 : text.find(part, from: 0) }
  }

  /// As `position`, for where `part` last stands. The empty text stands after the last scalar.
  package static func lastPosition(of part: Column, in x: Column, store: ByteStore) -> Column {
    place(part, x, store) { text, part in part.count == 0 ? text.count : text.findLast(part) }
  }

  @inline(__always)
  private static func place(
    _ part: Column, _ x: Column, _ store: ByteStore, _ find: (TextBytes, TextBytes) -> Int
  ) -> Column {
    let (texts, parts) = (x.textOperand, part.textOperand)
    let base = UnsafeRawPointer(store.base)
    return counted([part, x]) { row in
      let (span, mark) = (texts[row], parts[row])
      let text = TextBytes(base + Int(span.offset), Int(span.length))
      let hit = find(text, TextBytes(base + Int(mark.offset), Int(mark.length)))
      return Checked(hit < 0 ? 0 : Int64(TextBytes(text.start, hit).scalars &+ 1))
    }
  }

  /// The number of bytes of each text as UTF-8.
  ///
  /// - Parameter x: *n* texts.
  package static func octetLength(_ x: Column) -> Column {
    let texts = x.textOperand
    return counted([x]) { Checked(Int64(texts[$0].length)) }
  }

  /// The number of the first scalar. The empty text has none and fails with `.outOfRange`.
  ///
  /// - Parameter x: *n* texts.
  package static func firstScalar(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    let base = UnsafeRawPointer(store.base)
    return counted([x]) { row in
      let span = texts[row]
      if span.length == 0 { return Checked(0, true, .outOfRange) }
      return Checked(Int64(TextBytes(base + Int(span.offset), Int(span.length)).scalar(at: 0).value))
    }
  }

  /// The text of one scalar. A number that is none, half of a surrogate pair, say, fails with `.outOfRange`.
  ///
  /// - Parameter x: *n* integers.
  package static func character(_ x: Column, in store: ByteStore) -> Column {
    let numbers = x.integerOperand
    return written([x], in: store) { row, writer in
      guard let value = UInt32(exactly: numbers[row]), Unicode.Scalar(value) != nil else {
        return .fault(.outOfRange)
      }
      guard writer.reserve(4) else { return .tooLong }
      let start = writer.count
      writer.append(scalar: value)
      return Checked(writer.span(from: start))
    }
  }
}

extension TextBytes {
  /// Where `part`, which is not empty, last stands; -1 where it does not.
  ///
  /// - Complexity: O(bytes): long parts are told by a hash that rolls from the end, as in `find`.
  func findLast(_ part: TextBytes) -> Int {
    var offset = count &- part.count
    if offset < 0 { return -1 }
    if part.count <= 16 {
      while offset >= 0, !has(part, at: offset) { offset &-= 1 }
      return offset
    }
    let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
    var (wanted, window, highest): (UInt64, UInt64, UInt64) = (0, 0, 1)
    for index in (0..<part.count).reversed() {
      wanted = wanted &* factor &+ UInt64(part[index])
      window = window &* factor &+ UInt64(self[offset &+ index])
      if index > 0 { highest = highest &* factor }
    }
    while true {
      if window == wanted, has(part, at: offset) { return offset }
      if offset == 0 { return -1 }
      offset &-= 1
      window = (window &- UInt64(self[offset &+ part.count]) &* highest) &* factor &+ UInt64(self[offset])
    }
  }
}
