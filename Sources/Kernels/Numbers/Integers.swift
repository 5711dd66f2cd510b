import Columns

/// Functions of whole numbers and of their bits, on whole columns of `int64`.
///
/// *n* rows in, *n* rows out; null, invalid and failed rows stay so. What does not fit 64 bits fails with `.overflow`,
/// never wraps. O(*n*); allocates the result only.
package enum Integers {
  /// The greatest common divisor, not negative; that of two zeros is 0.
  package static func gcd(_ a: Column, _ b: Column) -> Column {
    combined(a, b) { x, y in
      let value = Int64(exactly: divisor(x.magnitude, y.magnitude))
      return Checked(value ?? 0, value == nil, .overflow)
    }
  }

  /// The least common multiple, not negative; 0 where one of them is 0.
  package static func lcm(_ a: Column, _ b: Column) -> Column {
    combined(a, b) { x, y in
      if x == 0 || y == 0 { return Checked(0) }
      let (product, isOver) = (x.magnitude / divisor(x.magnitude, y.magnitude))
        .multipliedReportingOverflow(by: y.magnitude)
      let value = isOver ? nil : Int64(exactly: product)
      return Checked(value ?? 0, value == nil, .overflow)
    }
  }

  /// Euclid's algorithm with shifts for divisions; `a` and `b` may be 0.
  ///
  /// - Source: J. Stein, Computational problems associated with Racah algebra, 1967.
  @inline(__always)
  private static func divisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
    if a == 0 || b == 0 { return a | b }
    let shift = UInt64((a | b).trailingZeroBitCount)
    var (x, y) = (a &>> UInt64(a.trailingZeroBitCount), b)
    while y != 0 {
      y &>>= UInt64(y.trailingZeroBitCount)
      if x > y { (x, y) = (y, x) }
      y &-= x
    }
    return x &<< shift
  }

  /// The product of all whole numbers from 1 to `x`. A negative number fails with `.outOfRange`, one above 20 with
  /// `.overflow`.
  package static func factorial(_ x: Column) -> Column {
    mapped(x) { x in
      if x < 0 { return Checked(0, true, .outOfRange) }
      if x > 20 { return Checked(0, true, .overflow) }
      var product: Int64 = 1
      for factor in 0..<x { product &*= factor &+ 1 }
      return Checked(product)
    }
  }

  // MARK: Bits

  package static func and(_ a: Column, _ b: Column) -> Column { combined(a, b) { Checked($0 & $1) } }
  package static func or(_ a: Column, _ b: Column) -> Column { combined(a, b) { Checked($0 | $1) } }
  package static func xor(_ a: Column, _ b: Column) -> Column { combined(a, b) { Checked($0 ^ $1) } }
  package static func not(_ x: Column) -> Column { mapped(x) { Checked(~$0) } }

  /// How many bits of the 64 are set.
  package static func bitCount(_ x: Column) -> Column { mapped(x) { Checked(Int64($0.nonzeroBitCount)) } }

  /// `x` · 2^`places`. Places outside 0 … 63 fail with `.outOfRange`.
  package static func shiftLeft(_ x: Column, _ places: Column) -> Column {
    combined(x, places) { x, places in
      if places < 0 || places > 63 { return Checked(0, true, .outOfRange) }
      let shifted = x &<< places
      return Checked(shifted, shifted &>> places != x, .overflow)
    }
  }

  /// `x` / 2^`places`, towards the smaller number. Places outside 0 … 63 fail with `.outOfRange`.
  package static func shiftRight(_ x: Column, _ places: Column) -> Column {
    combined(x, places) { x, places in Checked(x &>> places, places < 0 || places > 63, .outOfRange) }
  }

  @inline(__always)
  private static func mapped(_ x: Column, _ body: (Int64) -> Checked<Int64>) -> Column {
    guard x.fits(.integers) else { return Arithmetic.unfit(x, x, .int64) }
    return Kernels.mapped(.int64, x.integerOperand, of: x, zero: 0, into: Values.integers, body)
  }

  @inline(__always)
  private static func combined(_ a: Column, _ b: Column, _ body: (Int64, Int64) -> Checked<Int64>) -> Column {
    guard a.fits(.integers), b.fits(.integers) else { return Arithmetic.unfit(a, b, .int64) }
    return Kernels.combined(
      .int64, a.integerOperand, b.integerOperand, count: a.count, states: .strict([a, b]), zero: 0,
      into: Values.integers, body)
  }
}
