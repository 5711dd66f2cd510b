import Columns
import Kernels
import Measures

/// A function over all rows that reach the step or rule it stands in, such as `mean(score)`. The planner reads the input
/// once more to work it out.
package struct AggregateFunction: Sendable {
  /// What its values are brought to.
  package enum Work: Sendable {
    /// Figures that are added up as the rows come; an empty one of a column of a type.
    case measure(@Sendable (DataType) -> any GroupMeasure)
    /// Figures for which the values are sorted.
    case order(@Sendable (QuantileShare) -> OrderFigure)
  }

  package let name: String
  package let summary: String
  package let accepts: TypeClass
  /// Whether it is also called as `name(*)`, over rows instead of values.
  package let takesStar: Bool
  /// Whether its second argument is a share.
  package let takesShare: Bool
  package let result: @Sendable (DataType) -> DataType
  package let work: Work
  /// The type that values are turned into first.
  package let argument: @Sendable (DataType) -> DataType

  private init(
    _ name: String, _ accepts: TypeClass, _ summary: String, takesStar: Bool = false, takesShare: Bool = false,
    argument: @escaping @Sendable (DataType) -> DataType = { $0 },
    gives result: @escaping @Sendable (DataType) -> DataType, _ work: Work
  ) {
    self.name = name
    self.summary = summary
    self.accepts = accepts
    self.takesStar = takesStar
    self.takesShare = takesShare
    self.argument = argument
    self.result = result
    self.work = work
  }

  private static func moments(
    _ name: String, _ accepts: TypeClass, _ figure: Moments.Figure, _ summary: String, takesStar: Bool = false
  ) -> AggregateFunction {
    AggregateFunction(
      name, accepts, summary, takesStar: takesStar, gives: { Moments.resultType(figure, of: $0) },
      .measure { Moments(figure, of: $0) })
  }

  private static func extreme(_ name: String, largest: Bool, _ summary: String) -> AggregateFunction {
    AggregateFunction(name, .any, summary, gives: { $0 }, .measure { Extreme($0, largest: largest) })
  }

  package static let mean = moments("mean", .number, .mean, "The arithmetic mean.")
  package static let sum = moments("sum", .number, .sum, "The sum; exact for integers and decimals.")
  package static let standardDeviation = moments(
    "stddev", .number, .standardDeviation, "The standard deviation of the sample.")
  package static let median = AggregateFunction(
    "median", .measurable, "The exact middle value; of an even number of them, half-way between the middle two.",
    argument: pointInTime, gives: between, .order { _ in .continuous(.half) })
  package static let mode = AggregateFunction(
    "mode", .any, "The most frequent value; the smallest of several that are equally frequent.", gives: { $0 },
    .order { _ in .mode })
  package static let quantile = AggregateFunction(
    "quantile", .any,
    "The exact quantile: the first of the sorted values at which the share is reached, as SQL's percentile_disc.",
    takesShare: true, gives: { $0 }, .order { .discrete($0) })
  package static let quantileContinuous = AggregateFunction(
    "quantile_cont", .measurable,
    "The exact quantile, between the values on both sides where none is at the share, as SQL's percentile_cont.",
    takesShare: true, argument: pointInTime, gives: between, .order { .continuous($0) })

  package static let all = [
    moments("count", .any, .count, "How many values are present; with '*', how many rows.", takesStar: true),
    extreme("max", largest: true, "The largest value; texts by their bytes."),
    mean, median,
    extreme("min", largest: false, "The smallest value; texts by their bytes."),
    mode, quantile, quantileContinuous, standardDeviation, sum,
    moments("variance", .number, .variance, "The variance of the sample."),
  ]

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  package static func named(_ name: String) -> AggregateFunction? { byName[name] }

  /// Half-way between two dates is a time of day.
  private static let pointInTime: @Sendable (DataType) -> DataType = { $0 == .date ? .timestamp : $0 }

  /// The type of what lies between two values.
  private static let between: @Sendable (DataType) -> DataType = { type in
    type.isInteger || type.isFloat ? .float64 : pointInTime(type)
  }

  /// How it is called, for people.
  package var forms: [String] {
    let value = "value \(accepts.description)"
    return (takesShare ? ["\(name)(\(value), constant share float)"] : ["\(name)(\(value))"])
      + (takesStar ? ["\(name)(*)"] : [])
  }
}
