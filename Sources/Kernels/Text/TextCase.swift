import Columns

extension Text {
  /// The texts in lower case: Unicode's full mapping, without a language's own rules and without final sigma.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* texts; those that are in lower case already are their arguments.
  package static func lower(_ x: Column, in store: ByteStore) -> Column {
    mapCase(x, store, first: UInt8(ascii: "A"), .lower) { $0.lowercased() }
  }

  /// The texts in upper case: Unicode's full mapping, so that `ß` becomes `SS`.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* texts; those that are in upper case already are their arguments.
  package static func upper(_ x: Column, in store: ByteStore) -> Column {
    mapCase(x, store, first: UInt8(ascii: "a"), .upper) { $0.uppercased() }
  }

  /// Turns over the case of ASCII letters `first ... first + 25`, and maps other texts through `table`, or else `other`.
  @inline(__always)
  private static func mapCase(
    _ x: Column, _ store: ByteStore, first: UInt8, _ table: CaseTable, _ other: (String) -> String
  ) -> Column {
    let rows = TextRows(strict: [x])
    let texts = x.texts
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let letters = LetterRange(first: first)
    var writer = TextWriter(store)
    var faults = TextFaults(count: x.count)
    let values = rows.texts { row in
      let span = cells[row]
      let text = writer.bytes(span)
      var changing: UInt64 = 0
      var high: UInt64 = 0
      var offset = 0
      while offset < text.count {
        let word = text.clippedWord(offset)
        changing |= letters.mask(word)
        high |= word
        offset &+= 8
      }
      let isWide = high & 0x8080_8080_8080_8080 != 0
      if changing == 0, !isWide { return span }
      guard writer.reserve(text.count) else {
        faults.insert(row, .tooLong)
        return .empty
      }
      let source = writer.bytes(span)
      if isWide {
        guard let changed = table.map(source, letters, to: writer.base + writer.count) else {
          return mapRare(row, span, &writer, &faults, other)
        }
        return changed ? writer.take(source.count) : span
      }
      offset = 0
      while offset < source.count {
        let word = source.word(offset)
        writer.poke(word ^ letters.mask(word) &>> 2, at: offset)
        offset &+= 8
      }
      return writer.take(source.count)
    }
    writer.finish()
    return rows.column(.string, values, faults)
  }

  @inline(never)
  private static func mapRare(
    _ row: Int, _ span: TextSpan, _ writer: inout TextWriter, _ faults: inout TextFaults,
    _ map: (String) -> String
  ) -> TextSpan {
    let text = writer.bytes(span)
    guard text.isUTF8 else { return span }
    let bytes = UnsafeRawBufferPointer(start: text.start, count: text.count)
    var mapped = map(String(decoding: bytes, as: UTF8.self))
    return mapped.withUTF8 { new in
      guard let start = new.baseAddress else { return .empty }
      if new.count == text.count, UnsafeRawBufferPointer(new).elementsEqual(bytes) { return span }
      guard writer.reserve(new.count) else {
        faults.insert(row, .tooLong)
        return .empty
      }
      let from = writer.count
      writer.appendExactly(UnsafeRawPointer(start), new.count)
      return writer.span(from: from)
    }
  }
}

/// The letters of one case in a word of eight bytes.
struct LetterRange {
  /// What carries a letter's seven bits over 0x80 from the first letter on, and from the one after the last on.
  private let fromFirst: UInt64
  private let afterLast: UInt64

  init(first: UInt8) {
    fromFirst = UInt64(0x80 - first) * 0x0101_0101_0101_0101
    afterLast = UInt64(0x80 - first - 26) * 0x0101_0101_0101_0101
  }

  /// 0x80 in each byte that is one of the letters.
  @inline(__always)
  func mask(_ word: UInt64) -> UInt64 {
    let low = word & 0x7F7F_7F7F_7F7F_7F7F
    return ((low &+ fromFirst) ^ (low &+ afterLast)) & ~word & 0x8080_8080_8080_8080
  }
}
