import Columns
import Glibc

/// Functions of real numbers, on whole columns of `float64`.
///
/// *n* rows in, *n* rows out; null, invalid and failed rows stay so. NaN gives NaN. Where a function has no value for a
/// number, or grows without bound towards it (`sqrt(-1)`, `ln(0)`), the row fails with `.outOfRange`; a value too large
/// for a double is infinite, as IEEE 754 has it. O(*n*); allocates the result only. The values are those of the C
/// library's functions, within two units in the last place of the true ones.
package enum RealFunctions {
  package static func ln(_ x: Column) -> Column { real(x) { Glibc.log($0) } }
  package static func log2(_ x: Column) -> Column { real(x) { Glibc.log2($0) } }
  package static func log10(_ x: Column) -> Column { real(x) { Glibc.log10($0) } }
  package static func sqrt(_ x: Column) -> Column { real(x) { $0.squareRoot() } }

  /// Exact for the cubes of whole numbers, which the C library's own may miss by a unit in the last place.
  package static func cbrt(_ x: Column) -> Column {
    real(x) {
      let root = Glibc.cbrt($0)
      let whole = root.rounded()
      return whole * whole * whole == $0 ? whole : root
    }
  }

  /// Without a pole: what is too large for a double is infinite.
  package static func exp(_ x: Column) -> Column { entire(x) { Glibc.exp($0) } }
  package static func sinh(_ x: Column) -> Column { entire(x) { Glibc.sinh($0) } }
  package static func cosh(_ x: Column) -> Column { entire(x) { Glibc.cosh($0) } }
  /// Multiplied before it is divided, so that whole quarters of a turn come out whole.
  package static func degrees(_ x: Column) -> Column { entire(x) { $0 * (180 / Double.pi) } }
  package static func radians(_ x: Column) -> Column { entire(x) { $0 * (Double.pi / 180) } }

  package static func sin(_ x: Column) -> Column { real(x) { Glibc.sin($0) } }
  package static func cos(_ x: Column) -> Column { real(x) { Glibc.cos($0) } }
  package static func tan(_ x: Column) -> Column { real(x) { Glibc.tan($0) } }
  package static func cot(_ x: Column) -> Column { real(x) { 1 / Glibc.tan($0) } }
  package static func asin(_ x: Column) -> Column { real(x) { Glibc.asin($0) } }
  package static func acos(_ x: Column) -> Column { real(x) { Glibc.acos($0) } }
  package static func atan(_ x: Column) -> Column { real(x) { Glibc.atan($0) } }
  package static func tanh(_ x: Column) -> Column { real(x) { Glibc.tanh($0) } }
  package static func asinh(_ x: Column) -> Column { real(x) { Glibc.asinh($0) } }
  package static func acosh(_ x: Column) -> Column { real(x) { Glibc.acosh($0) } }
  package static func atanh(_ x: Column) -> Column { real(x) { Glibc.atanh($0) } }

  /// The angle of the point (`x`, `y`), −π to π; 0 for the origin.
  package static func atan2(_ y: Column, _ x: Column) -> Column {
    real(y, x) { y, x in Checked(Glibc.atan2(y, x)) }
  }

  /// `x` to the power of `exponent`. Zero to a negative power fails with `.divisionByZero`, a negative number to a power
  /// that is not whole with `.outOfRange`.
  package static func power(_ x: Column, _ exponent: Column) -> Column {
    real(x, exponent) { x, exponent in
      if x == 0, exponent < 0 { return Checked(0, true, .divisionByZero) }
      let value = pow(x, exponent)
      return Checked(value, value.isNaN && !x.isNaN && !exponent.isNaN, .outOfRange)
    }
  }

  /// The logarithm of `x` to `base`. Both must be above zero, and the base not 1.
  package static func log(base: Column, _ x: Column) -> Column {
    real(base, x) { base, x in
      if base.isNaN || x.isNaN { return Checked(.nan) }
      // The functions of their own are exact at the powers of their base.
      let value =
        base == 10 ? Glibc.log10(x) : base == 2 ? Glibc.log2(x) : Glibc.log(x) / Glibc.log(base)
      return Checked(value, base <= 0 || base == 1 || x <= 0 || value.isNaN, .outOfRange)
    }
  }

  /// The nearest even number that is not nearer to zero.
  package static func even(_ x: Column) -> Column {
    entire(x) {
      let whole = $0.magnitude.rounded(.up)
      let even = whole.truncatingRemainder(dividingBy: 2) == 1 ? whole + 1 : whole
      return $0.sign == .minus ? -even : even
    }
  }

  /// Which of `count` equal parts of `low ..< high` a number lies in, from 1; 0 below and `count + 1` above. Bounds may
  /// fall, and parts are then counted downwards. Fails with `.badArgument` where the bounds are equal or not finite or
  /// `count` is not above zero, with `.outOfRange` for NaN.
  ///
  /// - Parameters:
  ///   - x: *n* doubles.
  ///   - count: *n* integers.
  /// - Source: SQL:2003, 6.27, `WIDTH_BUCKET`.
  package static func widthBucket(_ x: Column, low: Column, high: Column, count: Column) -> Column {
    guard [x, low, high].allSatisfy({ $0.fits(.floats) }), count.fits(.integers) else {
      return Arithmetic.unfit(x, count, .int64)
    }
    let (lows, highs, counts) = (low.floatOperand, high.floatOperand, count.integerOperand)
    let rows = Operand(
      ContiguousArray(0..<Int64(x.count)), of: Column(.int64, .integers([]), count: x.count), zero: 0)
    return combined(
      .int64, x.floatOperand, rows, count: x.count, states: .strict([x, low, high, count]), zero: 0,
      into: Values.integers
    ) { x, row in
      let row = Int(row)
      return bucket(
        x, lows.values[row & lows.mask], highs.values[row & highs.mask], counts.values[row & counts.mask])
    }
  }

  @inline(__always)
  private static func bucket(_ x: Double, _ low: Double, _ high: Double, _ count: Int64) -> Checked<Int64> {
    guard count > 0, count < .max, low.isFinite, high.isFinite, low != high else {
      return Checked(0, true, .badArgument)
    }
    if x.isNaN { return Checked(0, true, .outOfRange) }
    if low < high ? x < low : x > low { return Checked(0) }
    if low < high ? x >= high : x <= high { return Checked(count &+ 1) }
    // Halved, the width of the whole is finite for any bounds.
    let share = (x / 2 - low / 2) / (high / 2 - low / 2)
    let part = Int64(exactly: (share * Double(count)).rounded(.down)) ?? count &- 1
    return Checked(min(max(part, 0), count &- 1) &+ 1)
  }

  /// Whether a number is none.
  package static func isNaN(_ x: Column) -> Column { test(x) { $0.isNaN } }
  /// Whether a number is neither infinite nor NaN.
  package static func isFinite(_ x: Column) -> Column { test(x) { $0.isFinite } }
  package static func isInfinite(_ x: Column) -> Column { test(x) { $0.isInfinite } }

  @inline(__always)
  private static func test(_ x: Column, _ body: (Double) -> Bool) -> Column {
    guard x.fits(.floats) else { return Arithmetic.unfit(x, x, .bool) }
    var bits = decided(x.floatOperand, Operand<UInt8>(constant: 0), count: x.count) { value, _ in body(value) }
    if let validity = x.validity { bits.formIntersection(validity) }
    return Column(.bool, .bits(bits), count: x.count, states: x.states)
  }

  @inline(__always)
  private static func real(_ x: Column, _ body: (Double) -> Double) -> Column {
    guard x.fits(.floats) else { return Arithmetic.unfit(x, x, .float64) }
    return mapped(.float64, x.floatOperand, of: x, zero: 0, into: Values.floats) { x in
      let value = body(x)
      let isUndefined = value.isNaN ? !x.isNaN : value.isInfinite && x.isFinite
      return Checked(value, isUndefined, .outOfRange)
    }
  }

  @inline(__always)
  private static func entire(_ x: Column, _ body: (Double) -> Double) -> Column {
    guard x.fits(.floats) else { return Arithmetic.unfit(x, x, .float64) }
    return mapped(.float64, x.floatOperand, of: x, zero: 0, into: Values.floats) { Checked(body($0)) }
  }

  @inline(__always)
  private static func real(_ a: Column, _ b: Column, _ body: (Double, Double) -> Checked<Double>) -> Column {
    guard a.fits(.floats), b.fits(.floats) else { return Arithmetic.unfit(a, b, .float64) }
    return combined(
      .float64, a.floatOperand, b.floatOperand, count: a.count, states: .strict([a, b]), zero: 0,
      into: Values.floats, body)
  }
}
