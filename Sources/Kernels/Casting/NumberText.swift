import Columns

/// A text of the form `[+-]? (digits [. digits?] | . digits) ([eE] [+-]? digits)?` taken apart, without rounding:
/// ± `mantissa` · 10^`exponent`, where `mantissa` holds the first 38 significant digits.
struct NumberText {
  private(set) var isNegative = false
  private(set) var mantissa: UInt128 = 0
  private(set) var exponent = 0
  /// There were more significant digits than `mantissa` holds, and one of them was not zero.
  private(set) var isCut = false
  private(set) var hasPoint = false
  private(set) var hasExponent = false

  /// Reads `count` bytes from `start`; nil when they have another form.
  init?(_ start: UnsafeRawPointer?, _ count: Int) {
    guard let start, count > 0 else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    var index = 0
    if bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
      isNegative = bytes[0] == UInt8(ascii: "-")
      index = 1
    }
    guard scanDigits(bytes, &index) else { return nil }
    if index < count { guard scanExponent(bytes, &index) else { return nil } }
  }

  private mutating func scanDigits(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Bool {
    // Two accumulators of 19 digits each keep the loop in 64 bits.
    var head: UInt64 = 0
    var tail: UInt64 = 0
    var significant = 0
    var digits = 0
    var dropped = 0
    var fraction = 0
    while index < bytes.count {
      let byte = bytes[index]
      let digit = byte &- UInt8(ascii: "0")
      if digit <= 9 {
        digits += 1
        if hasPoint { fraction += 1 }
        if significant < 19 {
          head = head &* 10 &+ UInt64(digit)
          if head != 0 { significant += 1 }
        } else if significant < 38 {
          tail = tail &* 10 &+ UInt64(digit)
          significant += 1
        } else {
          dropped += 1
          if digit != 0 { isCut = true }
        }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      index += 1
    }
    mantissa = UInt128(head)
    if significant > 19 { mantissa = mantissa * PowersOfTen.unsigned(significant - 19) + UInt128(tail) }
    exponent = dropped - fraction
    return digits > 0
  }

  private mutating func scanExponent(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Bool {
    guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return false }
    hasExponent = true
    index += 1
    var isNegative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    guard index < bytes.count else { return false }
    var value = 0
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return false }
      // Far beyond any type, and far from overflowing.
      if value < 1 << 40 { value = value * 10 + Int(digit) }
      index += 1
    }
    exponent += isNegative ? -value : value
    return true
  }

  /// The value at the scale of `fit`; nil when digits other than zeros stand past the scale, or there are too many.
  func decimal(_ fit: DecimalFit) -> Int128? {
    if mantissa == 0 { return 0 }
    let shift = exponent + fit.scale
    guard !isCut, shift >= -38, shift <= 38 else { return nil }
    var magnitude = mantissa
    if shift >= 0 {
      let (product, isOver) = mantissa.multipliedReportingOverflow(by: PowersOfTen.unsigned(shift))
      if isOver { return nil }
      magnitude = product
    } else {
      let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: PowersOfTen.unsigned(-shift))
      if remainder != 0 { return nil }
      magnitude = quotient
    }
    guard magnitude < fit.limit else { return nil }
    let value = Int128(truncatingIfNeeded: magnitude)
    return isNegative ? 0 &- value : value
  }

  /// The integer, when there was neither point nor exponent and it fits into 64 bits.
  var integer: Int64? {
    guard !hasPoint, !hasExponent, !isCut, exponent == 0, mantissa <= UInt128(Int64.max) + 1 else { return nil }
    return Int64(exactly: isNegative ? 0 - Int128(mantissa) : Int128(mantissa))
  }

  /// The nearest double, when both parts are exact doubles, so that one operation rounds once.
  ///
  /// Source: W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990.
  var exactFloat: Double? {
    guard !isCut, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
    let whole = Double(UInt64(truncatingIfNeeded: mantissa))
    let power = PowersOfTen.floats[exponent.magnitude < 23 ? Int(exponent.magnitude) : 0]
    let value = exponent < 0 ? whole / power : whole * power
    return isNegative ? -value : value
  }
}
