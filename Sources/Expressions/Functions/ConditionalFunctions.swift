import Columns
import Kernels

extension Function {
  package static let coalesce = Function(
    "coalesce", .conditional, "The first of its arguments that is not null.",
    .plain(.value("value", .common), variadic: true, gives: .argument(0)) { Conditional.coalesce($0.arguments) },
    nulls: .custom("null when all arguments are null"), lazyFrom: 1, example: "coalesce(null, 2, 3)", gives: "2")

  package static let nullIf = Function(
    "nullif", .conditional, "Null where the two are equal, else the first.",
    .plain(.value("value", .common), .value("unwanted", .common), gives: .argument(0)) {
      Conditional.nullif($0[0], $0[1], in: $0.store)
    },
    nulls: .custom("null when the first is null or both are equal"), example: "nullif('-', '-') is null", gives: "true")

  package static let ifElse = Function(
    "if", .conditional, "The second argument where the first is true, else the third.",
    Signature(
      [.value("condition", .bool), .value("then", .common), .value("otherwise", .common)], gives: .argument(1)
    ) { _ throws(ArgumentFault) in
      { call in
        Conditional.choose([(condition: call[0], result: call[1])], otherwise: call[2], as: call.type)
      }
    },
    nulls: .custom("a condition that is null chooses the third"), lazyFrom: 1, example: "if(1 > 2, 'a', 'b')",
    gives: "b")

  package static let greatest = Function(
    "greatest", .conditional, "The largest of its arguments; nulls are passed over.",
    .plain(.value("value", .common), variadic: true, gives: .argument(0)) {
      Comparison.greatest($0.arguments, in: $0.store)
    },
    nulls: .custom("null when all arguments are null"), example: "greatest(3, 7, 5)", gives: "7")

  package static let least = Function(
    "least", .conditional, "The smallest of its arguments; nulls are passed over.",
    .plain(.value("value", .common), variadic: true, gives: .argument(0)) {
      Comparison.least($0.arguments, in: $0.store)
    },
    nulls: .custom("null when all arguments are null"), example: "least(3, 7, 5)", gives: "3")

  package static let isInvalid = Function(
    "is_invalid", .conditional, "Whether the value did not fit and was kept as invalid.",
    .plain(.value("value", .any), gives: .fixed(.bool)) { Logic.isInvalid($0[0]) },
    nulls: .custom("never null"), example: "is_invalid(1)", gives: "false")

  static let conditionals = [coalesce, nullIf, ifElse, greatest, least, isInvalid]
}
