import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Puts the numbers of a column on another scale.
enum Scale: Step {
  static let name = "scale"
  static let summary = "Put the numbers of a column on another scale, by figures over all rows that reach the step."
  static let nulls: String? = "stays null"
  static let details: String? = """
    The result is a float. Null stays null, and NaN stays NaN; NaN and infinities do not count for the figures. \
    Where all values are equal, a z-score and a distance from the mean are 0, and the others the lower end. A \
    standard deviation of fewer than two values is null, and with it the result.
    """

  static let column = RequiredOption<Located<String>>("column", "The number column.")
  static let method = DefaultedOption<Method>(
    "method",
    "'min_max': from 0 for the smallest to 1 for the largest; 'between': from and to two other numbers; 'mean': the "
      + "distance from the mean, in units of the whole range; 'z_score': in standard deviations of the sample.",
    default: .minMax)
  static let to = OptionalOption<[Double]>(
    "to", "With 'between', what the smallest and the largest value become.")
  static let into = OptionalOption<Located<String>>("into", "A new column for the result; default: in place.")
  static let options: [any OptionDeclaration] = [column, method, to, into]
  static let shorthand: (any OptionDeclaration)? = column

  enum Method: String, CaseIterable, Sendable, OptionValue {
    case minMax = "min_max"
    case between, mean
    case zScore = "z_score"
  }

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let range = range(arguments, &scope)
    let isNew = arguments[into].map { scope.canMake($0) } ?? true
    guard let source = scope.number(arguments[column], for: name), let (low, high) = range, isNew else { return nil }
    let value = scope.float(source.typed)
    let finite = scope.finite(value)
    guard let (offset, unit) = figures(arguments[method], of: finite, &scope) else { return nil }
    let scaled = scope.scaled(value, offset: offset, unit: unit, onto: low, high)
    return scope.replacing([(arguments[into]?.value ?? source.name, scaled)])
  }

  /// What 0 and 1 become; nil, reported, where that is not said as it should be.
  private static func range(_ arguments: Arguments, _ scope: inout StepScope) -> (Double, Double)? {
    guard let given = arguments[to] else {
      guard arguments[method] == .between else { return (0, 1) }
      scope.report(
        .badOption("'between' needs 'to', two numbers", at: arguments.range(of: method), help: "such as: to: [0, 100]"))
      return nil
    }
    guard arguments[method] == .between else {
      scope.report(.badOption("'to' goes with 'method: between'", at: arguments.range(of: to)))
      return nil
    }
    guard given.count == 2, given.allSatisfy(\.isFinite) else {
      scope.report(.badOption("'to' takes two numbers", at: arguments.range(of: to)))
      return nil
    }
    return (given[0], given[1])
  }

  private static func figures(
    _ method: Method, of finite: Typed, _ scope: inout StepScope
  ) -> (offset: Typed, unit: Typed)? {
    if method == .zScore {
      guard let mean = scope.figure("mean", of: finite), let deviation = scope.figure("stddev", of: finite) else {
        return nil
      }
      return (mean, deviation)
    }
    guard let low = scope.figure("min", of: finite), let high = scope.figure("max", of: finite) else { return nil }
    let range = scope.computed("range", [high, low]) { Arithmetic.subtract($0[0], $0[1], as: .float64) }
    guard method == .mean else { return (low, range) }
    return scope.figure("mean", of: finite).map { ($0, range) }
  }
}
