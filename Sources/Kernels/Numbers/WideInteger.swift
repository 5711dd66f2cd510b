/// A signed integer of 256 bits, sign apart: what two decimals of 38 digits come to before they are fitted.
struct WideInteger {
  var isNegative: Bool
  var high: UInt128
  var low: UInt128

  init(_ value: Int128) {
    isNegative = value < 0
    high = 0
    low = value.magnitude
  }

  private init(isNegative: Bool, high: UInt128, low: UInt128) {
    self.isNegative = isNegative
    self.high = high
    self.low = low
  }

  static func product(_ a: Int128, _ b: Int128) -> WideInteger {
    let (high, low) = a.magnitude.multipliedFullWidth(by: b.magnitude)
    return WideInteger(isNegative: (a < 0) != (b < 0), high: high, low: low)
  }

  /// The magnitudes must stay below 2²⁵⁵, which products of two decimals do.
  static func sum(_ a: WideInteger, _ b: WideInteger) -> WideInteger {
    if a.isNegative == b.isNegative {
      let (low, carry) = a.low.addingReportingOverflow(b.low)
      return WideInteger(isNegative: a.isNegative, high: a.high &+ b.high &+ (carry ? 1 : 0), low: low)
    }
    let isLarger = a.high > b.high || (a.high == b.high && a.low >= b.low)
    let (big, small) = isLarger ? (a, b) : (b, a)
    let (low, borrow) = big.low.subtractingReportingOverflow(small.low)
    return WideInteger(isNegative: big.isNegative, high: big.high &- small.high &- (borrow ? 1 : 0), low: low)
  }

  /// Quotient towards zero, and the magnitude of the remainder; `divisor` is not zero.
  func divided(by divisor: UInt128) -> (quotient: WideInteger, remainder: UInt128) {
    let upper = high.quotientAndRemainder(dividingBy: divisor)
    let lower = divisor.dividingFullWidth((upper.remainder, low))
    let quotient = WideInteger(isNegative: isNegative, high: upper.quotient, low: lower.quotient)
    return (quotient, lower.remainder)
  }

  /// The integer nearest to this one over 10^`digits`, halves away from zero.
  func shifted(rightBy digits: Int) -> WideInteger {
    // Truncating first leaves every half where it was: a half of the second step is a whole number of the first.
    let first = digits > 38 ? divided(by: PowersOfTen.unsigned(digits - 38)).quotient : self
    if digits > 76 { return WideInteger(0) }
    let divisor = PowersOfTen.unsigned(min(digits, 38))
    let (quotient, remainder) = first.divided(by: divisor)
    guard remainder >= divisor - remainder, divisor > 1 else { return quotient }
    return .sum(quotient, WideInteger(isNegative: isNegative, high: 0, low: 1))
  }

  /// The value as an `Int128`; nil when its magnitude is not below `limit`.
  func narrowed(below limit: UInt128) -> Int128? {
    guard high == 0, low < limit, low <= UInt128(Int128.max) else { return nil }
    let magnitude = Int128(low)
    return isNegative ? -magnitude : magnitude
  }
}

/// The powers of ten that fit into 128 bits.
enum PowersOfTen {
  static let all: ContiguousArray<Int128> = {
    var powers: ContiguousArray<Int128> = [1]
    for _ in 1...38 { powers.append((powers.last ?? 1) &* 10) }
    return powers
  }()

  /// Every power of ten that a double holds exactly, 10⁰ … 10²².
  static let floats: ContiguousArray<Double> = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// 10^`exponent` for 0 … 38; exponents outside are brought to the nearer end.
  static func signed(_ exponent: Int) -> Int128 { all[max(0, min(exponent, 38))] }

  /// `value` · `power`; one multiplication of words where both are below 2⁶³, which most are.
  @inline(__always)
  static func product(_ value: Int128, _ power: Int128) -> (partialValue: Int128, overflow: Bool) {
    let narrow = Int64(truncatingIfNeeded: value)
    let factor = Int64(truncatingIfNeeded: power)
    guard Int128(narrow) == value, Int128(factor) == power else { return value.multipliedReportingOverflow(by: power) }
    let (high, low) = narrow.multipliedFullWidth(by: factor)
    return (Int128(high) &<< 64 | Int128(low), false)
  }

  static func unsigned(_ exponent: Int) -> UInt128 { UInt128(truncatingIfNeeded: signed(exponent)) }
}
