import Columns

extension Text {
  /// The piece number `index` of each text, split at every `separator`; negative from the end; the empty text where there
  /// is no such piece. An empty separator splits into scalars.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - separator: *n* texts.
  ///   - index: *n* integers.
  /// - Returns: *n* texts, parts of `x`.
  /// - Source: DuckDB's `split_part`.
  package static func splitPart(
    _ x: Column, _ separator: Column, _ index: Column, in store: ByteStore
  ) -> Column {
    let rows = TextRows(strict: [x, separator, index])
    let (texts, separators, indices) = (x.texts, separator.texts, index.integers)
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let separatorCells = Cells(separators.span, isConstant: separator.isConstant)
    let indexCells = Cells(indices.span, isConstant: index.isConstant)
    let base = UnsafeRawPointer(store.base)
    let values = rows.texts { row in
      let (span, mark) = (cells[row], separatorCells[row])
      return piece(
        span, TextBytes(base + Int(span.offset), Int(span.length)),
        TextBytes(base + Int(mark.offset), Int(mark.length)), Int(indexCells[row]))
    }
    return rows.column(.string, values)
  }

  @inline(__always)
  private static func piece(_ span: TextSpan, _ text: TextBytes, _ separator: TextBytes, _ index: Int) -> TextSpan {
    // No text has as many pieces as bytes and one more.
    if index == 0 || index > text.count &+ 1 || index < -text.count &- 1 { return .empty }
    if separator.count == 0 {
      let position = index > 0 ? index &- 1 : text.scalars &+ index
      if position < 0 { return .empty }
      let start = text.offset(skipping: position)
      return span.part(start, text.offset(skipping: 1, from: start))
    }
    var wanted = index
    if index < 0 {
      var (pieces, hit) = (1, text.find(separator, from: 0))
      while hit >= 0 {
        pieces &+= 1
        hit = text.find(separator, from: hit &+ separator.count)
      }
      wanted = pieces &+ index &+ 1
      if wanted < 1 { return .empty }
    }
    var start = 0
    while true {
      let hit = text.find(separator, from: start)
      if wanted == 1 { return span.part(start, hit < 0 ? text.count : hit) }
      if hit < 0 { return .empty }
      start = hit &+ separator.count
      wanted &-= 1
    }
  }

  /// Each text split at `separator` into `parts` columns, of which the last keeps what is left, separators included.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - separator: Where to split; an empty one stands nowhere.
  ///   - parts: How many columns to make, at least 1.
  /// - Returns: `parts` columns of *n* texts, parts of `x`; null where a text has fewer pieces.
  package static func split(_ x: Column, separator: [UInt8], parts: Int, in store: ByteStore) -> [Column] {
    let base = UnsafeRawPointer(store.base)
    let padded = separator + [UInt8](repeating: 0, count: 8)
    return padded.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return [] }
      let mark = TextBytes(start, separator.count)
      var result: [Column] = []
      // What is left of each text after the pieces so far; null once nothing is.
      var rest = x
      for _ in 1..<max(1, parts) {
        let (piece, next) = divided(rest, mark, base)
        result.append(piece)
        rest = next
      }
      result.append(rest)
      return result
    }
  }

  /// Each text up to the first `mark`, and what follows it; null where there is no mark.
  private static func divided(_ x: Column, _ mark: TextBytes, _ base: UnsafeRawPointer) -> (Column, Column) {
    let texts = x.texts
    let rows = TextRows(strict: [x])
    let cells = Cells(texts.span, isConstant: x.isConstant)
    var rest = ContiguousArray(repeating: TextSpan.empty, count: texts.count)
    var ended = Bitmap(repeating: false, count: x.count).words
    let piece = rows.texts { row in
      let span = cells[row]
      let text = TextBytes(base + Int(span.offset), Int(span.length))
      let hit = mark.count == 0 ? -1 : text.find(mark, from: 0)
      if hit < 0 {
        ended[row &>> 6] |= 1 &<< UInt64(row & 63)
        return span
      }
      rest[row] = span.part(hit &+ mark.count, text.count)
      return span.part(0, hit)
    }
    var states = x.states
    if x.isConstant, ended.first ?? 0 != 0 { ended = ContiguousArray(repeating: .max, count: ended.count) }
    if ended.contains(where: { $0 != 0 }) { states.void(Bitmap(words: ended, count: x.count)) }
    let next = Column(.string, .texts(rest), count: x.count, isConstant: x.isConstant, states: states)
    return (rows.column(.string, piece), next)
  }
}
