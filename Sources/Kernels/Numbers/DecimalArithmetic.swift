import Columns

/// Exact decimals: every result is the true one brought to the result's scale, through 256 bits where 128 are too few.
enum DecimalArithmetic {
  static func sum(_ a: Column, _ b: Column, _ type: DataType, negated: Bool) -> Column {
    guard a.fits(.decimals), b.fits(.decimals) else { return Arithmetic.unfit(a, b, type) }
    let fit = DecimalFit(type)
    let (scaleA, scaleB) = (a.scale, b.scale)
    let isNarrow = scaleA <= fit.scale && scaleB <= fit.scale
    let powerA = PowersOfTen.signed(fit.scale - scaleA)
    let powerB = PowersOfTen.signed(fit.scale - scaleB)
    return combined(a, b, type) { x, y in
      if isNarrow {
        let (left, isOverA) = powerA == 1 ? (x, false) : PowersOfTen.product(x, powerA)
        let (right, isOverB) = powerB == 1 ? (y, false) : PowersOfTen.product(y, powerB)
        let (value, isOver) =
          negated ? left.subtractingReportingOverflow(right) : left.addingReportingOverflow(right)
        if !(isOverA || isOverB || isOver) { return Checked(value, !fit.holds(value), .overflow) }
      }
      return checked(wideSum(x, y, scaleA, scaleB, fit, negated))
    }
  }

  @inline(never)
  private static func wideSum(
    _ a: Int128, _ b: Int128, _ scaleA: Int, _ scaleB: Int, _ fit: DecimalFit, _ negated: Bool
  ) -> Int128? {
    let common = max(scaleA, scaleB)
    var right = WideInteger.product(b, PowersOfTen.signed(common - scaleB))
    if negated { right.isNegative.toggle() }
    let left = WideInteger.product(a, PowersOfTen.signed(common - scaleA))
    return fit.fitted(.sum(left, right), from: common)
  }

  static func product(_ a: Column, _ b: Column, _ type: DataType) -> Column {
    guard a.fits(.decimals), b.fits(.decimals) else { return Arithmetic.unfit(a, b, type) }
    let fit = DecimalFit(type)
    let scale = a.scale + b.scale
    let isAligned = scale == fit.scale
    return combined(a, b, type) { x, y in
      let left = Int64(truncatingIfNeeded: x)
      let right = Int64(truncatingIfNeeded: y)
      if isAligned && Int128(left) == x && Int128(right) == y {
        let (high, low) = left.multipliedFullWidth(by: right)
        let value = Int128(high) &<< 64 | Int128(low)
        return Checked(value, !fit.holds(value), .overflow)
      }
      return checked(wideProduct(x, y, scale, fit))
    }
  }

  @inline(never)
  private static func wideProduct(_ a: Int128, _ b: Int128, _ scale: Int, _ fit: DecimalFit) -> Int128? {
    fit.fitted(.product(a, b), from: scale)
  }

  static func quotient(_ a: Column, _ b: Column, _ type: DataType) -> Column {
    guard a.fits(.decimals), b.fits(.decimals) else { return Arithmetic.unfit(a, b, type) }
    let fit = DecimalFit(type)
    let (scaleA, scaleB) = (a.scale, b.scale)
    return combined(a, b, type) { x, y in
      if y == 0 { return Checked(0, true, .divisionByZero) }
      return checked(fit.fitted(divided(x, y, scaleA, scaleB).quotient, from: 0))
    }
  }

  static func remainder(_ a: Column, _ b: Column, _ type: DataType) -> Column {
    guard a.fits(.decimals), b.fits(.decimals) else { return Arithmetic.unfit(a, b, type) }
    let fit = DecimalFit(type)
    let (scaleA, scaleB) = (a.scale, b.scale)
    return combined(a, b, type) { x, y in
      if y == 0 { return Checked(0, true, .divisionByZero) }
      return checked(fit.rescaled(divided(x, y, scaleA, scaleB).remainder, from: max(scaleA, scaleB)))
    }
  }

  /// a over b without fraction, and what is left at the larger scale; `b` is not zero.
  private static func divided(
    _ a: Int128, _ b: Int128, _ scaleA: Int, _ scaleB: Int
  ) -> (quotient: WideInteger, remainder: Int128) {
    var dividend = WideInteger(a)
    var divisor = b.magnitude
    if scaleB > scaleA {
      dividend = .product(a, PowersOfTen.signed(scaleB - scaleA))
    } else if scaleA > scaleB {
      let (product, isOver) = divisor.multipliedReportingOverflow(by: PowersOfTen.unsigned(scaleA - scaleB))
      // A divisor past 128 bits is larger than any dividend.
      if isOver { return (WideInteger(0), a) }
      divisor = product
    }
    var (quotient, remainder) = dividend.divided(by: divisor)
    if b < 0 { quotient.isNegative.toggle() }
    let magnitude = Int128(truncatingIfNeeded: remainder)
    return (quotient, a < 0 ? 0 &- magnitude : magnitude)
  }

  /// Decimals of the operand's own scale after `body`, brought to the result's scale.
  @inline(__always)
  static func rescaled(_ a: Column, _ type: DataType, _ body: (Int128, Int) -> Int128) -> Column {
    guard a.fits(.decimals) else { return Arithmetic.unfit(a, a, type) }
    let fit = DecimalFit(type)
    let scale = a.scale
    return mapped(type, a.decimalOperand, of: a, zero: 0, into: Values.decimals) {
      checked(fit.rescaled(body($0, scale), from: scale))
    }
  }

  @inline(__always)
  static func checked(_ value: Int128?) -> Checked<Int128> { Checked(value ?? 0, value == nil, .overflow) }

  @inline(__always)
  private static func combined(
    _ a: Column, _ b: Column, _ type: DataType, _ body: (Int128, Int128) -> Checked<Int128>
  ) -> Column {
    Kernels.combined(
      type, a.decimalOperand, b.decimalOperand, count: a.count, states: .strict([a, b]), zero: 0,
      into: Values.decimals, body)
  }
}
