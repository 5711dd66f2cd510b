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
    guard magnitude <= UInt128(UInt64.max), scale <= 8 else {
      return length + wide(magnitude, scale: scale, at: start + length)
    }
    let narrow = UInt64(truncatingIfNeeded: magnitude)
    if scale == 0 { return length + write(narrow, at: start + length) }
    let unit = UInt64(truncatingIfNeeded: PowersOfTen.signed(scale))
    let (whole, fraction) = narrow.quotientAndRemainder(dividingBy: unit)
    length += write(whole, at: start + length)
    start.storeBytes(of: UInt8(ascii: "."), toByteOffset: length, as: UInt8.self)
    let digits = digits(UInt32(truncatingIfNeeded: fraction)) | 0x3030_3030_3030_3030
    start.storeBytes(of: digits &>> UInt64((8 - scale) * 8), toByteOffset: length + 1, as: UInt64.self)
    return length + 1 + scale
  }

  @inline(never)
  private static func wide(_ magnitude: UInt128, scale: Int, at start: UnsafeMutableRawPointer) -> Int {
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

/// Floats. A decimal of at most 15 digits (6 for `float32`) that is nearest to a float is its only such decimal, hence
/// its shortest text: where a few divisions find one, no search is needed.
enum FloatFormat {
  @inline(__always)
  static func double(_ value: Double, at start: UnsafeMutableRawPointer) -> Int {
    let magnitude = value.magnitude
    guard magnitude >= 1e-4, magnitude < 1e11 else { return slow(value, at: start) }
    let scaled = Int64(magnitude * 1e4 + 0.5)
    guard Double(scaled) / 1e4 == magnitude else { return tenPlaces(value, at: start) }
    var length = 0
    if value < 0 {
      start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
      length = 1
    }
    return length + fourPlaces(UInt64(scaled), at: start + length)
  }

  @inline(never)
  static func single(_ value: Double, at start: UnsafeMutableRawPointer) -> Int {
    let magnitude = Float(value).magnitude
    guard magnitude >= 1e-4, magnitude < 1e2 else { return copy(Float(value).description, value.isNaN, at: start) }
    let scaled = Int64(magnitude * 1e4 + 0.5)
    guard scaled < 1_000_000, Float(scaled) / 1e4 == magnitude else {
      return copy(Float(value).description, false, at: start)
    }
    start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
    let length = value < 0 ? 1 : 0
    return length + fourPlaces(UInt64(scaled), at: start + length)
  }

  /// `scaled` / 10⁴ with one to four digits after the point.
  @inline(__always)
  private static func fourPlaces(_ scaled: UInt64, at start: UnsafeMutableRawPointer) -> Int {
    let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: 10_000)
    let length = NumberFormat.write(whole, at: start)
    start.storeBytes(of: UInt8(ascii: "."), toByteOffset: length, as: UInt8.self)
    let digits = UInt32(truncatingIfNeeded: NumberFormat.digits(UInt32(truncatingIfNeeded: fraction)) &>> 32)
    start.storeBytes(of: digits | 0x3030_3030, toByteOffset: length + 1, as: UInt32.self)
    return length + 1 + max(1, 4 - digits.leadingZeroBitCount >> 3)
  }

  @inline(never)
  private static func tenPlaces(_ value: Double, at start: UnsafeMutableRawPointer) -> Int {
    let magnitude = value.magnitude
    guard magnitude < 1e5 else { return slow(value, at: start) }
    let scaled = Int64(magnitude * 1e10 + 0.5)
    guard Double(scaled) / 1e10 == magnitude else { return slow(value, at: start) }
    start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
    var length = value < 0 ? 1 : 0
    let (whole, fraction) = UInt64(scaled).quotientAndRemainder(dividingBy: 10_000_000_000)
    length += NumberFormat.write(whole, at: start + length)
    start.storeBytes(of: UInt8(ascii: "."), toByteOffset: length, as: UInt8.self)
    // Ten digits as two and eight; the eight zeros written after them are cut below.
    let (high, low) = fraction.quotientAndRemainder(dividingBy: 100_000_000)
    let two = NumberFormat.digits(UInt32(truncatingIfNeeded: high)) | 0x3030_3030_3030_3030
    start.storeBytes(of: UInt16(truncatingIfNeeded: two &>> 48), toByteOffset: length + 1, as: UInt16.self)
    NumberFormat.eight(UInt32(truncatingIfNeeded: low), at: start + length + 3)
    var end = length + 11
    while end > length + 2, start.load(fromByteOffset: end - 1, as: UInt8.self) == UInt8(ascii: "0") { end -= 1 }
    return end
  }

  @inline(never)
  private static func slow(_ value: Double, at start: UnsafeMutableRawPointer) -> Int {
    copy(value.description, value.isNaN, at: start)
  }

  private static func copy(_ text: String, _ isNaN: Bool, at start: UnsafeMutableRawPointer) -> Int {
    var text = isNaN ? "nan" : text
    return text.withUTF8 { bytes in
      guard let source = bytes.baseAddress else { return 0 }
      start.copyMemory(from: source, byteCount: bytes.count)
      return bytes.count
    }
  }
}
