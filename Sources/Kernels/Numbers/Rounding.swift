import Columns

extension Arithmetic {
  package static func floor(_ a: Column, as type: DataType) -> Column {
    switch type.layout {
    case .integers: integral(a, type)
    case .floats: floats(a, type) { $0.rounded(.down) }
    case .decimals:
      DecimalArithmetic.rescaled(a, type) { x, scale in
        let unit = PowersOfTen.signed(scale)
        let rest = x % unit
        // Garbage under a null row may wrap; its result is cleared.
        return x &- rest &- (rest < 0 ? unit : 0)
      }
    default: unfit(a, a, type)
    }
  }

  package static func ceil(_ a: Column, as type: DataType) -> Column {
    switch type.layout {
    case .integers: integral(a, type)
    case .floats: floats(a, type) { $0.rounded(.up) }
    case .decimals:
      DecimalArithmetic.rescaled(a, type) { x, scale in
        let unit = PowersOfTen.signed(scale)
        let rest = x % unit
        return x &- rest &+ (rest > 0 ? unit : 0)
      }
    default: unfit(a, a, type)
    }
  }

  /// `round(a, digits)`: the nearest number with `digits` digits after the point, halves away from zero; negative
  /// digits round before the point.
  ///
  /// A float is rounded as its shortest decimal text, so that 1.005 rounds to 1.01 and 2.675 to 2.68. Spark does the
  /// same; DuckDB scales in binary, which differs only where that text ends in a 5 at the place that is cut.
  ///
  /// - Parameter digits: `int64`.
  package static func round(_ a: Column, digits: Column, as type: DataType) -> Column {
    guard a.fits(type.layout), digits.fits(.integers) else { return unfit(a, digits, type) }
    let states = States.strict([a, digits])
    let places = digits.integerOperand
    switch type.layout {
    case .integers:
      let range = type.integerRange ?? .min ... .max
      return combined(
        type, a.integerOperand, places, count: a.count, states: states, zero: 0, into: Values.integers
      ) { x, places in
        if places >= 0 { return Checked(x) }
        let value = halfAway(x, places: places)
        return Checked(value ?? 0, value.map { !range.contains($0) } ?? true, .overflow)
      }
    case .floats:
      let isSingle = type == .float32
      return combined(
        type, a.floatOperand, places, count: a.count, states: states, zero: 0, into: Values.floats
      ) { x, places in
        let value = DecimalMeaning.rounded(x, places: Int(places), isSingle: isSingle)
        return Checked(isSingle ? Double(Float(value)) : value)
      }
    case .decimals:
      let scale = a.scale
      let fit = DecimalFit(type)
      return combined(
        type, a.decimalOperand, places, count: a.count, states: states, zero: 0, into: Values.decimals
      ) { x, places in
        DecimalArithmetic.checked(rounded(x, scale, places: places, fit))
      }
    default: return unfit(a, digits, type)
    }
  }

  private static func integral(_ a: Column, _ type: DataType) -> Column {
    guard a.fits(.integers) else { return unfit(a, a, type) }
    return mapped(type, a.integerOperand, of: a, zero: 0, into: Values.integers) { Checked($0) }
  }

  /// Nil where the multiple of 10^−`places` nearest to `x` is no `Int64`; `places` is negative.
  private static func halfAway(_ x: Int64, places: Int64) -> Int64? {
    guard places > -20 else { return 0 }
    let cut = Int(-places)
    return Int64(exactly: DecimalFit.halfAway(Int128(x), by: cut) &* PowersOfTen.signed(cut))
  }

  private static func rounded(_ x: Int128, _ scale: Int, places: Int64, _ fit: DecimalFit) -> Int128? {
    guard places < Int64(scale) else { return fit.rescaled(x, from: scale) }
    let cut = places < -80 ? 80 + scale : scale - Int(places)
    let quotient = DecimalFit.halfAway(x, by: cut)
    if quotient == 0 { return 0 }
    let exponent = fit.scale - scale + cut
    if exponent < 0 { return fit.rescaled(quotient, from: scale - cut) }
    let (value, isOver) = quotient.multipliedReportingOverflow(by: PowersOfTen.signed(exponent))
    return exponent <= 38 && !isOver && fit.holds(value) ? value : nil
  }
}

/// Floats taken as what their shortest decimal text says.
enum DecimalMeaning {
  /// `x` rounded to `places` digits after the point, halves away from zero.
  @inline(__always)
  static func rounded(_ x: Double, places: Int, isSingle: Bool) -> Double {
    if !isSingle, places >= 0, places <= 15 {
      let power = PowersOfTen.floats[places]
      if let scaled = clearlyRounded(x.magnitude * power) {
        // One division of exact numbers: the double nearest to the decimal.
        let value = scaled / power
        return x.sign == .minus ? -value : value
      }
    }
    return roundedText(x, places: places, isSingle: isSingle)
  }

  /// The integer nearest to `scaled`, which is off by two roundings at most; nil where these could decide.
  @inline(__always)
  static func clearlyRounded(_ scaled: Double) -> Double? {
    guard scaled < 1e15 else { return nil }
    // Without SSE 4.1 `rounded` is a call; the conversion is one instruction.
    let whole = Double(Int64(scaled))
    let rest = scaled - whole
    guard (rest - 0.5).magnitude > scaled * 0x1p-50 else { return nil }
    return rest > 0.5 ? whole + 1 : whole
  }

  @inline(never)
  private static func roundedText(_ x: Double, places: Int, isSingle: Bool) -> Double {
    guard x.isFinite, x != 0 else { return x }
    let (mantissa, exponent) = shortest(x, isSingle: isSingle)
    // No double has digits further out than this.
    let places = max(-400, min(places, 400))
    guard places + exponent < 0 else { return x }
    let kept = DecimalFit.halfAway(Int128(mantissa), by: min(-(places + exponent), 40))
    if kept == 0 { return x.sign == .minus ? -0.0 : 0 }
    let value = Double("\(kept)e\(-places)") ?? x.magnitude
    return x.sign == .minus ? -value : value
  }

  /// `x` at `scale`, halves away from zero; nil where it is not finite or not below 2¹²⁷.
  @inline(__always)
  static func scaled(_ x: Double, scale: Int, isSingle: Bool) -> Int128? {
    if !isSingle, scale <= 15, let scaled = clearlyRounded(x.magnitude * PowersOfTen.floats[max(scale, 0)]) {
      let whole = Int64(scaled)
      return Int128(x < 0 ? -whole : whole)
    }
    return scaledText(x, scale: scale, isSingle: isSingle)
  }

  @inline(never)
  private static func scaledText(_ x: Double, scale: Int, isSingle: Bool) -> Int128? {
    guard x.isFinite else { return nil }
    if x == 0 { return 0 }
    let (mantissa, exponent) = shortest(x, isSingle: isSingle)
    let shift = exponent + scale
    let magnitude: Int128
    if shift >= 0 {
      let (product, isOver) = Int128(mantissa).multipliedReportingOverflow(by: PowersOfTen.signed(shift))
      guard shift <= 38, !isOver else { return nil }
      magnitude = product
    } else {
      magnitude = DecimalFit.halfAway(Int128(mantissa), by: min(-shift, 40))
    }
    return x < 0 ? -magnitude : magnitude
  }

  /// The shortest decimal that reads back as |x|: `mantissa` · 10^`exponent`; x is finite.
  static func shortest(_ x: Double, isSingle: Bool) -> (mantissa: UInt64, exponent: Int) {
    var text = isSingle ? Float(x).magnitude.description : x.magnitude.description
    let parts = text.withUTF8 { NumberText($0.baseAddress.map { UnsafeRawPointer($0) }, $0.count) }
    guard let parts else { return (0, 0) }
    return (UInt64(truncatingIfNeeded: parts.mantissa), parts.exponent)
  }
}
