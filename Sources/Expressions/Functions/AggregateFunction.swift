import Columns
import Measures

/// A function over all rows that reach the step or rule it stands in, such as `mean(score)`. The planner reads the input
/// once more to work it out.
package struct AggregateFunction: Sendable {
  package let name: String
  package let summary: String
  package let accepts: TypeClass
  /// Whether it is also called as `name(*)`, over rows instead of values.
  package let takesStar: Bool
  package let result: @Sendable (DataType) -> DataType
  /// An empty measure of a column of a type.
  package let measure: @Sendable (DataType) -> any Measure

  private init(
    _ name: String, _ accepts: TypeClass, _ summary: String, takesStar: Bool = false,
    gives result: @escaping @Sendable (DataType) -> DataType, measure: @escaping @Sendable (DataType) -> any Measure
  ) {
    self.name = name
    self.summary = summary
    self.accepts = accepts
    self.takesStar = takesStar
    self.result = result
    self.measure = measure
  }

  private static func moments(
    _ name: String, _ accepts: TypeClass, _ figure: Moments.Figure, _ summary: String, takesStar: Bool = false
  ) -> AggregateFunction {
    AggregateFunction(
      name, accepts, summary, takesStar: takesStar, gives: { Moments.resultType(figure, of: $0) },
      measure: { Moments(figure, of: $0) })
  }

  package static let all = [
    moments("count", .any, .count, "How many values are present; with '*', how many rows.", takesStar: true),
    AggregateFunction(
      "max", .any, "The largest value; texts by their bytes.", gives: { $0 },
      measure: { Extreme($0, largest: true) }),
    moments("mean", .number, .mean, "The arithmetic mean."),
    AggregateFunction(
      "min", .any, "The smallest value; texts by their bytes.", gives: { $0 },
      measure: { Extreme($0, largest: false) }),
    moments("stddev", .number, .standardDeviation, "The standard deviation of the sample."),
    moments("sum", .number, .sum, "The sum; exact for integers and decimals."),
    moments("variance", .number, .variance, "The variance of the sample."),
  ]

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  package static func named(_ name: String) -> AggregateFunction? { byName[name] }
}
