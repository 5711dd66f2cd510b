/// Sets of Unicode scalars as ascending ranges that do not touch, and how UTF-8 writes them.
enum ScalarRanges {
  static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound + 1 {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// All scalars but those of `ranges`, which ascend.
  static func inverted(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10_FFFF { result.append(next...0x10_FFFF) }
    return result
  }

  /// The UTF-8 of a range as sequences of byte ranges: a scalar is in the range exactly when its bytes are, one after the
  /// other, in the byte ranges of one sequence. Surrogates have no UTF-8.
  ///
  /// - Source: R. Cox, <https://swtch.com/~rsc/regexp/regexp3.html>, "UTF-8".
  static func sequences(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
    var result: [[ClosedRange<UInt8>]] = []
    var pending = [(low: range.lowerBound, high: range.upperBound)]
    while let (low, high) = pending.popLast() {
      if low <= 0xDFFF, high >= 0xD800 {
        if high > 0xDFFF { pending.append((0xE000, high)) }
        if low < 0xD800 { pending.append((low, 0xD7FF)) }
      } else if let last = lastBefore(low, high) {
        pending.append((last + 1, high))
        pending.append((low, last))
      } else {
        result.append(zip(encoded(low), encoded(high)).map { $0...$1 })
      }
    }
    return result
  }

  /// Where a range must be cut so that both parts are byte ranges at every place, or can be cut further; nil where it need
  /// not be.
  private static func lastBefore(_ low: UInt32, _ high: UInt32) -> UInt32? {
    for last: UInt32 in [0x7F, 0x7FF, 0xFFFF] where low <= last && last < high { return last }
    if high <= 0x7F { return nil }
    for places: UInt32 in 1..<4 {
      let mask: UInt32 = 1 << (6 * places) - 1
      guard low & ~mask != high & ~mask else { continue }
      if low & mask != 0 { return low | mask }
      if high & mask != mask { return (high & ~mask) - 1 }
    }
    return nil
  }

  private static func encoded(_ value: UInt32) -> [UInt8] {
    let tail = { (shift: UInt32) in UInt8(0x80 | value >> shift & 0x3F) }
    return switch value {
    case 0..<0x80: [UInt8(value)]
    case 0x80..<0x800: [UInt8(0xC0 | value >> 6), tail(0)]
    case 0x800..<0x1_0000: [UInt8(0xE0 | value >> 12), tail(6), tail(0)]
    default: [UInt8(0xF0 | value >> 18 & 7), tail(12), tail(6), tail(0)]
    }
  }
}
