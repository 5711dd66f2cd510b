import Columns

/// Arithmetic on whole columns.
///
/// Operands have the result's kind of type; either may be constant. *n* rows in, *n* rows out; null, invalid and failed
/// rows stay so. Integers outside the type and decimals of too many digits fail with `.overflow`, a zero divisor with
/// `.divisionByZero`; floats follow IEEE 754, `float32` rounded once. O(*n*); allocates the result only.
package enum Arithmetic {
  package static func add(_ a: Column, _ b: Column, as type: DataType) -> Column {
    switch type.layout {
    case .integers: integers(a, b, type) { $0.addingReportingOverflow($1) }
    case .floats: floats(a, b, type) { $0 + $1 }
    case .decimals: DecimalArithmetic.sum(a, b, type, negated: false)
    default: unfit(a, b, type)
    }
  }

  package static func subtract(_ a: Column, _ b: Column, as type: DataType) -> Column {
    switch type.layout {
    case .integers: integers(a, b, type) { $0.subtractingReportingOverflow($1) }
    case .floats: floats(a, b, type) { $0 - $1 }
    case .decimals: DecimalArithmetic.sum(a, b, type, negated: true)
    default: unfit(a, b, type)
    }
  }

  package static func multiply(_ a: Column, _ b: Column, as type: DataType) -> Column {
    switch type.layout {
    case .integers: integers(a, b, type) { $0.multipliedReportingOverflow(by: $1) }
    case .floats: floats(a, b, type) { $0 * $1 }
    case .decimals: DecimalArithmetic.product(a, b, type)
    default: unfit(a, b, type)
    }
  }

  /// `/`: operands and result are `float64`.
  package static func divide(_ a: Column, _ b: Column) -> Column {
    dividedFloats(a, b, .float64) { $0 / $1 }
  }

  /// `//`: the quotient without its fraction, towards zero.
  package static func quotient(_ a: Column, _ b: Column, as type: DataType) -> Column {
    switch type.layout {
    case .integers: dividedIntegers(a, b, type) { $0.dividedReportingOverflow(by: $1) }
    case .floats: dividedFloats(a, b, type) { ($0 / $1).rounded(.towardZero) }
    case .decimals: DecimalArithmetic.quotient(a, b, type)
    default: unfit(a, b, type)
    }
  }

  /// `%`: what `//` leaves over, with the sign of the dividend.
  package static func remainder(_ a: Column, _ b: Column, as type: DataType) -> Column {
    switch type.layout {
    // The least integer over −1 leaves nothing, though its quotient does not fit.
    case .integers: dividedIntegers(a, b, type) { ($0.remainderReportingOverflow(dividingBy: $1).partialValue, false) }
    case .floats: dividedFloats(a, b, type) { $0.truncatingRemainder(dividingBy: $1) }
    case .decimals: DecimalArithmetic.remainder(a, b, type)
    default: unfit(a, b, type)
    }
  }

  package static func negate(_ a: Column, as type: DataType) -> Column {
    let zero = Column(type, .zeros(type.layout, count: a.count), count: a.count, isConstant: true)
    if type.layout != .floats { return subtract(zero, a, as: type) }
    return floats(a, type) { -$0 }
  }

  package static func abs(_ a: Column, as type: DataType) -> Column {
    switch type.layout {
    case .integers:
      integers(a, zero(a), type) { x, zero in x < 0 ? zero.subtractingReportingOverflow(x) : (x, false) }
    case .floats: floats(a, type) { $0.magnitude }
    case .decimals: DecimalArithmetic.rescaled(a, type) { x, _ in Int128(truncatingIfNeeded: x.magnitude) }
    default: unfit(a, a, type)
    }
  }

  /// −1, 0 or 1 as `int8`; 0 for NaN, as in DuckDB.
  package static func sign(_ a: Column) -> Column {
    switch a.type.layout {
    case .integers:
      mapped(.int8, a.integerOperand, of: a, zero: 0, into: Values.integers) { Checked($0.signum()) }
    case .floats:
      mapped(.int8, a.floatOperand, of: a, zero: 0, into: Values.integers) { Checked($0 > 0 ? 1 : $0 < 0 ? -1 : 0) }
    case .decimals:
      mapped(.int8, a.decimalOperand, of: a, zero: 0, into: Values.integers) { Checked($0 > 0 ? 1 : $0 < 0 ? -1 : 0) }
    default: unfit(a, a, .int8)
    }
  }

  private static func zero(_ like: Column) -> Column {
    Column(like.type, .zeros(.integers, count: like.count), count: like.count, isConstant: true)
  }

  /// The answer to operands that no bound plan puts together.
  static func unfit(_ a: Column, _ b: Column, _ type: DataType) -> Column {
    .failing(type, .badArgument, count: a.count, states: .strict([a, b]))
  }

  @inline(__always)
  private static func integers(
    _ a: Column, _ b: Column, _ type: DataType, _ body: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> Column {
    guard a.fits(.integers), b.fits(.integers) else { return unfit(a, b, type) }
    let range = type.integerRange ?? .min ... .max
    let states = States.strict([a, b])
    let (lower, upper) = (range.lowerBound, range.upperBound)
    return combined(
      type, a.integerOperand, b.integerOperand, count: a.count, states: states, zero: 0, into: Values.integers
    ) { x, y in
      let (value, isOver) = body(x, y)
      return Checked(value, isOver || value < lower || value > upper, .overflow)
    }
  }

  @inline(__always)
  private static func dividedIntegers(
    _ a: Column, _ b: Column, _ type: DataType, _ body: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> Column {
    guard a.fits(.integers), b.fits(.integers) else { return unfit(a, b, type) }
    let range = type.integerRange ?? .min ... .max
    let states = States.strict([a, b])
    return combined(
      type, a.integerOperand, b.integerOperand, count: a.count, states: states, zero: 0, into: Values.integers
    ) { x, y in
      if y == 0 { return Checked(0, true, .divisionByZero) }
      let (value, isOver) = body(x, y)
      return Checked(value, isOver || value < range.lowerBound || value > range.upperBound, .overflow)
    }
  }

  @inline(__always)
  private static func floats(
    _ a: Column, _ b: Column, _ type: DataType, _ body: (Double, Double) -> Double
  ) -> Column {
    guard a.fits(.floats), b.fits(.floats) else { return unfit(a, b, type) }
    let states = States.strict([a, b])
    let isSingle = type == .float32
    return combined(
      type, a.floatOperand, b.floatOperand, count: a.count, states: states, zero: 0, into: Values.floats
    ) { x, y in
      let value = body(x, y)
      return Checked(isSingle ? Double(Float(value)) : value)
    }
  }

  @inline(__always)
  private static func dividedFloats(
    _ a: Column, _ b: Column, _ type: DataType, _ body: (Double, Double) -> Double
  ) -> Column {
    guard a.fits(.floats), b.fits(.floats) else { return unfit(a, b, type) }
    let states = States.strict([a, b])
    let isSingle = type == .float32
    return combined(
      type, a.floatOperand, b.floatOperand, count: a.count, states: states, zero: 0, into: Values.floats
    ) { x, y in
      let value = body(x, y)
      return Checked(isSingle ? Double(Float(value)) : value, y == 0, .divisionByZero)
    }
  }

  @inline(__always)
  static func floats(_ a: Column, _ type: DataType, _ body: (Double) -> Double) -> Column {
    guard a.fits(.floats) else { return unfit(a, a, type) }
    let isSingle = type == .float32
    return mapped(type, a.floatOperand, of: a, zero: 0, into: Values.floats) {
      let value = body($0)
      return Checked(isSingle ? Double(Float(value)) : value)
    }
  }
}
