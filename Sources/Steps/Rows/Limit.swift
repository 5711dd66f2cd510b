import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Keeps a stretch of the rows.
enum Limit: Step {
  static let name = "limit"
  static let summary = "Keep so many rows, in the order of the input, and drop the others."
  static let details: String? = """
    Rows count that reach the step: neither dropped nor refused before it. The others are dropped. It takes a pass \
    of its own.
    """

  static let rows = RequiredOption<Int>("rows", "How many to keep.")
  static let offset = DefaultedOption<Int>("offset", "How many to pass over first.", default: 0)
  static let options: [any OptionDeclaration] = [rows, offset]
  static let shorthand: (any OptionDeclaration)? = rows

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let (first, count) = (arguments[offset], arguments[rows])
    for (option, value) in [(rows as any OptionDeclaration, count), (offset, first)] where value < 0 {
      scope.report(.badOption("'\(option.name)' is a number of rows, from 0", at: arguments.range(of: option)))
    }
    guard first >= 0, count >= 0 else { return nil }
    let (end, isOver) = first.addingReportingOverflow(count)
    let range = [Int64(first), isOver ? .max : Int64(end)].map { scope.scope.constant(.integer($0)) }
    let place = scope.scope.rowsBefore()
    guard let isPast = scope.scope.compare(.greaterOrEqual, place, range[0]),
      let isBefore = scope.scope.compare(.less, place, range[1])
    else { return nil }
    return scope.scope.all([isPast, isBefore]).map { .keep($0) }
  }
}
