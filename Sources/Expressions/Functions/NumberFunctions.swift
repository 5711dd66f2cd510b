import Columns
import Kernels

extension Function {
  package static let abs = Function(
    "abs", .number, "The value without its sign.",
    .plain(.value("x", .number), gives: .argument(0)) { Arithmetic.abs($0[0], as: $0.type) },
    errors: "the smallest integer of a type has no positive counterpart", example: "abs(-5)", gives: "5")

  package static let round = Function(
    "round", .number, "Rounds half away from zero, to whole numbers or to a number of digits after the point.",
    .plain(.value("x", .number), gives: .argument(0)) { call in
      Arithmetic.round(call[0], digits: Constant.integer(0).column(count: call.count, in: call.store), as: call.type)
    },
    .plain(.value("x", .number), .value("digits", .integer), gives: .argument(0)) {
      Arithmetic.round($0[0], digits: $0[1], as: $0.type)
    },
    errors: "the rounded value is too large for the type", example: "round(2.345, 2)", gives: "2.350")

  package static let floor = Function(
    "floor", .number, "The largest whole number that is not larger.",
    .plain(.value("x", .number), gives: .argument(0)) { Arithmetic.floor($0[0], as: $0.type) },
    errors: "the result is too large for the type", example: "floor(-1.5)", gives: "-2.0")

  package static let ceil = Function(
    "ceil", .number, "The smallest whole number that is not smaller.",
    .plain(.value("x", .number), gives: .argument(0)) { Arithmetic.ceil($0[0], as: $0.type) },
    errors: "the result is too large for the type", example: "ceil(-1.5)", gives: "-1.0")

  package static let mod = Function(
    "mod", .number, "The remainder of a division that truncates; it has the sign of the dividend.",
    .plain(.value("x", .integer), .value("divisor", .integer), gives: .argument(0)) {
      Arithmetic.remainder($0[0], $0[1], as: $0.type)
    },
    errors: "the divisor is zero", example: "mod(-7, 3)", gives: "-1")

  package static let trunc = Function(
    "trunc", .number, "Leaves out the digits after the point, or those after a number of them.",
    .plain(.value("x", .number), gives: .argument(0)) { call in
      Arithmetic.truncate(
        call[0], digits: Constant.integer(0).column(count: call.count, in: call.store), as: call.type)
    },
    .plain(.value("x", .number), .value("digits", .integer), gives: .argument(0)) {
      Arithmetic.truncate($0[0], digits: $0[1], as: $0.type)
    },
    example: "trunc(-2.567, 1)", gives: "-2.500")

  package static let sign = Function(
    "sign", .number, "-1 for numbers below zero, 1 above it, else 0.",
    .plain(.value("x", .number), gives: .fixed(.int64)) { Arithmetic.sign($0[0]).with(type: .int64) },
    example: "sign(-2.5)", gives: "-1")

  static let numbers = [abs, ceil, floor, mod, round, sign, trunc] + reals + angles + integers
}
