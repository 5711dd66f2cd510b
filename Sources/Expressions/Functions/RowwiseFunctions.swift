import Columns
import Kernels

/// Figures over the values of one row in several columns.
extension Function {
  private static let rowNulls = NullRule.custom("nulls are passed over; null when all arguments are null")

  private static func figure(
    _ name: String, _ summary: String, nulls: NullRule = rowNulls, example: String, gives result: String,
    _ kernel: @escaping @Sendable ([Column]) -> Column
  ) -> Function {
    Function(
      name, .rowwise, summary,
      .plain(.value("x", .float), variadic: true, gives: .fixed(.float64)) { kernel($0.arguments) }, nulls: nulls,
      example: example, gives: result)
  }

  package static let rowMean = figure(
    "row_mean", "The arithmetic mean of its arguments.", example: "row_mean(3, 4, null, 8)", gives: "5.0",
    RowFigures.mean)
  package static let rowMedian = figure(
    "row_median", "The middle one of its sorted arguments, or the mean of the middle two.",
    example: "row_median(7, 1, 3, 100)", gives: "5.0", RowFigures.median)

  private static let sampleNulls = NullRule.custom("nulls are passed over; null when fewer than two are present")

  package static let rowVariance = figure(
    "row_variance", "The variance of its arguments as a sample.", nulls: sampleNulls,
    example: "row_variance(2, 4, 6)", gives: "4.0", RowFigures.variance)
  package static let rowStddev = figure(
    "row_stddev", "The standard deviation of its arguments as a sample.", nulls: sampleNulls,
    example: "row_stddev(2, 4, 6)", gives: "2.0", RowFigures.standardDeviation)

  package static let rowSum = Function(
    "row_sum", .rowwise, "The sum of its arguments; exact for whole numbers and decimals.",
    .init([.value("x", .common)], variadic: true, gives: .computed("number", sumType)) { info throws(ArgumentFault) in
      try requireNumbers(info, from: 0)
      return { RowFigures.sum($0.arguments, as: $0.type) }
    },
    nulls: rowNulls, errors: "the sum is too large for its type", example: "row_sum(3, 4, null)", gives: "7")

  private static let sumType: @Sendable ([DataType]) -> DataType = { types in
    switch types.first {
    case .decimal(_, let scale): .decimal(precision: TypeRules.maximumPrecision, scale: scale)
    case .float32, .float64: .float64
    default: .int64
    }
  }

  private static func requireNumbers(_ info: Signature.Preparation, from first: Int) throws(ArgumentFault) {
    guard let type = info.types.dropFirst(first).first, !type.isNumeric else { return }
    throw ArgumentFault(argument: first, "takes numbers, not \(type)")
  }

  private static func kth(_ name: String, _ summary: String, isDistinct: Bool, example: String, gives: String)
    -> Function
  {
    Function(
      name, .rowwise, summary,
      .init([.value("k", .integer), .value("x", .common)], variadic: true, gives: .argument(1)) {
        info throws(ArgumentFault) in
        if info.types.count > 1, !info.types[1].isTemporal { try requireNumbers(info, from: 1) }
        return { RowFigures.kthLargest($0[0], Array($0.arguments.dropFirst()), isDistinct: isDistinct) }
      },
      nulls: .custom("null when k is null, or fewer arguments are present"), errors: "k is below 1",
      example: example, gives: gives)
  }

  package static let rowKthLargest = kth(
    "row_kth_largest", "The k-th largest of the arguments after k.", isDistinct: false,
    example: "row_kth_largest(2, 9, 9, 7)", gives: "9")
  package static let rowKthLargestDistinct = kth(
    "row_kth_largest_distinct", "The k-th largest of the different arguments after k.", isDistinct: true,
    example: "row_kth_largest_distinct(2, 9, 9, 7)", gives: "7")

  package static let rowCount = Function(
    "row_count", .rowwise, "How many of its arguments are present.",
    .plain(.value("value", .any), variadic: true, gives: .fixed(.int64)) {
      RowFigures.count($0.arguments, rows: $0.count)
    },
    nulls: .custom("never null"), example: "row_count(3, null, 'a')", gives: "2")

  package static let rowCountDistinct = Function(
    "row_count_distinct", .rowwise, "How many different values are among its arguments; nulls do not count.",
    .plain(.value("value", .common), variadic: true, gives: .fixed(.int64)) {
      RowFigures.countDistinct($0.arguments, rows: $0.count, in: $0.store)
    },
    nulls: .custom("never null"), example: "row_count_distinct(3, null, 4, 3)", gives: "2")

  package static let rowMode = Function(
    "row_mode", .rowwise, "The most frequent of its arguments; the least of several that are equally frequent.",
    .plain(.value("value", .common), variadic: true, gives: .argument(0)) {
      RowFigures.mode($0.arguments, in: $0.store)
    },
    nulls: rowNulls, example: "row_mode('b', 'a', 'b')", gives: "b")

  package static let rowAny = Function(
    "row_any", .rowwise, "The first of its arguments that is not missing: not null, and no empty or blank text.",
    .plain(.value("value", .common), variadic: true, gives: .argument(0)) {
      RowFigures.any($0.arguments, in: $0.store)
    },
    nulls: .custom("null when all arguments are missing"), example: "row_any(null, ' ', 'a', 'b')", gives: "a")

  static let rowwise = [
    rowAny, rowCount, rowCountDistinct, rowKthLargest, rowKthLargestDistinct, rowMean, rowMedian, rowMode, rowStddev,
    rowSum, rowVariance,
  ]
}
