import Columns
import Kernels

/// Functions of real numbers.
extension Function {
  private static func real(
    _ name: String, _ summary: String, errors: String? = nil, example: String, gives result: String,
    _ kernel: @escaping @Sendable (Column) -> Column
  ) -> Function {
    Function(
      name, .number, summary, .plain(.value("x", .float), gives: .fixed(.float64)) { kernel($0[0]) }, errors: errors,
      example: example, gives: result)
  }

  private static func test(
    _ name: String, _ summary: String, example: String, _ kernel: @escaping @Sendable (Column) -> Column
  ) -> Function {
    Function(
      name, .number, summary, .plain(.value("x", .float), gives: .fixed(.bool)) { kernel($0[0]) }, example: example,
      gives: "true")
  }

  package static let sqrt = real(
    "sqrt", "The square root.", errors: "x is below zero", example: "sqrt(2.25)", gives: "1.5",
    RealFunctions.sqrt)

  package static let cbrt = real(
    "cbrt", "The cube root.", example: "cbrt(-27)", gives: "-3.0", RealFunctions.cbrt)

  package static let exp = real(
    "exp", "The number e to the power of x.", example: "exp(0)", gives: "1.0", RealFunctions.exp)

  package static let ln = real(
    "ln", "The natural logarithm, to base e.", errors: "x is not above zero", example: "ln(exp(2))", gives: "2.0",
    RealFunctions.ln)

  package static let log2 = real(
    "log2", "The logarithm to base 2.", errors: "x is not above zero", example: "log2(1024)", gives: "10.0",
    RealFunctions.log2)

  package static let log = Function(
    "log", .number, "The logarithm to base 10, or to a base that is given first.",
    .plain(.value("x", .float), gives: .fixed(.float64)) { RealFunctions.log10($0[0]) },
    .plain(.value("base", .float), .value("x", .float), gives: .fixed(.float64)) {
      RealFunctions.log(base: $0[0], $0[1])
    },
    errors: "x is not above zero, or the base is not, or is 1", example: "log(1000)", gives: "3.0")

  package static let power = Function(
    "power", .number, "The number to the power of an exponent.",
    .plain(.value("x", .float), .value("exponent", .float), gives: .fixed(.float64)) {
      RealFunctions.power($0[0], $0[1])
    },
    errors: "zero has a negative exponent, or a negative number one that is not whole", example: "power(2, 10)",
    gives: "1024.0")

  package static let pi = Function(
    "pi", .number, "The ratio of a circle's circumference to its diameter.",
    .plain(gives: .fixed(.float64)) { Constant.float(.pi).column(count: $0.count, in: $0.store) },
    nulls: .custom("never null"), example: "pi()", gives: "3.141592653589793")

  package static let degrees = real(
    "degrees", "An angle in radians, in degrees.", example: "degrees(pi())", gives: "180.0", RealFunctions.degrees)
  package static let radians = real(
    "radians", "An angle in degrees, in radians.", example: "radians(180)", gives: "3.141592653589793",
    RealFunctions.radians)

  package static let even = real(
    "even", "The nearest even number that is not nearer to zero.", example: "even(2.5)", gives: "4.0",
    RealFunctions.even)

  package static let isNaN = test(
    "is_nan", "Whether a float is NaN, no number.", example: "is_nan(cast('nan' as float))", RealFunctions.isNaN)
  package static let isFinite = test(
    "is_finite", "Whether a number is neither infinite nor NaN.", example: "is_finite(1.5)", RealFunctions.isFinite)
  package static let isInfinite = test(
    "is_infinite", "Whether a float is positive or negative infinity.", example: "is_infinite(cast('inf' as float))",
    RealFunctions.isInfinite)

  package static let widthBucket = Function(
    "width_bucket", .number,
    "Which of a number of equal parts between two bounds x lies in, from 1; 0 before them and one more after them.",
    .plain(
      .value("x", .float), .value("low", .float), .value("high", .float), .value("count", .integer),
      gives: .fixed(.int64)
    ) { RealFunctions.widthBucket($0[0], low: $0[1], high: $0[2], count: $0[3]) },
    errors: "the bounds are equal or not finite, the count is not above zero, or x is NaN",
    example: "width_bucket(72, 0, 100, 4)", gives: "3")

  static let reals = [
    cbrt, degrees, even, exp, isFinite, isInfinite, isNaN, ln, log, log2, pi, power, radians, sqrt, widthBucket,
  ]

  // MARK: Angles

  package static let sin = real(
    "sin", "The sine of an angle in radians.", errors: "x is infinite", example: "sin(0)", gives: "0.0",
    RealFunctions.sin)
  package static let cos = real(
    "cos", "The cosine of an angle in radians.", errors: "x is infinite", example: "cos(0)", gives: "1.0",
    RealFunctions.cos)
  package static let tan = real(
    "tan", "The tangent of an angle in radians.", errors: "x is infinite", example: "tan(0)", gives: "0.0",
    RealFunctions.tan)
  package static let cot = real(
    "cot", "The cotangent of an angle in radians.", errors: "x is zero or infinite",
    example: "round(cot(radians(45)), 12)", gives: "1.0", RealFunctions.cot)
  package static let asin = real(
    "asin", "The angle in radians whose sine is x.", errors: "x is not between -1 and 1",
    example: "degrees(asin(1))", gives: "90.0", RealFunctions.asin)
  package static let acos = real(
    "acos", "The angle in radians whose cosine is x.", errors: "x is not between -1 and 1",
    example: "degrees(acos(0))", gives: "90.0", RealFunctions.acos)
  package static let atan = real(
    "atan", "The angle in radians whose tangent is x.", example: "degrees(atan(1))", gives: "45.0",
    RealFunctions.atan)
  package static let atan2 = Function(
    "atan2", .number, "The angle in radians, -π to π, of the point (x, y); y is given first.",
    .plain(.value("y", .float), .value("x", .float), gives: .fixed(.float64)) { RealFunctions.atan2($0[0], $0[1]) },
    example: "degrees(atan2(1, -1))", gives: "135.0")
  package static let sinh = real(
    "sinh", "The hyperbolic sine.", example: "sinh(0)", gives: "0.0", RealFunctions.sinh)
  package static let cosh = real(
    "cosh", "The hyperbolic cosine.", example: "cosh(0)", gives: "1.0", RealFunctions.cosh)
  package static let tanh = real(
    "tanh", "The hyperbolic tangent.", example: "tanh(0)", gives: "0.0", RealFunctions.tanh)
  package static let asinh = real(
    "asinh", "The inverse hyperbolic sine.", example: "asinh(0)", gives: "0.0", RealFunctions.asinh)
  package static let acosh = real(
    "acosh", "The inverse hyperbolic cosine.", errors: "x is below 1", example: "acosh(1)", gives: "0.0",
    RealFunctions.acosh)
  package static let atanh = real(
    "atanh", "The inverse hyperbolic tangent.", errors: "x is not between -1 and 1, both excluded",
    example: "atanh(0)", gives: "0.0", RealFunctions.atanh)

  static let angles = [
    acos, acosh, asin, asinh, atan, atan2, atanh, cos, cosh, cot, sin, sinh, tan, tanh,
  ]
}
