import Diagnostics
import Documents
import Plans

/// Which options of `outliers` go with which others.
extension Outliers {
  /// Whether the options go together and are in their ranges; what is wrong is reported.
  static func optionsFit(_ arguments: Arguments, _ scope: inout StepScope) -> Bool {
    var faults: [Diagnostic] = []
    let then = arguments[then]
    func only(_ option: any OptionDeclaration, with words: Then...) {
      guard arguments.isGiven(option), !words.contains(then) else { return }
      let list = words.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      faults.append(
        .badOption(
          "'\(option.name)' has no meaning with 'then: \(then.rawValue)'", at: arguments.range(of: option),
          help: "it goes with \(list)"))
    }
    only(into, with: .flag, .clear, .replace, .winsorize, .rescale)
    only(values, with: .flag)
    only(using, with: .replace)
    only(with, with: .replace)
    only(by, with: .rescale)
    only(base, with: .rescale)
    only(degree, with: .rescale)
    faults += missing(arguments) + outOfRange(arguments)
    faults.forEach { scope.report($0) }
    return faults.isEmpty
  }

  private static func missing(_ arguments: Arguments) -> [Diagnostic] {
    let place = arguments.range(of: then)
    switch arguments[then] {
    case .flag where arguments[into] == nil:
      return [.badOption("'flag' needs 'into', the name of a new column", at: place)]
    case .replace where (arguments[with] == nil) == (arguments[using] == nil):
      return [.badOption("'replace' takes either 'with', a value, or 'using', a figure", at: place)]
    case .rescale where arguments[by] == nil:
      return [
        .badOption("'rescale' needs 'by'", at: place, help: "'by: z_score', 'by: log', 'by: root' or 'by: square'")
      ]
    default: return []
    }
  }

  private static func outOfRange(_ arguments: Arguments) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    func expect(_ holds: Bool, _ message: String, _ option: any OptionDeclaration) {
      if !holds { faults.append(.badOption(message, at: arguments.range(of: option))) }
    }
    let threshold = arguments[threshold]
    expect(threshold >= 0 && threshold.isFinite, "'threshold' is a number from 0", Self.threshold)
    if let limits = arguments[betweenPercentiles] {
      let isRange = limits.count == 2 && 0 <= limits[0] && limits[0] <= limits[1] && limits[1] <= 100
      expect(
        isRange, "'between_percentiles' takes two percentiles from 0 to 100, the smaller first", betweenPercentiles)
    }
    if let texts = arguments[values] {
      expect(texts.count == 2, "'values' takes two texts, for outliers and for others", values)
    }
    if let base = arguments[base] {
      expect(arguments[by] == .log || arguments[by] == nil, "'base' goes with 'by: log'", Self.base)
      expect(base > 0 && base != 1 && base.isFinite, "the base of a logarithm is above 0, and not 1", Self.base)
    }
    if let degree = arguments[degree] {
      expect(arguments[by] == .root || arguments[by] == nil, "'degree' goes with 'by: root'", Self.degree)
      expect((2...9).contains(degree), "'degree' is from 2 to 9", Self.degree)
    }
    return faults
  }
}
