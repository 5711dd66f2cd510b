import CScan
import Columns

/// The texts that mean null in a column.
package struct NullTokens: Hashable, Sendable {
  fileprivate let includesEmpty: Bool
  fileprivate let others: [[UInt8]]

  package init(_ tokens: [[UInt8]] = [[]]) {
    includesEmpty = tokens.contains([])
    others = tokens.filter { !$0.isEmpty }
  }

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
    var validity = ContiguousArray<UInt64>()
    var rewritten: [Int] = []
    var spans = ContiguousArray<TextSpan>(unsafeUninitializedCapacity: rows) { buffer, count in
      count = rows
      guard let out = buffer.baseAddress else { return }
      validity = bound(column, nulls, out, &rewritten)
    }
    var failures: Failures?
    for row in rewritten {
      spans[row] = unescaped(spans[row])
      if spans[row] == .unfit {
        spans[row] = .empty
        var list = failures ?? Failures(count: rows)
        list.insert(row, .tooLong)
        failures = list
      } else if nulls.contains(store.bytes(spans[row])) {
        validity[row >> 6] &= ~(1 << UInt64(row & 63))
        spans[row] = .empty
      }
    }
    var states = States(validity: Bitmap(words: validity, count: rows))
    if states.validity?.isFull ?? true { states.validity = nil }
    states.fail(failures)
    return Column(.string, .texts(spans), count: rows, states: states)
  }

  /// Writes the bounds of a column's cells to `out`, and lists the rows whose quotes or escapes must be undone. Returns
  /// which cells are not null.
  private func bound(
    _ column: Int, _ nulls: NullTokens, _ out: UnsafeMutablePointer<TextSpan>, _ rewritten: inout [Int]
  ) -> ContiguousArray<UInt64> {
    let bytes = store.base
    // A byte that starts no field when there are no quotes: compared as 16 bits, no byte is equal to it.
    let quote = quote.map(UInt16.init) ?? .max
    let emptyIsNull = nulls.includesEmpty
    let hasTokens = !nulls.others.isEmpty
    let isFirst = column == 0
    let isLast = column == fieldCount - 1
    var words = ContiguousArray<UInt64>(repeating: 0, count: (rows + 63) >> 6)
    var row = 0
    for index in words.indices {
      var word: UInt64 = 0
      let stop = min(rows, row + 64)
      var bit: UInt64 = 1
      while row < stop {
        let ends = fieldEnds + (Int(firsts[row]) + column)
        var begin = isFirst ? starts[row] : ends[-1] &+ 1
        var end = isLast ? stops[row] : ends[0]
        var isRewritten = false
        if UInt16(bytes.load(fromByteOffset: Int(begin), as: UInt8.self)) == quote, begin < end {
          begin &+= 1
          end &-= 1
          isRewritten = hasMark(begin, end)
          if isRewritten { rewritten.append(row) }
        }
        var isPresent = begin != end || !emptyIsNull
        if hasTokens, isPresent, !isRewritten {
          isPresent = !nulls.contains(UnsafeRawBufferPointer(start: bytes + Int(begin), count: Int(end - begin)))
        }
        // An absent text is the empty span: safe to read, and equal for every source.
        out[row] = TextSpan(offset: isPresent ? begin : 0, length: isPresent ? end &- begin : 0)
        word |= isPresent ? bit : 0
        bit = bit &<< 1
        row += 1
      }
      words[index] = word
    }
    return words
  }

  private func hasMark(_ begin: UInt32, _ end: UInt32) -> Bool {
    for offset in Int(begin)..<Int(end) {
      let byte = store.base.load(fromByteOffset: offset, as: UInt8.self)
      if byte == quote || byte == escape { return true }
    }
    return false
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
