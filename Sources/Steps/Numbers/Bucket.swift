import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Puts the numbers of a column into buckets, each from one edge up to the next.
enum Bucket: Step {
  static let name = "bucket"
  static let summary = "Put numbers into buckets by given edges, of equal width, or of equally many rows."
  static let nulls: String? = "stays null"
  static let details: String? = """
    A bucket takes its lower edge and not its upper one; the last takes both. With 'at', what is below the first \
    edge or above the last condemns its row; otherwise the first and the last bucket are open. NaN is in no \
    bucket. Null stays null. Percentiles are as SQL's percentile_cont has them; where many values are equal, \
    buckets may stay empty. NaN and infinities do not count for the figures.
    """

  static let column = RequiredOption<Located<String>>("column", "The number column.")
  static let at = OptionalOption<[Double]>(
    "at", "The edges, ascending, one more than buckets; '-.inf' and '.inf' leave an end open.")
  static let percentiles = OptionalOption<[Double]>(
    "percentiles", "Or the percentiles, above 0 and below 100, at which one bucket ends and the next begins.")
  static let equalWidth = OptionalOption<Int>(
    "equal_width", "Or into how many buckets of equal width to cut the range of the values.")
  static let equalCount = OptionalOption<Int>(
    "equal_count", "Or into how many buckets of equally many rows to cut the sorted values.")
  static let names = OptionalOption<[String]>("names", "The buckets' names; default: their numbers, from 1.")
  static let into = OptionalOption<Located<String>>("into", "A new column for the result; default: in place.")
  static let options: [any OptionDeclaration] = [column, at, percentiles, equalWidth, equalCount, names, into]

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let cuts = cuts(arguments, &scope)
    let isNew = arguments[into].map { scope.canMake($0) } ?? true
    guard let source = scope.number(arguments[column], for: name), let cuts, isNew else { return nil }
    let value = scope.float(source.typed)
    guard let number = number(of: value, cuts, &scope) else { return nil }
    let result = arguments[names].map { named(number, $0, &scope) } ?? number
    return scope.replacing([(arguments[into]?.value ?? source.name, result)])
  }

  /// How the buckets are cut.
  private enum Cuts {
    case edges([Double])
    /// At shares of the sorted values.
    case shares([Double])
    case width(count: Int)

    var buckets: Int {
      switch self {
      case .edges(let edges): edges.count - 1
      case .shares(let shares): shares.count + 1
      case .width(let count): count
      }
    }
  }

  private static func cuts(_ arguments: Arguments, _ scope: inout StepScope) -> Cuts? {
    let forms: [any OptionDeclaration] = [at, percentiles, equalWidth, equalCount]
    guard forms.filter({ arguments.isGiven($0) }).count == 1, let form = forms.first(where: { arguments.isGiven($0) })
    else {
      let words = "'at', 'percentiles', 'equal_width' and 'equal_count'"
      scope.report(.badOption("'bucket' takes one of \(words)", at: arguments.node.range))
      return nil
    }
    func refuse(_ message: String) -> Cuts? {
      scope.report(.badOption(message, at: arguments.range(of: form)))
      return nil
    }
    let cuts: Cuts
    if let edges = arguments[at] {
      guard edges.count > 1, edges.isAscending else {
        return refuse("'at' takes two edges or more, each above the last")
      }
      cuts = .edges(edges)
    } else if let percentiles = arguments[percentiles] {
      guard let first = percentiles.first, let last = percentiles.last, percentiles.isAscending, first > 0, last < 100
      else { return refuse("'percentiles' are above 0 and below 100, each above the last") }
      cuts = .shares(percentiles.map { $0 / 100 })
    } else {
      let count = arguments[equalWidth] ?? arguments[equalCount] ?? 0
      guard (2...1000).contains(count) else { return refuse("'\(form.name)' is from 2 to 1000") }
      cuts =
        arguments.isGiven(equalWidth) ? .width(count: count) : .shares((1..<count).map { Double($0) / Double(count) })
    }
    guard let given = arguments[names], given.count != cuts.buckets else { return cuts }
    scope.report(
      .badOption("there are \(cuts.buckets) buckets and \(given.count) names", at: arguments.range(of: names)))
    return nil
  }

  /// The number of each value's bucket, from 1.
  private static func number(of value: Typed, _ cuts: Cuts, _ scope: inout StepScope) -> Typed? {
    switch cuts {
    case .edges(let edges):
      return scope.computed("bucket", detail: edges.map { .float($0) }, [value], as: .int64, canFail: true) {
        Buckets(edges: edges).numbers(of: $0[0])
      }
    case .shares(let shares):
      let finite = scope.finite(value)
      let figures = shares.compactMap { scope.quantile(of: finite, at: $0) }
      return scope.computed("bucket at", [value] + figures, as: .int64, canFail: true) {
        Buckets(cuts: Array($0.arguments.dropFirst())).numbers(of: $0[0])
      }
    case .width(let count):
      let finite = scope.finite(value)
      guard let low = scope.figure("min", of: finite), let high = scope.figure("max", of: finite) else { return nil }
      return scope.computed(
        "bucket of", detail: [.integer(Int64(count))], [value, low, high], as: .int64, canFail: true
      ) { Buckets(low: $0[1], high: $0[2], count: count).numbers(of: $0[0]) }
    }
  }

  private static func named(_ number: Typed, _ names: [String], _ scope: inout StepScope) -> Typed {
    let texts = names.map { Constant.text($0) }
    return scope.computed("bucket names", detail: texts, [number], as: .string) { call in
      let constants = texts.map { $0.column(count: call.count, in: call.store) }
      return Buckets.picked(call[0], from: constants)
    }
  }
}

extension [Double] {
  fileprivate var isAscending: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}
