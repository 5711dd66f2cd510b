import Columns

/// Where a decimal result must fit: `scale` digits after the point, a magnitude below `limit`.
struct DecimalFit {
  let scale: Int
  let limit: UInt128

  /// Anything but a decimal type asks for 38 digits without fraction.
  init(_ type: DataType) {
    if case .decimal(let precision, let scale) = type {
      self.scale = max(0, min(scale, 38))
      limit = PowersOfTen.unsigned(precision)
    } else {
      scale = 0
      limit = PowersOfTen.unsigned(38)
    }
  }

  @inline(__always)
  func holds(_ value: Int128) -> Bool { value.magnitude < limit }

  /// `value`, at scale `from`, at this scale: exact upwards, halves away from zero downwards; nil when it does not fit.
  @inline(__always)
  func rescaled(_ value: Int128, from: Int) -> Int128? {
    if from == scale { return holds(value) ? value : nil }
    if from < scale {
      let (product, isOver) = PowersOfTen.product(value, PowersOfTen.signed(scale - from))
      return !isOver && holds(product) ? product : nil
    }
    let rounded = Self.halfAway(value, by: from - scale)
    return holds(rounded) ? rounded : nil
  }

  func fitted(_ value: WideInteger, from: Int) -> Int128? {
    if from >= scale { return value.shifted(rightBy: from - scale).narrowed(below: limit) }
    guard let narrow = value.narrowed(below: UInt128(Int128.max)) else { return nil }
    return rescaled(narrow, from: from)
  }

  /// `value` over 10^`digits`, halves away from zero.
  static func halfAway(_ value: Int128, by digits: Int) -> Int128 {
    guard digits > 0 else { return value }
    if digits > 38 { return 0 }
    let divisor = PowersOfTen.signed(digits)
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    let magnitude = Int128(truncatingIfNeeded: remainder.magnitude)
    if magnitude < divisor &- magnitude { return quotient }
    return value < 0 ? quotient &- 1 : quotient &+ 1
  }
}
