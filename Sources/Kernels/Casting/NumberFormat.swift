import Columns

/// Digits of integers and decimals, eight at a time. Every writer may touch eight bytes past what it gives back.
enum NumberFormat {
  @inline(__always)
  static func write(_ value: Int64, at start: UnsafeMutableRawPointer) -> Int {
    if value >= 0 { return write(value.magnitude, at: start) }
    start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
    return 1 + write(value.magnitude, at: start + 1)
  }

  @inline(__always)
  static func write(_ value: UInt64, at start: UnsafeMutableRawPointer) -> Int {
    if value < 100_000_000 { return short(UInt32(truncatingIfNeeded: value), at: start) }
    return long(value, at: start)
  }

  @inline(never)
  private static func long(_ value: UInt64, at start: UnsafeMutableRawPointer) -> Int {
    let (upper, low) = value.quotientAndRemainder(dividingBy: 100_000_000)
    let length: Int
    if upper < 100_000_000 {
      length = short(UInt32(truncatingIfNeeded: upper), at: start)
    } else {
      let (high, middle) = upper.quotientAndRemainder(dividingBy: 100_000_000)
      length = short(UInt32(truncatingIfNeeded: high), at: start) + 8
      eight(UInt32(truncatingIfNeeded: middle), at: start + length - 8)
    }
    eight(UInt32(truncatingIfNeeded: low), at: start + length)
    return length + 8
  }

  /// `value` below 10⁸ without leading zeros.
  @inline(__always)
  static func short(_ value: UInt32, at start: UnsafeMutableRawPointer) -> Int {
    let digits = digits(value)
    let leading = (digits | 1 << 56).trailingZeroBitCount >> 3
    let word = (digits | 0x3030_3030_3030_3030) &>> UInt64(leading &* 8)
    start.storeBytes(of: word, as: UInt64.self)
    return 8 - leading
  }

  @inline(__always)
  static func eight(_ value: UInt32, at start: UnsafeMutableRawPointer) {
    start.storeBytes(of: digits(value) | 0x3030_3030_3030_3030, as: UInt64.self)
  }

  /// The eight digits of a number below 10⁸, the first in the lowest byte; divisions by multiplying with reciprocals.
  @inline(__always)
  static func digits(_ value: UInt32) -> UInt64 {
    let (high, low) = value.quotientAndRemainder(dividingBy: 10_000)
    let fours = UInt64(high) | UInt64(low) << 32
    let hundreds = ((fours &* 10_486) &>> 20) & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) &<< 16
    let tens = ((twos &* 103) &>> 10) & 0x000F_000F_000F_000F
    return tens | (twos &- tens &* 10) &<< 8
  }

  /// An unscaled decimal with `scale` digits after the point.
  @inline(__always)
  static func write(_ value: Int128, scale: Int, at start: UnsafeMutableRawPointer) -> Int {
    var length = 0
    if value < 0 {
      start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
      length = 1
    }
    let magnitude = value.magnitude
    guard magnitude < 100_000_000, scale > 0, scale <= 7 else {
      return length + wide(magnitude, scale: scale, at: start + length)
    }
    return length + pointed(digits(UInt32(truncatingIfNeeded: magnitude)), scale: scale, at: start + length)
  }

  /// Eight digits, of which the last `scale` (1 … 7) stand after a point, without leading zeros before it but one.
  @inline(__always)
  static func pointed(_ digits: UInt64, scale: Int, at start: UnsafeMutableRawPointer) -> Int {
    let leading = min((digits | 1 << 56).trailingZeroBitCount >> 3, 7 &- scale)
    let text = digits | 0x3030_3030_3030_3030
    start.storeBytes(of: text &>> UInt64(leading &* 8), as: UInt64.self)
    let length = 8 &- scale &- leading
    start.storeBytes(of: UInt8(ascii: "."), toByteOffset: length, as: UInt8.self)
    start.storeBytes(of: text &>> UInt64((8 &- scale) &* 8), toByteOffset: length &+ 1, as: UInt64.self)
    return 9 &- leading
  }

  @inline(never)
  private static func wide(_ magnitude: UInt128, scale: Int, at start: UnsafeMutableRawPointer) -> Int {
    if scale == 0, let narrow = UInt64(exactly: magnitude) { return write(narrow, at: start) }
    let (whole, fraction) = magnitude.quotientAndRemainder(dividingBy: PowersOfTen.unsigned(scale))
    var digits = 1
    while digits <= 38, whole >= PowersOfTen.unsigned(digits) { digits += 1 }
    pad(whole, digits, at: start)
    if scale == 0 { return digits }
    start.storeBytes(of: UInt8(ascii: "."), toByteOffset: digits, as: UInt8.self)
    pad(fraction, scale, at: start + digits + 1)
    return digits + 1 + scale
  }

  /// The last `count` digits of `value`.
  private static func pad(_ value: UInt128, _ count: Int, at start: UnsafeMutableRawPointer) {
    var rest = value
    var at = count
    while at > 0 {
      let (upper, group) = rest.quotientAndRemainder(dividingBy: 10_000_000_000_000_000_000)
      var low = UInt64(truncatingIfNeeded: group)
      for _ in 0..<min(19, at) {
        at -= 1
        start.storeBytes(of: UInt8(ascii: "0") + UInt8(low % 10), toByteOffset: at, as: UInt8.self)
        low /= 10
      }
      rest = upper
    }
  }
}
