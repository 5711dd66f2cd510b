/// A figure that depends on how values are ordered or how often they repeat; all of them must be known for it.
package enum OrderFigure: Hashable, Sendable {
  /// SQL's `percentile_cont`: between the values on both sides.
  case continuous(QuantileShare)
  /// SQL's `percentile_disc`: one of the values.
  case discrete(QuantileShare)
  /// The most frequent value; the least of several.
  case mode
}
