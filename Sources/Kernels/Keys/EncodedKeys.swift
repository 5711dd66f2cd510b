import Columns

/// The keys of some rows of one batch, each a run of whole words: two keys are equal exactly when their words are.
///
/// Made by a ``KeyEncoder``; meant to be used again for the next batch, so that nothing is allocated for it.
package struct EncodedKeys: Sendable {
  /// All keys one after the other; words past the last key are leftovers.
  package internal(set) var words: ContiguousArray<UInt64> = []
  /// Where each key begins in `words`, and where the last one ends; `count + 1` of them.
  package internal(set) var starts: ContiguousArray<UInt32> = [0]
  package internal(set) var hashes: ContiguousArray<UInt64> = []
  /// The place of each key's row in the whole input.
  package internal(set) var ordinals: ContiguousArray<Int64> = []
  /// The texts of each key while it is made.
  var spans: ContiguousArray<TextSpan> = []

  package init() {}

  package var count: Int { ordinals.count }

  /// Takes the rows that have a key, and makes room for what is one a row.
  mutating func take(_ rows: Bitmap, from origin: Int64) {
    let count = rows.population
    ordinals.resize(to: count, with: 0)
    hashes.resize(to: count, with: 0)
    starts.resize(to: count + 1, with: 0)
    ordinals.withUnsafeMutableBufferPointer { ordinals in
      var next = 0
      for (index, word) in rows.words.enumerated() {
        let base = origin &+ Int64(index &<< 6)
        var left = word
        while left != 0 {
          ordinals[next] = base &+ Int64(left.trailingZeroBitCount)
          next &+= 1
          left &= left &- 1
        }
      }
    }
  }
}

extension EncodedKeys {
  /// The words that ``placed(with:)`` adds to each key.
  package static let wordsOfPlace = 3

  /// Keys that sort by place among equal ones: each followed by its ordinal and the two words of a value. Hashes stay those
  /// of the keys alone.
  ///
  /// - Parameters:
  ///   - values: one for each key.
  ///   - descending: whether the last of equal ones sorts first.
  package func placed(with values: ContiguousArray<Int128>, descending: Bool = false) -> EncodedKeys {
    precondition(values.count == count)
    var result = EncodedKeys()
    result.hashes = hashes
    result.ordinals = ordinals
    result.starts.reserveCapacity(count + 1)
    result.words.reserveCapacity(Int(starts[count]) + count * Self.wordsOfPlace)
    for index in 0..<count {
      result.words.append(contentsOf: words[Int(starts[index])..<Int(starts[index + 1])])
      result.words.append(UInt64(bitPattern: descending ? ~ordinals[index] : ordinals[index]))
      result.words.append(UInt64(truncatingIfNeeded: values[index] >> 64))
      result.words.append(UInt64(truncatingIfNeeded: values[index]))
      result.starts.append(UInt32(truncatingIfNeeded: result.words.count))
    }
    return result
  }
}

extension ContiguousArray {
  /// Makes it `count` elements long, without giving memory back.
  mutating func resize(to count: Int, with element: Element) {
    if count < self.count {
      removeLast(self.count - count)
    } else if count > self.count {
      append(contentsOf: repeatElement(element, count: count - self.count))
    }
  }
}
