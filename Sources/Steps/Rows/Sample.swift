import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Keeps rows that are chosen at random.
enum Sample: Step {
  static let name = "sample"
  static let summary = "Keep rows chosen at random, in their order; the same seed and input choose the same rows."
  static let details: String? = """
    Which rows are chosen depends on the seed and on the places of their records in the input; neither on threads \
    nor on the memory. A share is rounded to the nearest number of rows. It takes a pass of its own.
    """

  static let size = RequiredOption<Share>("size", "How many to keep, exactly: so many, or a share of all.")
  static let seed = DefaultedOption<Int>("seed", "Another seed chooses other rows.", default: 0)
  static let options: [any OptionDeclaration] = [size, seed]
  static let shorthand: (any OptionDeclaration)? = size

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let size = arguments[size]
    let place = scope.scope.shuffledPlace(seed: Int64(arguments[seed]))
    let last = scope.scope.fact(
      "last chosen", .smallest { size.rows(of: $0) }, of: [place.node], type: .int64, countsCondemned: false)
    // Where no row is wanted there is no last one.
    guard let isChosen = scope.scope.compare(.lessOrEqual, place, Typed(last, .int64)) else { return nil }
    let (yes, no) = (scope.scope.constant(.bool(true)), scope.scope.constant(.bool(false)))
    return .keep(scope.scope.choose(isChosen, yes, no))
  }
}
