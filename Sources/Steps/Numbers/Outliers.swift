import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Finds the values of a number column that are far from the others, and does something about them.
enum Outliers: Step {
  static let name = "outliers"
  static let summary = "Find numbers far from the others of their column; flag, drop, clear, replace or rescale them."
  static let nulls: String? = "is no outlier"
  static let details: String? = """
    Numbers are judged as floats. Null is no outlier, nor is NaN; an infinity is. Neither NaN nor infinities count \
    for the figures. A z-score is by the standard deviation of the sample (over n - 1); a modified one is 0.6745 \
    times the distance from the median over the median absolute deviation (Iglewicz and Hoaglin 1993); quartiles \
    are as SQL's percentile_cont has them. Where all values are equal there is no outlier; where only the \
    deviation or the range between the quartiles is 0, all that differs is one. Without 'into' the column keeps \
    its type, and what is put there is rounded to it. 'winsorize' puts an outlier on the percentile that it is \
    beyond, or, where none are given, on the fence. 'rescale' gives floats, and leaves other values as they are: \
    'scale' is for whole columns.
    """

  static let column = RequiredOption<Located<String>>("column", "The number column.")
  static let method = DefaultedOption<Method>(
    "method",
    "How far off is told: by standard deviations from the mean ('z_score'), by median absolute deviations from the "
      + "median ('modified_z_score'), or by interquartile ranges beyond the quartiles ('iqr').", default: .zScore)
  static let threshold = DefaultedOption<Double>(
    "threshold", "More than so many of them is an outlier.", default: 3)
  static let betweenPercentiles = OptionalOption<[Double]>(
    "between_percentiles", "Two percentiles, 0 to 100; values from the one to the other are never outliers.")
  static let then = RequiredOption<Then>("then", "What becomes of them, or of their rows.")
  static let into = OptionalOption<Located<String>>(
    "into", "A new column for the result, which 'flag' needs; default: in place.")
  static let values = OptionalOption<[NullText]>(
    "values", "With 'flag', the texts for an outlier and for any other row; default: true and false.")
  static let using = OptionalOption<Figure>(
    "using",
    "With 'replace', the figure to put there, over the values that are no outliers; of several modes the smallest.")
  static let with = OptionalOption<Node>("with", "With 'replace', the value to put there.", schema: .scalar)
  static let by = OptionalOption<Rescaling>(
    "by", "With 'rescale', what to make of them: their z-score in the column, their logarithm, root or square.")
  static let base = OptionalOption<Double>("base", "The base of the logarithm; default: e.")
  static let degree = OptionalOption<Int>("degree", "The degree of the root, 2 to 9; default: 2.")
  static let options: [any OptionDeclaration] = [
    column, method, threshold, betweenPercentiles, then, into, values, using, with, by, base, degree,
  ]

  enum Method: String, CaseIterable, Sendable, OptionValue {
    case zScore = "z_score"
    case modifiedZScore = "modified_z_score"
    case iqr
  }

  enum Then: String, CaseIterable, Sendable, OptionValue {
    case flag, drop, quarantine, clear, replace, winsorize, rescale
  }

  enum Figure: String, CaseIterable, Sendable, OptionValue { case mean, median, mode, sum, min, max }

  enum Rescaling: String, CaseIterable, Sendable, OptionValue {
    case zScore = "z_score"
    case log, root, square
  }

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let isSound = optionsFit(arguments, &scope)
    let isNew = arguments[into].map { scope.canMake($0) } ?? true
    guard let source = scope.number(arguments[column], for: name), isSound, isNew else { return nil }
    guard let fences = OutlierFences(arguments, over: source, &scope) else { return nil }
    let result: Typed?
    switch arguments[then] {
    case .drop: return .remove(fences.crossed)
    case .quarantine: return .reject(fences.crossed, code: .outlier, columns: [source])
    case .flag: result = flagged(fences.crossed, arguments, &scope)
    case .clear: result = scope.voided(source.typed, where: fences.crossed)
    case .replace: result = replaced(source, fences, arguments, &scope)
    case .winsorize:
      let capped = fences.capped(&scope)
      result = scope.scope.cast(capped, to: source.type).map { scope.scope.choose(fences.crossed, $0, source.typed) }
    case .rescale: result = rescaled(fences, arguments, &scope)
    }
    return result.map { scope.replacing([(arguments[into]?.value ?? source.name, $0)]) }
  }

  private static func flagged(_ crossed: Typed, _ arguments: Arguments, _ scope: inout StepScope) -> Typed {
    guard let texts = arguments[values] else { return crossed }
    let yes = scope.scope.constant(.text(texts[0].text))
    let no = scope.scope.constant(.text(texts[1].text))
    return scope.scope.choose(crossed, yes, no)
  }

  private static func replaced(
    _ source: BoundColumn, _ fences: OutlierFences, _ arguments: Arguments, _ scope: inout StepScope
  ) -> Typed? {
    let fresh: Typed?
    if let node = arguments[with] {
      fresh = scope.value(node, as: source.type).map { scope.scope.constant($0) }
    } else {
      let others = scope.voided(scope.finite(source.typed), where: fences.crossed)
      fresh = scope.figure(arguments[using]?.rawValue ?? "", of: others).flatMap {
        scope.scope.cast($0, to: source.type)
      }
    }
    return fresh.map { scope.scope.choose(fences.crossed, $0, source.typed) }
  }

  private static func rescaled(
    _ fences: OutlierFences, _ arguments: Arguments, _ scope: inout StepScope
  ) -> Typed? {
    let value = fences.value
    let fresh: Typed
    switch arguments[by] {
    case .zScore, nil:
      guard let mean = scope.figure("mean", of: fences.finite),
        let deviation = scope.figure("stddev", of: fences.finite)
      else { return nil }
      fresh = scope.scaled(value, offset: mean, unit: deviation, onto: 0, 1)
    case .log: fresh = bent(value, .log(base: arguments[base]), &scope)
    case .root: fresh = bent(value, .root(degree: arguments[degree] ?? 2), &scope)
    case .square: fresh = bent(value, .square, &scope)
    }
    return scope.scope.choose(fences.crossed, fresh, value)
  }

  private static func bent(_ value: Typed, _ curve: Spread.Curve, _ scope: inout StepScope) -> Typed {
    scope.computed("curve", detail: [.text("\(curve)")], [value], canFail: true) { curve.bent($0[0]) }
  }
}
