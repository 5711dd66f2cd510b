/// Short numbers read from one or two words. All of these may read up to eight bytes past the text, which a
/// ``ByteStore`` allows.
enum Digits {
  /// `-?digits` of up to 16 digits; nil for anything else, which may yet be an integer.
  @inline(__always)
  static func integer(_ start: UnsafeRawPointer, _ length: Int) -> Int64? {
    var word = start.loadUnaligned(as: UInt64.self)
    var length = length
    var start = start
    let isNegative = UInt8(truncatingIfNeeded: word) == UInt8(ascii: "-")
    if isNegative {
      start += 1
      length -= 1
      word = start.loadUnaligned(as: UInt64.self)
    }
    guard length > 0, length <= 16 else { return nil }
    var value: Int64
    if length <= 8 {
      guard let short = eight(word, length) else { return nil }
      value = Int64(short)
    } else {
      let last = (start + length - 8).loadUnaligned(as: UInt64.self)
      guard let high = eight(word, length - 8), let low = eight(last, 8) else { return nil }
      value = Int64(high) &* 100_000_000 &+ Int64(low)
    }
    if isNegative { value = -value }
    return value
  }

  /// `-?digits(.digits)?` of up to eight characters after the sign: all its digits, and how many followed the point.
  @inline(__always)
  static func decimal(_ start: UnsafeRawPointer, _ length: Int) -> (digits: Int64, fraction: Int)? {
    var word = start.loadUnaligned(as: UInt64.self)
    var length = length
    let isNegative = UInt8(truncatingIfNeeded: word) == UInt8(ascii: "-")
    if isNegative {
      length -= 1
      word = (start + 1).loadUnaligned(as: UInt64.self)
    }
    guard length > 0, length <= 8 else { return nil }
    let differences = word ^ 0x2E2E_2E2E_2E2E_2E2E
    let points = (differences &- 0x0101_0101_0101_0101) & ~differences & 0x8080_8080_8080_8080
    let point = points.trailingZeroBitCount >> 3
    var fraction = 0
    if point < length {
      fraction = length - 1 - point
      guard point > 0, fraction > 0 else { return nil }
      let before = (1 &<< UInt64(point &* 8)) &- (1 as UInt64)
      word = (word & before) | ((word &>> 8) & ~before)
      length -= 1
    }
    guard let digits = eight(word, length) else { return nil }
    return (isNegative ? -Int64(digits) : Int64(digits), fraction)
  }

  /// The first `length` (1 … 8) bytes of `word` as a number; nil unless all are digits.
  ///
  /// Source: D. Lemire, "Quickly parsing eight digits", <https://lemire.me/blog/2022/01/21/swar-explained-parsing-eight-digits/>.
  @inline(__always)
  static func eight(_ word: UInt64, _ length: Int) -> UInt32? {
    let digits = (word ^ 0x3030_3030_3030_3030) &<< UInt64(64 &- length &* 8)
    guard ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080 == 0 else { return nil }
    let pairs = digits &* 10 &+ (digits &>> 8)
    let mask: UInt64 = 0x0000_00FF_0000_00FF
    let upper = (pairs & mask) &* 0x000F_4240_0000_0064
    let lower = ((pairs &>> 16) & mask) &* 0x0000_2710_0000_0001
    return UInt32(truncatingIfNeeded: (upper &+ lower) &>> 32)
  }

  @inline(__always)
  static func bool(_ start: UnsafeRawPointer, _ length: Int) -> Bool? {
    guard length > 0, length <= 5 else { return nil }
    let word = start.loadUnaligned(as: UInt64.self) & ((1 &<< UInt64(length &* 8)) &- 1)
    if word == 0x31 { return true }
    if word == 0x30 { return false }
    // Setting bit 5 turns only letters into these letters.
    switch word | (0x2020_2020_2020_2020 & ((1 &<< UInt64(length &* 8)) &- 1)) {
    case 0x65_7572_74, 0x74, 0x7365_79, 0x79: return true
    case 0x65_736C_6166, 0x66, 0x6F6E, 0x6E: return false
    default: return nil
    }
  }
}
