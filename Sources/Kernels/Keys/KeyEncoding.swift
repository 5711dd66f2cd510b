import Columns

/// Turns the values of several columns into keys of whole words that are equal exactly when all values are.
///
/// First come the parts of fixed width: a word for each bool, integer and time, two for a decimal; then the texts, each
/// after its length (a byte; from 255 on that byte and four more); zeros fill the last word. -0 is 0 and all NaN are one.
/// Keys can be compared when their columns have the same types in the same order, decimals the same scale.
package struct KeyEncoder: Sendable {
  package enum NullPart: Sendable {
    /// A row with a part that is not present has no key.
    case leavesOut
    /// Parts that are not present are equal to each other and to nothing else, as in SQL's DISTINCT.
    case isEqual
  }

  package let hasher: KeyHasher
  package let nulls: NullPart

  package init(hasher: KeyHasher = .standard, nulls: NullPart = .leavesOut) {
    self.hasher = hasher
    self.nulls = nulls
  }

  /// Encodes the keys of `rows`.
  ///
  /// - Parameters:
  ///   - columns: *n* rows each, texts in `store`.
  ///   - rows: *n* bits: the rows to encode.
  ///   - ordinal: the place of row 0 in the whole input; the others follow it.
  ///   - keys: what it held is replaced.
  /// - Returns: the rows that have a key now: those of `rows` whose parts are all present.
  /// - Complexity: O(bytes); allocates only where `keys` must grow.
  @discardableResult
  package func encode(
    _ columns: [Column], in store: ByteStore, rows: Bitmap, from ordinal: Int64, into keys: inout EncodedKeys
  ) -> Bitmap {
    precondition(columns.allSatisfy { $0.count == rows.count })
    var taken = rows
    if nulls == .leavesOut {
      for column in columns {
        if let validity = column.validity { taken.formIntersection(validity) }
      }
    }
    keys.ordinals.removeAll(keepingCapacity: true)
    let numbers = ordinal
    taken.forEachSet { keys.ordinals.append(numbers &+ Int64($0)) }
    let parts = KeyParts(columns, in: store, marksNulls: nulls == .isEqual)
    parts.measure(from: ordinal, into: &keys)
    let starts = keys.starts
    let ordinals = keys.ordinals
    keys.words.withUnsafeMutableBufferPointer { words in
      guard let base = words.baseAddress else { return }
      parts.writeTexts(starts, ordinals, ordinal, to: base)
      parts.writeFixed(starts, ordinals, ordinal, to: base)
    }
    hash(&keys)
    return taken
  }

  private func hash(_ keys: inout EncodedKeys) {
    let count = keys.count
    if keys.hashes.count > count { keys.hashes.removeLast(keys.hashes.count - count) }
    while keys.hashes.count < count { keys.hashes.append(0) }
    let starts = keys.starts
    let words = keys.words
    keys.hashes.withUnsafeMutableBufferPointer { hashes in
      starts.withUnsafeBufferPointer { starts in
        words.withUnsafeBufferPointer { words in
          guard let base = words.baseAddress else { return }
          for index in 0..<count {
            let start = Int(starts[index])
            hashes[index] = hasher.hash(base + start, Int(starts[index + 1]) &- start)
          }
        }
      }
    }
  }
}

/// The columns of a key, told apart by how they are written.
private struct KeyParts {
  private struct Text {
    let spans: ContiguousArray<TextSpan>
    let mask: Int
    /// Where the value counts; nil: everywhere.
    let validity: Bitmap?
  }

  private var fixed: [Column] = []
  private var texts: [Text] = []
  private var marked: [Column] = []
  /// Words before the texts.
  private var fixedWords = 0
  private let store: ByteStore

  init(_ columns: [Column], in store: ByteStore, marksNulls: Bool) {
    self.store = store
    if marksNulls {
      marked = columns
      fixedWords = (columns.count + 63) >> 6
    }
    for column in columns {
      switch column.values {
      case .texts(let spans):
        texts.append(Text(spans: spans, mask: column.isConstant ? 0 : -1, validity: marksNulls ? column.validity : nil))
      case .decimals:
        fixed.append(column)
        fixedWords += 2
      case .bits, .integers, .floats:
        fixed.append(column)
        fixedWords += 1
      }
    }
  }

  @inline(__always)
  private func span(_ text: Text, _ row: Int) -> TextSpan {
    if let validity = text.validity, !validity[row] { return .empty }
    return text.spans[row & text.mask]
  }

  /// Lays the keys out: where each begins, and room for all.
  func measure(from origin: Int64, into keys: inout EncodedKeys) {
    let count = keys.ordinals.count
    keys.starts.removeAll(keepingCapacity: true)
    keys.starts.reserveCapacity(count + 1)
    var total = 0
    keys.starts.append(0)
    for index in 0..<count {
      var bytes = 7
      let row = Int(keys.ordinals[index] &- origin)
      for text in texts {
        let length = Int(span(text, row).length)
        bytes &+= length &+ (length < 255 ? 1 : 5)
      }
      total &+= fixedWords &+ bytes &>> 3
      keys.starts.append(UInt32(truncatingIfNeeded: total))
    }
    // Texts are copied in whole words and may run over the last key's end.
    let needed = total + 2
    if keys.words.count < needed {
      keys.words.append(contentsOf: repeatElement(0, count: max(needed, keys.words.count * 2) - keys.words.count))
    }
  }

  /// Writes what follows the fixed parts, from the first key to the last: a text's last word may run over into the next
  /// key, which is written after it.
  func writeTexts(
    _ starts: ContiguousArray<UInt32>, _ ordinals: ContiguousArray<Int64>, _ origin: Int64,
    to words: UnsafeMutablePointer<UInt64>
  ) {
    guard !texts.isEmpty else { return }
    let source = store.base
    for index in 0..<ordinals.count {
      let row = Int(ordinals[index] &- origin)
      var next = UnsafeMutableRawPointer(words + (Int(starts[index]) &+ fixedWords))
      for text in texts {
        let span = span(text, row)
        let length = Int(span.length)
        if length < 255 {
          next.storeBytes(of: UInt8(truncatingIfNeeded: length), as: UInt8.self)
          next += 1
        } else {
          next.storeBytes(of: 255, as: UInt8.self)
          (next + 1).storeBytes(of: span.length, as: UInt32.self)
          next += 5
        }
        let bytes = source + Int(span.offset)
        var offset = 0
        while offset < length {
          (next + offset).storeBytes(of: (bytes + offset).loadUnaligned(as: UInt64.self), as: UInt64.self)
          offset &+= 8
        }
        next += length
      }
      next.storeBytes(of: 0, as: UInt64.self)
    }
  }

  /// Writes the fixed parts, a column at a time.
  func writeFixed(
    _ starts: ContiguousArray<UInt32>, _ ordinals: ContiguousArray<Int64>, _ origin: Int64,
    to words: UnsafeMutablePointer<UInt64>
  ) {
    let loop = KeyRows(starts: starts, ordinals: ordinals, origin: origin, words: words)
    var place = 0
    if !marked.isEmpty {
      for group in stride(from: 0, to: marked.count, by: 64) {
        let columns = marked[group..<min(group + 64, marked.count)]
        loop.write(at: place) { row in
          columns.enumerated().reduce(0) { $0 | ($1.element.isPresent(row) ? 1 : 0) << UInt64($1.offset) }
        }
        place += 1
      }
    }
    for column in fixed {
      let mask = column.isConstant ? 0 : -1
      let first = place
      place += 1
      switch column.values {
      case .integers(let values): loop.write(at: first) { UInt64(bitPattern: values[$0 & mask]) }
      case .floats(let values): loop.write(at: first) { KeyParts.word(values[$0 & mask]) }
      case .bits(let values): loop.write(at: first) { values[$0] ? 1 : 0 }
      case .decimals(let values):
        loop.write(at: first) { UInt64(truncatingIfNeeded: values[$0 & mask]) }
        loop.write(at: place) { UInt64(truncatingIfNeeded: values[$0 & mask] >> 64) }
        place += 1
      case .texts: break
      }
      if !marked.isEmpty, let validity = column.validity { loop.clear(first..<place, where: validity) }
    }
  }

  /// The bits of a float, the same for equal values.
  @inline(__always)
  private static func word(_ value: Double) -> UInt64 {
    if value.isNaN { return Double.nan.bitPattern }
    return value == 0 ? 0 : value.bitPattern
  }
}

/// The loop over the rows that have a key.
private struct KeyRows {
  let starts: ContiguousArray<UInt32>
  let ordinals: ContiguousArray<Int64>
  let origin: Int64
  let words: UnsafeMutablePointer<UInt64>

  @inline(__always)
  func write(at place: Int, _ value: (Int) -> UInt64) {
    let target = words + place
    starts.withUnsafeBufferPointer { starts in
      ordinals.withUnsafeBufferPointer { ordinals in
        for index in 0..<ordinals.count {
          target[Int(starts[index])] = value(Int(ordinals[index] &- origin))
        }
      }
    }
  }

  /// Makes the words of values that are not present equal.
  func clear(_ places: Range<Int>, where validity: Bitmap) {
    for index in 0..<ordinals.count where !validity[Int(ordinals[index] &- origin)] {
      for place in places { words[Int(starts[index]) + place] = 0 }
    }
  }
}
