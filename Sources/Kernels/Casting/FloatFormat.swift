/// Floats. A decimal of at most 15 digits (6 for `float32`) that is nearest to a float is its only such decimal, hence
/// its shortest text: where a few divisions find one, no search is needed.
enum FloatFormat {
  @inline(__always)
  static func double(_ value: Double, at start: UnsafeMutableRawPointer) -> Int {
    let magnitude = value.magnitude
    guard magnitude >= 1e-4 || value.bitPattern == 0, magnitude < 1e11 else { return slow(value, at: start) }
    // Past 2⁵² a double is its low bits: adding that rounds to an integer, and shows it.
    let shifted = magnitude * 1e4 + 0x1p52
    guard (shifted - 0x1p52) / 1e4 == magnitude else { return tenPlaces(value, at: start) }
    var length = 0
    if value < 0 {
      start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
      length = 1
    }
    return length + fourPlaces(shifted.significandBitPattern, at: start + length)
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
    if scaled < 100_000_000 {
      let digits = NumberFormat.digits(UInt32(truncatingIfNeeded: scaled))
      return NumberFormat.pointed(digits, scale: 4, at: start) - min(3, digits.leadingZeroBitCount >> 3)
    }
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
