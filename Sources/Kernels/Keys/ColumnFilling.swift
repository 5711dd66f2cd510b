import Columns

/// Fills a column row by row; rows that are given no value are null.
package struct ColumnFilling {
  private let type: DataType
  private let count: Int
  private let store: ByteStore
  private var validity: Bitmap
  private var failures: Failures?
  // The one of the type's layout has a value a row, the others none.
  private var bits: Bitmap
  private var integers: ContiguousArray<Int64> = []
  private var floats: ContiguousArray<Double> = []
  private var decimals: ContiguousArray<Int128> = []
  private var texts: ContiguousArray<TextSpan> = []
  /// The text that is being set.
  private var bytes: ContiguousArray<UInt8> = []

  /// - Parameter store: takes the texts.
  package init(_ type: DataType, count: Int, in store: ByteStore) {
    self.type = type
    self.count = count
    self.store = store
    validity = Bitmap(repeating: false, count: count)
    bits = Bitmap(repeating: false, count: type.layout == .bits ? count : 0)
    switch type.layout {
    case .bits: break
    case .integers: integers = ContiguousArray(repeating: 0, count: count)
    case .floats: floats = ContiguousArray(repeating: 0, count: count)
    case .decimals: decimals = ContiguousArray(repeating: 0, count: count)
    case .texts: texts = ContiguousArray(repeating: .empty, count: count)
    }
  }

  /// Gives a row a value of the column's type, from its ``OrderedWords``.
  package mutating func set(_ row: Int, _ words: UnsafeBufferPointer<UInt64>) {
    guard words.count >= (type.layout == .decimals ? 2 : 1) else { return }
    validity[row] = true
    switch type.layout {
    case .bits: bits[row] = words[0] != 0
    case .integers: integers[row] = OrderedWords.integer(words[0])
    case .floats: floats[row] = SortKeys.double(OrderedWords.integer(words[0]))
    case .decimals: decimals[row] = OrderedWords.decimal(words[0], words[1])
    case .texts:
      bytes.removeAll(keepingCapacity: true)
      OrderedWords.append(words, to: &bytes)
      setText(row)
    }
  }

  /// Gives a row the value of a constant of the column's type.
  package mutating func set(_ row: Int, _ constant: Constant) {
    validity[row] = !constant.isNull
    switch constant.value {
    case .null: break
    case .bool(let value): bits[row] = value
    case .integer(let value): integers[row] = value
    case .float(let value): floats[row] = Double(bitPattern: value)
    case .decimal(let value): decimals[row] = value
    case .text(let value):
      bytes = ContiguousArray(value)
      setText(row)
    }
  }

  /// Gives rows the values of other rows of a column of the same type: `sources` says which, −1 none.
  ///
  /// - Parameter other: where that column's texts stand; each is copied once.
  package mutating func pick(_ column: Column, _ sources: ContiguousArray<Int32>, in other: ByteStore) {
    var copied: [Int32: TextSpan] = [:]
    let validities = column.validity
    for row in 0..<count {
      let source = Int(sources[row])
      guard source >= 0, validities?[source] ?? true else { continue }
      validity[row] = true
      switch column.values {
      case .bits(let values): bits[row] = values[source]
      case .integers(let values): integers[row] = values[source]
      case .floats(let values): floats[row] = values[source]
      case .decimals(let values): decimals[row] = values[source]
      case .texts(let spans):
        if let span = copied[sources[row]] {
          texts[row] = span
        } else {
          bytes = ContiguousArray(other.bytes(spans[source]))
          setText(row)
          copied[sources[row]] = texts[row]
        }
      }
    }
  }

  private mutating func setText(_ row: Int) {
    let store = store
    if let span = bytes.withUnsafeBytes({ store.append($0) }) {
      texts[row] = span
    } else {
      validity[row] = false
      var failures = self.failures ?? Failures(count: count)
      failures.insert(row, .tooLong)
      self.failures = failures
    }
  }

  package consuming func column() -> Column {
    let values: Values =
      switch type.layout {
      case .bits: .bits(bits)
      case .integers: .integers(integers)
      case .floats: .floats(floats)
      case .decimals: .decimals(decimals)
      case .texts: .texts(texts)
      }
    return Column(
      type, values, count: count, states: States(validity: validity.isFull ? nil : validity, failures: failures))
  }
}
