import Columns

/// Values as runs of words whose order, word by word, is the order of the values: NaN last, -0 as 0, texts by their bytes.
/// No run is the beginning of another of the same type.
package enum OrderedWords {
  private static let sign: UInt64 = 1 << 63

  /// How many words the value of a row takes.
  @inline(__always)
  package static func size(_ column: Column, _ row: Int) -> Int {
    switch column.values {
    case .bits, .integers, .floats: 1
    case .decimals: 2
    case .texts(let spans): Int(spans[column.isConstant ? 0 : row].length) / 7 + 1
    }
  }

  /// Writes the value of a row, which is present.
  package static func write(
    _ column: Column, _ row: Int, in store: ByteStore, to target: UnsafeMutablePointer<UInt64>
  ) {
    let row = column.isConstant ? 0 : row
    switch column.values {
    case .bits(let bits): target[0] = bits[row] ? 1 : 0
    case .integers(let values): target[0] = UInt64(bitPattern: values[row]) ^ sign
    case .floats(let values): target[0] = UInt64(bitPattern: SortKeys.key(values[row])) ^ sign
    case .decimals(let values):
      target[0] = UInt64(truncatingIfNeeded: values[row] >> 64) ^ sign
      target[1] = UInt64(truncatingIfNeeded: values[row])
    case .texts(let spans): write(store.bytes(spans[row]), to: target)
    }
  }

  /// Seven bytes a word, above a byte that says how many of them are the text's, or 8 where more follow.
  private static func write(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutablePointer<UInt64>) {
    let words = bytes.count / 7 + 1
    for index in 0..<words {
      let start = index * 7
      let end = min(start + 7, bytes.count)
      var word: UInt64 = 0
      for place in start..<end { word |= UInt64(bytes[place]) << UInt64(56 - 8 * (place - start)) }
      target[index] = word | (index == words - 1 ? UInt64(end - start) : 8)
    }
  }

  /// The bytes of a text.
  static func append(_ words: UnsafeBufferPointer<UInt64>, to bytes: inout ContiguousArray<UInt8>) {
    for word in words {
      let marker = Int(word & 0xFF)
      for place in 0..<min(marker, 7) { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * place))) }
    }
  }

  static func integer(_ word: UInt64) -> Int64 { Int64(bitPattern: word ^ sign) }
  static func decimal(_ high: UInt64, _ low: UInt64) -> Int128 {
    Int128(Int64(bitPattern: high ^ sign)) << 64 | Int128(low)
  }
}

extension Constant {
  /// The ``OrderedWords`` of the value; none for null.
  package var orderedWords: ContiguousArray<UInt64> {
    guard !isNull else { return [] }
    let store = ByteStore(capacity: (text?.count ?? 0) + 64)
    let column = column(count: 1, in: store)
    guard column.isPresent(0) else { return [] }
    return ContiguousArray(unsafeUninitializedCapacity: OrderedWords.size(column, 0)) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      OrderedWords.write(column, 0, in: store, to: base)
      count = OrderedWords.size(column, 0)
    }
  }
}
