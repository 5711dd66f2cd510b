import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Where the outliers of a column begin.
///
/// Figures are over all rows that reach the step, NaN and infinities apart. Integers and decimals are judged as floats.
///
/// - Source: B. Iglewicz and D. Hoaglin, How to Detect and Handle Outliers (1993), for the modified z-score: 0.6745 ·
///   |x − median| / median absolute deviation; J. W. Tukey, Exploratory Data Analysis (1977), for the fences beyond the
///   quartiles.
struct OutlierFences {
  /// The column as floats, and what its figures are made of.
  let value: Typed
  let finite: Typed
  /// True for an outlier, false for every other row.
  let crossed: Typed
  private let low: Typed
  private let high: Typed
  private let unit: Typed
  private let fences: Spread.Fences
  private let percentiles: (low: Typed, high: Typed)?

  /// Nil where a figure cannot be had, which is reported.
  init?(_ arguments: Arguments, over column: BoundColumn, _ scope: inout StepScope) {
    value = scope.float(column.typed)
    finite = scope.finite(value)
    let method = arguments[Outliers.method]
    let weight = method == .modifiedZScore ? 0.6745 : 1
    fences = Spread.Fences(weight: weight, threshold: arguments[Outliers.threshold])
    guard let figures = Self.figures(method, of: finite, &scope) else { return nil }
    (low, high, unit) = figures
    let fences = fences
    let crossed = scope.computed(
      "is outlier", detail: [.float(fences.weight), .float(fences.threshold)], [value, low, high, unit], as: .bool
    ) { fences.areCrossed(by: $0[0], low: $0[1], high: $0[2], unit: $0[3]) }
    guard let limits = arguments[Outliers.betweenPercentiles] else {
      percentiles = nil
      self.crossed = crossed
      return
    }
    guard let bottom = scope.quantile(of: finite, at: limits[0] / 100),
      let top = scope.quantile(of: finite, at: limits[1] / 100)
    else { return nil }
    percentiles = (bottom, top)
    let outside = scope.computed("is outside", [value, bottom, top], as: .bool) {
      Spread.isOutside($0[0], low: $0[1], high: $0[2])
    }
    self.crossed = scope.scope.all([crossed, outside]) ?? crossed
  }

  private static func figures(
    _ method: Outliers.Method, of finite: Typed, _ scope: inout StepScope
  ) -> (low: Typed, high: Typed, unit: Typed)? {
    switch method {
    case .zScore:
      guard let mean = scope.figure("mean", of: finite), let deviation = scope.figure("stddev", of: finite) else {
        return nil
      }
      return (mean, mean, deviation)
    case .modifiedZScore:
      guard let median = scope.figure("median", of: finite) else { return nil }
      let distance = scope.computed("distance", [finite, median]) { call in
        Arithmetic.abs(Arithmetic.subtract(call[0], call[1], as: .float64), as: .float64)
      }
      guard let deviation = scope.figure("median", of: distance) else { return nil }
      return (median, median, deviation)
    case .iqr:
      guard let low = scope.quantile(of: finite, at: 0.25), let high = scope.quantile(of: finite, at: 0.75) else {
        return nil
      }
      let range = scope.computed("range", [high, low]) { Arithmetic.subtract($0[0], $0[1], as: .float64) }
      return (low, high, range)
    }
  }

  /// The values, those that are too far off put on the percentiles, or, where none are given, on the fences.
  func capped(_ scope: inout StepScope) -> Typed {
    if let percentiles {
      return scope.computed("cap", [value, percentiles.low, percentiles.high]) {
        Spread.capped($0[0], low: $0[1], high: $0[2])
      }
    }
    let fences = fences
    return scope.computed(
      "cap at fences", detail: [.float(fences.weight), .float(fences.threshold)], [value, low, high, unit]
    ) { fences.capped($0[0], low: $0[1], high: $0[2], unit: $0[3]) }
  }
}
