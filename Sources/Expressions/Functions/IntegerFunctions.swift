import Columns
import Kernels

/// Functions of whole numbers and of their bits.
extension Function {
  private static func pair(
    _ name: String, _ summary: String, _ second: String = "other", errors: String? = nil, example: String,
    gives result: String, _ kernel: @escaping @Sendable (Column, Column) -> Column
  ) -> Function {
    Function(
      name, .number, summary,
      .plain(.value("x", .integer), .value(second, .integer), gives: .fixed(.int64)) { kernel($0[0], $0[1]) },
      errors: errors, example: example, gives: result)
  }

  private static func single(
    _ name: String, _ summary: String, errors: String? = nil, example: String, gives result: String,
    _ kernel: @escaping @Sendable (Column) -> Column
  ) -> Function {
    Function(
      name, .number, summary, .plain(.value("x", .integer), gives: .fixed(.int64)) { kernel($0[0]) }, errors: errors,
      example: example, gives: result)
  }

  package static let gcd = pair(
    "gcd", "The greatest common divisor of two whole numbers.", errors: "the result is too large for an int",
    example: "gcd(12, 18)", gives: "6", Integers.gcd)
  package static let lcm = pair(
    "lcm", "The least common multiple of two whole numbers.", errors: "the result is too large for an int",
    example: "lcm(4, 6)", gives: "12", Integers.lcm)
  package static let factorial = single(
    "factorial", "The product of the whole numbers from 1 to x.", errors: "x is below 0 or above 20",
    example: "factorial(5)", gives: "120", Integers.factorial)

  package static let bitAnd = pair(
    "bit_and", "The bits that are set in both numbers.", example: "bit_and(12, 10)", gives: "8", Integers.and)
  package static let bitOr = pair(
    "bit_or", "The bits that are set in one of the numbers or both.", example: "bit_or(12, 10)", gives: "14",
    Integers.or)
  package static let bitXor = pair(
    "bit_xor", "The bits that are set in one of the numbers, not in both.", example: "bit_xor(12, 10)", gives: "6",
    Integers.xor)
  package static let bitNot = single(
    "bit_not", "All 64 bits turned over.", example: "bit_not(5)", gives: "-6", Integers.not)
  package static let bitCount = single(
    "bit_count", "How many of the 64 bits are set.", example: "bit_count(255)", gives: "8", Integers.bitCount)
  package static let shiftLeft = pair(
    "shift_left", "The bits moved to higher places: x times a power of two.", "places",
    errors: "the result is too large for an int, or places is not between 0 and 63", example: "shift_left(3, 4)",
    gives: "48", Integers.shiftLeft)
  package static let shiftRight = pair(
    "shift_right", "The bits moved to lower places: x over a power of two, rounded down.", "places",
    errors: "places is not between 0 and 63", example: "shift_right(48, 4)", gives: "3", Integers.shiftRight)

  static let integers = [
    bitAnd, bitCount, bitNot, bitOr, bitXor, factorial, gcd, lcm, shiftLeft, shiftRight,
  ]
}
