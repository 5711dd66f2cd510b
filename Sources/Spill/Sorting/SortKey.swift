/// What an ``ExternalSort`` sorts: `Int64`, and `Int128` for decimals.
package protocol SortKey: FixedWidthInteger, SignedInteger, BitwiseCopyable, Sendable {}

extension Int64: SortKey {}
extension Int128: SortKey {}

/// Sorts integers byte by byte from the lowest, passing over bytes that are the same in all of them.
///
/// - Source: Knuth, TAOCP 5.2.5, algorithm R.
enum RadixSort {
  /// - Parameters:
  ///   - keys: *n* integers.
  ///   - scratch: room for *n* more.
  /// - Returns: whichever of the two holds the result.
  /// - Complexity: O(*n* · bytes that differ).
  @inline(__always)
  static func sort<Key: SortKey>(
    _ keys: UnsafeMutablePointer<Key>, _ scratch: UnsafeMutablePointer<Key>, count: Int
  ) -> UnsafeMutablePointer<Key> {
    let digits = MemoryLayout<Key>.size
    var totals = [Int](repeating: 0, count: digits * 256)
    for index in 0..<count {
      for digit in 0..<digits { totals[digit &* 256 &+ Self.digit(keys[index], digit, digits)] &+= 1 }
    }
    var from = keys
    var to = scratch
    totals.withUnsafeMutableBufferPointer { totals in
      for digit in 0..<digits where count > 0 {
        let starts = UnsafeMutableBufferPointer(rebasing: totals[(digit * 256)..<(digit * 256 + 256)])
        if starts[Self.digit(from[0], digit, digits)] == count { continue }
        var sum = 0
        for value in 0..<256 {
          let total = starts[value]
          starts[value] = sum
          sum &+= total
        }
        for index in 0..<count {
          let value = Self.digit(from[index], digit, digits)
          to[starts[value]] = from[index]
          starts[value] &+= 1
        }
        swap(&from, &to)
      }
    }
    return from
  }

  /// The highest byte with its sign turned round, so that negative numbers come first.
  @inline(__always)
  private static func digit<Key: SortKey>(_ key: Key, _ digit: Int, _ digits: Int) -> Int {
    let byte = Int(truncatingIfNeeded: key &>> Key(truncatingIfNeeded: digit &* 8)) & 0xFF
    return digit == digits &- 1 ? byte ^ 0x80 : byte
  }
}
