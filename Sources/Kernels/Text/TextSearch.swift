import Columns

extension Text {
  /// True where `x` begins with `part`; every text begins with the empty one.
  ///
  /// - Parameters: *n* texts each.
  /// - Returns: *n* booleans.
  package static func startsWith(_ x: Column, _ part: Column, in store: ByteStore) -> Column {
    test(x, part, store) { text, part in text.has(part, at: 0) }
  }

  /// True where `x` ends with `part`; every text ends with the empty one.
  package static func endsWith(_ x: Column, _ part: Column, in store: ByteStore) -> Column {
    test(x, part, store) { text, part in text.has(part, at: text.count &- part.count) }
  }

  /// True where `part` stands anywhere in `x`; every text contains the empty one.
  package static func contains(_ x: Column, _ part: Column, in store: ByteStore) -> Column {
    test(x, part, store) { text, part in part.count == 0 || text.find(part, from: 0) >= 0 }
  }

  @inline(__always)
  private static func test(
    _ x: Column, _ part: Column, _ store: ByteStore, _ holds: (TextBytes, TextBytes) -> Bool
  ) -> Column {
    let rows = TextRows(strict: [x, part])
    let (texts, parts) = (x.texts, part.texts)
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let partCells = Cells(parts.span, isConstant: part.isConstant)
    let base = UnsafeRawPointer(store.base)
    let values = rows.bits { row in
      let (span, partSpan) = (cells[row], partCells[row])
      return holds(
        TextBytes(base + Int(span.offset), Int(span.length)),
        TextBytes(base + Int(partSpan.offset), Int(partSpan.length)))
    }
    return rows.column(.bool, values)
  }

  /// The texts with every `old` in them, from left to right, replaced by `new`. An empty `old` stands nowhere.
  ///
  /// - Parameters: *n* texts each.
  /// - Returns: *n* texts; those without `old` are their arguments.
  package static func replace(_ x: Column, _ old: Column, _ new: Column, in store: ByteStore) -> Column {
    let rows = TextRows(strict: [x, old, new])
    let (texts, olds, news) = (x.texts, old.texts, new.texts)
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let oldCells = Cells(olds.span, isConstant: old.isConstant)
    let newCells = Cells(news.span, isConstant: new.isConstant)
    var writer = TextWriter(store)
    var faults = TextFaults(count: x.count)
    let values = rows.texts { row in
      let (span, oldSpan) = (cells[row], oldCells[row])
      if oldSpan.length == 0 { return span }
      let first = writer.bytes(span).find(writer.bytes(oldSpan), from: 0)
      if first < 0 { return span }
      guard let result = replaced(span, oldSpan, newCells[row], first: first, &writer) else {
        faults.insert(row, .tooLong)
        return .empty
      }
      return result
    }
    writer.finish()
    return rows.column(.string, values, faults)
  }

  /// `x` with each `old` replaced, of which the first stands at `first`; nil when the store has no room.
  private static func replaced(
    _ x: TextSpan, _ old: TextSpan, _ new: TextSpan, first: Int, _ writer: inout TextWriter
  ) -> TextSpan? {
    let size = Int(old.length)
    var hits = 0
    var hit = first
    while hit >= 0 {
      hits += 1
      hit = writer.bytes(x).find(writer.bytes(old), from: hit + size)
    }
    // Counts and lengths are below 2³², so that the product fits.
    guard writer.reserve(Int(x.length) + hits * (Int(new.length) - size)) else { return nil }
    let start = writer.count
    let (text, part, replacement) = (writer.bytes(x), writer.bytes(old), writer.bytes(new))
    var done = 0
    hit = first
    while hit >= 0 {
      writer.append(TextBytes(text.start + done, hit - done))
      writer.append(replacement)
      done = hit + size
      hit = text.find(part, from: done)
    }
    writer.append(text.suffix(from: done))
    return writer.count == start ? .empty : writer.span(from: start)
  }
}
