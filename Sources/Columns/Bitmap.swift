/// One bit a row, in words of 64; bits past `count` in the last word are zero.
package struct Bitmap: Hashable, Sendable {
  package private(set) var words: ContiguousArray<UInt64>
  package let count: Int

  package init(repeating bit: Bool, count: Int) {
    self.count = count
    words = ContiguousArray(repeating: bit ? .max : 0, count: (count + 63) >> 6)
    clearTail()
  }

  /// Takes over words of which bits past `count` are cleared here.
  package init(words: consuming ContiguousArray<UInt64>, count: Int) {
    precondition(words.count == (count + 63) >> 6)
    self.words = words
    self.count = count
    clearTail()
  }

  private mutating func clearTail() {
    if count & 63 != 0 { words[words.count - 1] &= (1 << UInt64(count & 63)) - 1 }
  }

  package subscript(row: Int) -> Bool {
    get { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(row & 63)
      if newValue { words[row >> 6] |= bit } else { words[row >> 6] &= ~bit }
    }
  }

  package var population: Int {
    var total = 0
    for word in words { total += word.nonzeroBitCount }
    return total
  }

  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// True when every row's bit is set.
  package var isFull: Bool { population == count }

  package mutating func formUnion(_ other: borrowing Bitmap) {
    precondition(count == other.count)
    for index in words.indices { words[index] |= other.words[index] }
  }

  package mutating func formIntersection(_ other: borrowing Bitmap) {
    precondition(count == other.count)
    for index in words.indices { words[index] &= other.words[index] }
  }

  package mutating func subtract(_ other: borrowing Bitmap) {
    precondition(count == other.count)
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  package func union(_ other: borrowing Bitmap) -> Bitmap {
    var result = self
    result.formUnion(other)
    return result
  }

  package func intersection(_ other: borrowing Bitmap) -> Bitmap {
    var result = self
    result.formIntersection(other)
    return result
  }

  package func subtracting(_ other: borrowing Bitmap) -> Bitmap {
    var result = self
    result.subtract(other)
    return result
  }

  package var inverted: Bitmap {
    var result = words
    for index in result.indices { result[index] = ~result[index] }
    return Bitmap(words: result, count: count)
  }

  /// Calls `body` with each row whose bit is set, ascending.
  @inlinable
  package func forEachSet(_ body: (Int) throws -> Void) rethrows {
    for index in words.indices {
      var word = words[index]
      while word != 0 {
        try body(index << 6 + word.trailingZeroBitCount)
        word &= word &- 1
      }
    }
  }

  /// The rows whose bit is set, ascending.
  package var rows: [Int] {
    var result: [Int] = []
    result.reserveCapacity(population)
    forEachSet { result.append($0) }
    return result
  }
}
