import Columns

extension Text {
  /// The number of Unicode scalars.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* integers (int64).
  package static func length(_ x: Column, in store: ByteStore) -> Column {
    let rows = TextRows(strict: [x])
    let texts = x.texts
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let base = UnsafeRawPointer(store.base)
    let values = rows.integers { row in
      let span = cells[row]
      return Int64(TextBytes(base + Int(span.offset), Int(span.length)).scalars)
    }
    return rows.column(.int64, values)
  }

  /// The scalars from position `from`, as many as `length` says, or all that follow.
  ///
  /// A negative `from` counts from the end; 0 is the place before the first. A negative `length` takes the scalars
  /// before `from`. Positions outside the text hold nothing, so that `substring('abc', 0, 2)` is `a`.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - from: *n* integers.
  ///   - length: *n* integers, or nil.
  /// - Returns: *n* texts, parts of `x`.
  /// - Source: DuckDB's `substring`, which differs only in that it refuses numbers past 32 bits.
  package static func substring(_ x: Column, from: Column, length: Column?, in store: ByteStore) -> Column {
    let rows = TextRows(strict: [x, from] + (length.map { [$0] } ?? []))
    let (texts, starts) = (x.texts, from.integers)
    let lengths = length?.integers ?? [.max]
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let startCells = Cells(starts.span, isConstant: from.isConstant)
    let lengthCells = Cells(lengths.span, isConstant: length?.isConstant ?? true)
    let base = UnsafeRawPointer(store.base)
    let values = rows.texts { row in
      let span = cells[row]
      let text = TextBytes(base + Int(span.offset), Int(span.length))
      var start = Int(startCells[row])
      let extent = Int(lengthCells[row])
      if start < 0 { start &+= text.scalars &+ 1 }
      let (sum, overflows) = start.addingReportingOverflow(extent)
      let other = overflows ? (extent < 0 ? .min : .max) : sum
      let lower = max(min(start, other), 1)
      let upper = max(start, other)
      if lower >= upper { return .empty }
      let first = text.offset(skipping: lower &- 1)
      // A scalar takes a byte at least: what asks for more scalars than bytes are left asks for all.
      let end = upper &- lower >= text.count &- first ? text.count : text.offset(skipping: upper &- lower, from: first)
      return span.part(first, end)
    }
    return rows.column(.string, values)
  }
}
