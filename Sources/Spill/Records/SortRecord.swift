/// A row to be sorted, as it lies in memory and in spill files: a header word, the row's place, a hash, the words of its
/// key, and the words of its value. Valid as long as the memory that it lies in.
package struct SortRecord {
  let start: UnsafePointer<UInt64>

  @inline(__always)
  init(_ start: UnsafePointer<UInt64>) { self.start = start }

  /// Words before the key.
  package static let headWords = 3
  private static let countedBit: UInt64 = 1 << 63

  /// The word that a record begins with.
  ///
  /// - Parameter isCounted: whether the row has a value that counts; the others only want to know their group's figure.
  package static func header(key: Int, value: Int, isCounted: Bool) -> UInt64 {
    UInt64(truncatingIfNeeded: headWords &+ key &+ value) | UInt64(truncatingIfNeeded: key) &<< 32
      | (isCounted ? countedBit : 0)
  }

  /// Words of the whole record.
  var count: Int { Int(truncatingIfNeeded: start[0] & 0xFFFF_FFFF) }
  private var keyCount: Int { Int(truncatingIfNeeded: start[0] &>> 32 & 0x7FFF_FFFF) }
  package var isCounted: Bool { start[0] & Self.countedBit != 0 }
  package var ordinal: Int64 { Int64(bitPattern: start[1]) }
  package var hash: UInt64 { start[2] }
  package var key: UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: start + Self.headWords, count: keyCount)
  }
  package var value: UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: start + Self.headWords + keyCount, count: count &- Self.headWords &- keyCount)
  }

  /// By hash, which only brings equal keys near each other; by key, in any order; by value.
  @inline(__always)
  func precedes(_ other: SortRecord) -> Bool {
    if start[2] != other.start[2] { return start[2] < other.start[2] }
    if keyCount != other.keyCount { return keyCount < other.keyCount }
    let shared = min(count, other.count)
    for index in Self.headWords..<max(shared, Self.headWords) where start[index] != other.start[index] {
      return start[index] < other.start[index]
    }
    return count < other.count
  }
}
