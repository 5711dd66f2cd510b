import Columns

extension Text {
  /// The first `count` scalars; for a negative `count` all but so many of the last.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - count: *n* integers.
  /// - Returns: *n* texts, parts of `x`.
  package static func left(_ x: Column, _ count: Column, in store: ByteStore) -> Column {
    piece(x, count, store) { text, count in (0, count >= 0 ? text.end(ofFirst: count) : text.start(ofLast: count)) }
  }

  /// The last `count` scalars; for a negative `count` all but so many of the first.
  package static func right(_ x: Column, _ count: Column, in store: ByteStore) -> Column {
    piece(x, count, store) { text, count in
      if count == .min { return (text.count, text.count) }
      return (count >= 0 ? text.start(ofLast: -count) : text.end(ofFirst: -count), text.count)
    }
  }

  @inline(__always)
  private static func piece(
    _ x: Column, _ count: Column, _ store: ByteStore, _ bounds: (TextBytes, Int) -> (Int, Int)
  ) -> Column {
    let rows = TextRows(strict: [x, count])
    let (texts, counts) = (x.textOperand, count.integerOperand)
    let base = UnsafeRawPointer(store.base)
    let values = rows.texts { row in
      let span = texts[row]
      let (start, end) = bounds(TextBytes(base + Int(span.offset), Int(span.length)), Int(counts[row]))
      return start < end ? span.part(start, end) : .empty
    }
    return rows.column(.string, values)
  }

  /// The text brought to `length` scalars: cut at the end, or filled up with `fill`, over and over, at the start or the
  /// end. Fails with `.badArgument` where there is nothing to fill up with, and with `.tooLong` past 16 MiB.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - length: *n* integers; below 1 nothing is left.
  ///   - fill: *n* texts.
  /// - Source: DuckDB's `lpad` and `rpad`.
  package static func pad(
    _ x: Column, length: Column, fill: Column, atStart: Bool, in store: ByteStore
  ) -> Column {
    let (texts, lengths, fills) = (x.textOperand, length.integerOperand, fill.textOperand)
    return written([x, length, fill], in: store) { row, writer in
      let (span, fill) = (texts[row], fills[row])
      let wanted = Int(lengths[row])
      if wanted <= 0 { return Checked(.empty) }
      let missing = wanted &- writer.bytes(span).scalars
      if missing <= 0 { return Checked(span.part(0, writer.bytes(span).offset(skipping: wanted))) }
      if fill.length == 0 { return .fault(.badArgument) }
      if missing > longestMade { return .tooLong }
      let (rounds, rest) = missing.quotientAndRemainder(dividingBy: writer.bytes(fill).scalars)
      let last = writer.bytes(fill).offset(skipping: rest)
      let total = rounds &* Int(fill.length) &+ last &+ Int(span.length)
      guard total <= longestMade, writer.reserve(total) else { return .tooLong }
      let start = writer.count
      if !atStart { writer.append(writer.bytes(span)) }
      for _ in 0..<rounds { writer.append(writer.bytes(fill)) }
      writer.append(writer.bytes(fill.part(0, last)))
      if atStart { writer.append(writer.bytes(span)) }
      return Checked(writer.span(from: start))
    }
  }

  /// The text `times` times, one after the other; nothing where that is below 1. Fails with `.tooLong` past 16 MiB.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - times: *n* integers.
  package static func `repeat`(_ x: Column, _ times: Column, in store: ByteStore) -> Column {
    let (texts, counts) = (x.textOperand, times.integerOperand)
    return written([x, times], in: store) { row, writer in
      let span = texts[row]
      let times = Int(counts[row])
      if times <= 0 || span.length == 0 { return Checked(.empty) }
      if times == 1 { return Checked(span) }
      let (total, isOver) = times.multipliedReportingOverflow(by: Int(span.length))
      guard !isOver, total <= longestMade, writer.reserve(total) else { return .tooLong }
      let start = writer.count
      for _ in 0..<times { writer.append(writer.bytes(span)) }
      return Checked(writer.span(from: start))
    }
  }

  /// The characters in the opposite order. Marks stay on their letters, and the parts of a picture together.
  ///
  /// - Parameter x: *n* texts.
  /// - Source: Unicode Standard Annex 29, grapheme clusters, for texts with scalars that can be part of one.
  package static func reverse(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    return written([x], in: store) { row, writer in
      let span = texts[row]
      let length = Int(span.length)
      if length < 2 { return Checked(span) }
      guard writer.reserve(length) else { return .tooLong }
      let text = writer.bytes(span)
      guard text.standsAlone else { return reversedClusters(span, &writer) }
      let target = writer.base + writer.count
      var offset = 0
      while offset < length {
        let size = text.scalar(at: offset).length
        (target + (length &- offset &- size)).copyMemory(from: text.start + offset, byteCount: size)
        offset &+= size
      }
      return Checked(writer.take(length))
    }
  }

  @inline(never)
  private static func reversedClusters(_ span: TextSpan, _ writer: inout TextWriter) -> Checked<TextSpan> {
    let text = writer.bytes(span)
    guard text.isUTF8 else { return Checked(span) }
    let bytes = UnsafeRawBufferPointer(start: text.start, count: text.count)
    var mirrored = String(String(decoding: bytes, as: UTF8.self).reversed())
    return mirrored.withUTF8 { new in
      guard let source = new.baseAddress, writer.reserve(new.count) else { return .tooLong }
      let start = writer.count
      writer.appendExactly(UnsafeRawPointer(source), new.count)
      return Checked(writer.span(from: start))
    }
  }
}

extension TextBytes {
  /// Where the first `wanted` scalars end.
  @inline(__always)
  func end(ofFirst wanted: Int) -> Int { wanted >= count ? count : offset(skipping: wanted) }

  /// Where the last `-wanted` scalars begin.
  @inline(__always)
  func start(ofLast wanted: Int) -> Int {
    if wanted <= -count { return 0 }
    var (offset, left) = (count, wanted)
    while left < 0, offset > 0 {
      offset = scalarStart(before: offset)
      left &+= 1
    }
    return offset
  }

  /// True where every scalar is a character of its own: Latin without combining marks, and the letters of Chinese and
  /// Japanese.
  fileprivate var standsAlone: Bool {
    var offset = 0
    while offset < count {
      if clippedWord(offset) & 0x8080_8080_8080_8080 == 0 {
        offset &+= 8
        continue
      }
      let (value, length) = scalar(at: offset)
      let isLetter = value < 0x300 || value >= 0x3400 && value < 0xA000 || value >= 0x30A0 && value < 0x3100
      if !isLetter { return false }
      offset &+= length
    }
    return true
  }
}
