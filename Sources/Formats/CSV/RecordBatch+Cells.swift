import CScan
import Columns
import Glibc

/// The texts that mean null in a column.
package struct NullTokens: Hashable, Sendable {
  fileprivate let includesEmpty: Bool
  fileprivate let others: [[UInt8]]

  package init(_ tokens: [[UInt8]] = [[]]) {
    includesEmpty = tokens.contains([])
    others = tokens.filter { !$0.isEmpty }
  }

  fileprivate var hasOthers: Bool { !others.isEmpty }

  fileprivate func contains(_ cell: UnsafeRawBufferPointer) -> Bool {
    others.contains { token in token.count == cell.count && token.elementsEqual(cell) }
  }
}

extension RecordBatch {
  /// One field of every row as texts, without the quotes around them.
  ///
  /// - Parameters:
  ///   - column: the field, from 0, below `fieldCount`.
  ///   - nulls: the texts, quoted or not, that become null.
  /// - Returns: `rows` spans into the store; a field with doubled quotes or escapes is rewritten at the store's end. One
  ///   that no longer fits there fails with `tooLong`.
  /// - Complexity: O(rows) where no quote is doubled; allocates the result only.
  package func cells(_ column: Int, nulls: NullTokens = NullTokens()) -> Column {
    precondition(column >= 0 && column < fieldCount || rows == 0)
    var validity = ContiguousArray<UInt64>(repeating: 0, count: (rows + 63) >> 6)
    var quoted = 0
    var spans = ContiguousArray<TextSpan>(unsafeUninitializedCapacity: rows) { spans, count in
      count = rows
      quoted = bound(column, nulls, spans, &validity)
    }
    var failures: Failures?
    for index in 0..<quoted {
      let row = Int(quotedRows[index])
      guard hasMark(spans[row]) else { continue }
      spans[row] = unescaped(spans[row])
      if spans[row] == .unfit {
        spans[row] = .empty
        var list = failures ?? Failures(count: rows)
        list.insert(row, .tooLong)
        failures = list
      }
    }
    if nulls.hasOthers {
      for row in 0..<rows where nulls.contains(store.bytes(spans[row])) {
        validity[row >> 6] &= ~(1 << UInt64(row & 63))
        spans[row] = .empty
      }
    }
    let present = Bitmap(words: validity, count: rows)
    var states = States(validity: present.isFull ? nil : present)
    states.fail(failures)
    return Column(.string, .texts(spans), count: rows, states: states)
  }

  /// False where no field of the column has quotes: each is then the text itself.
  package func mayHaveQuotes(_ column: Int) -> Bool { quotedColumns?[column] ?? true }

  /// Writes the bounds of a column's cells to `spans`, and which are not null to `validity`; lists quoted ones in
  /// `quotedRows`, and returns their number.
  private func bound(
    _ column: Int, _ nulls: NullTokens, _ spans: UnsafeMutableBufferPointer<TextSpan>,
    _ validity: inout ContiguousArray<UInt64>
  ) -> Int {
    var rows = brew_rows(
      bytes: store.base.bytes(at: 0), field_ends: fieldEnds, starts: starts, firsts: firsts, stops: stops,
      count: rows, columns: fieldCount)
    let mark = mayHaveQuotes(column) ? quote.map(UInt32.init) ?? 256 : 256
    let out = UnsafeMutableRawBufferPointer(spans).bindMemory(to: brew_span.self)
    return validity.withUnsafeMutableBufferPointer { validity in
      brew_csv_cells(
        &rows, column, mark, nulls.includesEmpty ? 1 : 0, out.baseAddress,
        validity.baseAddress, quotedRows)
    }
  }

  private func hasMark(_ span: TextSpan) -> Bool {
    let bytes = store.base + Int(span.offset)
    func has(_ mark: UInt8?) -> Bool {
      mark.map { memchr(bytes, Int32($0), Int(span.length)) != nil } ?? false
    }
    return has(quote) || has(escape)
  }

  /// A copy of the text in the store with each pair of quotes as one, and each escaped byte as itself.
  private func unescaped(_ span: TextSpan) -> TextSpan {
    let length = Int(span.length)
    guard store.reserve(length) else { return .unfit }
    let source = store.base + Int(span.offset)
    let start = store.count
    let target = store.base + start
    var written = 0
    var index = 0
    while index < length {
      let byte = source.load(fromByteOffset: index, as: UInt8.self)
      if index + 1 < length, byte == escape || byte == quote { index += 1 }
      target.storeBytes(of: source.load(fromByteOffset: index, as: UInt8.self), toByteOffset: written, as: UInt8.self)
      written += 1
      index += 1
    }
    store.advance(by: written)
    return TextSpan(offset: UInt32(start), length: UInt32(written))
  }
}

extension TextSpan {
  fileprivate static let unfit = TextSpan(offset: .max, length: .max)
}
