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
    keys.take(taken, from: ordinal)
    let parts = KeyParts(columns, in: store, marksNulls: nulls == .isEqual)
    parts.gatherTexts(from: ordinal, into: &keys)
    parts.measure(&keys)
    parts.write(&keys, from: ordinal)
    hash(&keys)
    return taken
  }

  private func hash(_ keys: inout EncodedKeys) {
    let count = keys.count
    keys.hashes.withUnsafeMutableBufferPointer { hashes in
      keys.starts.withUnsafeBufferPointer { starts in
        keys.words.withUnsafeBufferPointer { words in
          guard let base = words.baseAddress else { return }
          for index in 0..<count {
            let start = Int(starts[index])
            hashes[index] = hasher.hash(base + start, Int(starts[index &+ 1]) &- start)
          }
        }
      }
    }
  }
}

/// The columns of a key, told apart by how they are written.
private struct KeyParts {
  private var fixed: [Column] = []
  private var texts: [Column] = []
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
      case .texts: texts.append(column)
      case .decimals:
        fixed.append(column)
        fixedWords += 2
      case .bits, .integers, .floats:
        fixed.append(column)
        fixedWords += 1
      }
    }
  }

  /// Puts the texts of each key side by side.
  func gatherTexts(from origin: Int64, into keys: inout EncodedKeys) {
    let stride = texts.count
    keys.spans.resize(to: keys.count * stride, with: .empty)
    keys.spans.withUnsafeMutableBufferPointer { spans in
      keys.ordinals.withUnsafeBufferPointer { ordinals in
        for (place, column) in texts.enumerated() {
          let mask = column.isConstant ? 0 : -1
          column.texts.withUnsafeBufferPointer { values in
            for index in 0..<ordinals.count {
              spans[index &* stride &+ place] = values[Int(ordinals[index] &- origin) & mask]
            }
          }
          if !marked.isEmpty, let validity = column.validity {
            for index in 0..<ordinals.count where !validity[Int(ordinals[index] &- origin)] {
              spans[index &* stride &+ place] = .empty
            }
          }
        }
      }
    }
  }

  /// Lays the keys out: where each begins, and room for all.
  func measure(_ keys: inout EncodedKeys) {
    let count = keys.count
    let stride = texts.count
    var total = 0
    keys.starts.withUnsafeMutableBufferPointer { starts in
      keys.spans.withUnsafeBufferPointer { spans in
        starts[0] = 0
        for index in 0..<count {
          var bytes = 7
          for place in 0..<stride {
            let length = Int(spans[index &* stride &+ place].length)
            bytes &+= length &+ (length < 255 ? 1 : 5)
          }
          total &+= fixedWords &+ bytes &>> 3
          starts[index &+ 1] = UInt32(truncatingIfNeeded: total)
        }
      }
    }
    // Texts are copied in whole words and may run over the last key's end.
    if keys.words.count < total + 2 { keys.words.resize(to: max(total + 2, keys.words.count * 2), with: 0) }
  }

  func write(_ keys: inout EncodedKeys, from origin: Int64) {
    keys.words.withUnsafeMutableBufferPointer { words in
      keys.starts.withUnsafeBufferPointer { starts in
        guard let words = words.baseAddress else { return }
        keys.spans.withUnsafeBufferPointer { writeTexts($0, starts, to: words) }
        keys.ordinals.withUnsafeBufferPointer { ordinals in
          writeFixed(KeyRows(starts: starts, ordinals: ordinals, origin: origin, words: words))
        }
      }
    }
  }

  /// Writes what follows the fixed parts, from the first key to the last: a text's last word may run over into the next
  /// key, which is written after it.
  private func writeTexts(
    _ spans: UnsafeBufferPointer<TextSpan>, _ starts: UnsafeBufferPointer<UInt32>,
    to words: UnsafeMutablePointer<UInt64>
  ) {
    let stride = texts.count
    guard stride > 0 else { return }
    let source = store.base
    for index in 0..<(starts.count &- 1) {
      var next = UnsafeMutableRawPointer(words + (Int(starts[index]) &+ fixedWords))
      for place in 0..<stride {
        let span = spans[index &* stride &+ place]
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
  private func writeFixed(_ loop: KeyRows) {
    var place = 0
    for group in stride(from: 0, to: marked.count, by: 64) {
      let columns = marked[group..<min(group + 64, marked.count)]
      loop.write(at: place) { row in
        columns.enumerated().reduce(0) { $0 | ($1.element.isPresent(row) ? 1 : 0) << UInt64($1.offset) }
      }
      place += 1
    }
    for column in fixed {
      let mask = column.isConstant ? 0 : -1
      let first = place
      place += 1
      switch column.values {
      case .integers(let values):
        values.withUnsafeBufferPointer { values in
          loop.write(at: first) { UInt64(bitPattern: values[$0 & mask]) }
        }
      case .floats(let values): loop.write(at: first) { Self.word(values[$0 & mask]) }
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
  let starts: UnsafeBufferPointer<UInt32>
  let ordinals: UnsafeBufferPointer<Int64>
  let origin: Int64
  let words: UnsafeMutablePointer<UInt64>

  @inline(__always)
  func write(at place: Int, _ value: (Int) -> UInt64) {
    let target = words + place
    for index in 0..<ordinals.count {
      target[Int(starts[index])] = value(Int(ordinals[index] &- origin))
    }
  }

  /// Makes the words of values that are not present equal.
  func clear(_ places: Range<Int>, where validity: Bitmap) {
    for index in 0..<ordinals.count where !validity[Int(ordinals[index] &- origin)] {
      for place in places { words[Int(starts[index]) + place] = 0 }
    }
  }
}
