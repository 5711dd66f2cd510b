import Columns

extension Arithmetic {
  /// `trunc(a, digits)`: the digits after the first `digits` behind the point left out, which is towards zero; negative
  /// digits leave out some before the point, too. Never fails.
  ///
  /// As `round` does, it takes a float for its shortest decimal text, so that `trunc(1.1, 1)` is 1.1.
  ///
  /// - Parameter digits: `int64`.
  package static func truncate(_ a: Column, digits: Column, as type: DataType) -> Column {
    guard a.fits(type.layout), digits.fits(.integers) else { return unfit(a, digits, type) }
    let states = States.strict([a, digits])
    let places = digits.integerOperand
    switch type.layout {
    case .integers:
      return combined(
        type, a.integerOperand, places, count: a.count, states: states, zero: 0, into: Values.integers
      ) { x, places in
        if places >= 0 { return Checked(x) }
        if places < -18 { return Checked(0) }
        return Checked(x &- x % Int64(truncatingIfNeeded: PowersOfTen.signed(Int(-places))))
      }
    case .floats:
      let isSingle = type == .float32
      return combined(
        type, a.floatOperand, places, count: a.count, states: states, zero: 0, into: Values.floats
      ) { x, places in
        let value = DecimalMeaning.truncated(x, places: Int(max(-400, min(places, 400))), isSingle: isSingle)
        return Checked(isSingle ? Double(Float(value)) : value)
      }
    case .decimals:
      let scale = Int64(a.scale)
      return combined(
        type, a.decimalOperand, places, count: a.count, states: states, zero: 0, into: Values.decimals
      ) { x, places in
        if places >= scale { return Checked(x) }
        let cut = scale &- max(places, -39)
        return Checked(cut > 38 ? 0 : x &- x % PowersOfTen.signed(Int(cut)))
      }
    default: return unfit(a, digits, type)
    }
  }
}

extension DecimalMeaning {
  /// `x` without what follows `places` digits after its point.
  @inline(__always)
  static func truncated(_ x: Double, places: Int, isSingle: Bool) -> Double {
    if places == 0 { return x.rounded(.towardZero) }
    if !isSingle, places > 0, places <= 15 {
      let power = PowersOfTen.floats[places]
      let scaled = x.magnitude * power
      if scaled < 1e15 {
        let whole = Double(Int64(scaled))
        let rest = scaled - whole
        let doubt = scaled * 0x1p-50
        // One division of exact numbers: the double nearest to the decimal.
        if rest > doubt, rest < 1 - doubt { return x.sign == .minus ? -(whole / power) : whole / power }
      }
    }
    return truncatedText(x, places: places, isSingle: isSingle)
  }

  @inline(never)
  private static func truncatedText(_ x: Double, places: Int, isSingle: Bool) -> Double {
    guard x.isFinite, x != 0 else { return x }
    let (mantissa, exponent) = shortest(x, isSingle: isSingle)
    let cut = -(places + exponent)
    guard cut > 0 else { return x }
    let kept = cut > 19 ? 0 : mantissa / UInt64(truncatingIfNeeded: PowersOfTen.signed(cut))
    if kept == 0 { return x.sign == .minus ? -0.0 : 0 }
    let value = Double("\(kept)e\(-places)") ?? x.magnitude
    return x.sign == .minus ? -value : value
  }
}
