import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Measures
import Plans

/// Fills null, empty and blank values. Invalid values are not missing and stay.
enum FillMissing: Step {
  static let name = "fill_missing"
  static let summary = "Fill null, empty and blank values; invalid ones stay."
  static let nulls: String? = "is filled"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns to fill.")
  static let with = OptionalOption<Node>("with", "The value to fill with, or null.", schema: .scalar)
  static let using = OptionalOption<Source>(
    "using", "What to fill with instead: the column's 'mean' or 'sum', or the 'previous' or 'next' value that is there."
  )
  static let options: [any OptionDeclaration] = [columns, with, using]

  enum Source: String, CaseIterable, Sendable, OptionValue { case mean, sum, previous, next }

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    guard let selected = scope.select(arguments[columns]) else { return nil }
    guard (arguments[with] == nil) != (arguments[using] == nil) else {
      scope.report(.badOption("'fill_missing' takes either 'with' or 'using'", at: arguments.node.range))
      return nil
    }
    var replacements: [(name: String, value: Typed)] = []
    for column in selected {
      guard let value = filled(column, arguments, &scope) else { continue }
      replacements.append((column.name, value))
    }
    return replacements.count == selected.count ? scope.replacing(replacements) : nil
  }

  private static func filled(_ column: BoundColumn, _ arguments: Arguments, _ scope: inout StepScope) -> Typed? {
    if let node = arguments[with] {
      return scope.value(node, as: column.type).map { filled(column, scope.scope.constant($0), &scope) }
    }
    switch arguments[using] {
    case .mean: return aggregate(.mean, column, arguments, &scope)
    case .sum: return aggregate(.sum, column, arguments, &scope)
    case .next: return neighbour(column, .next, &scope)
    case .previous, nil: return neighbour(column, .previous, &scope)
    }
  }

  /// Filled with one value.
  private static func filled(_ column: BoundColumn, _ value: Typed, _ scope: inout StepScope) -> Typed {
    let node = scope.scope.graph.call(
      "fill_missing", [column.node, value.node], type: column.type, canFail: false
    ) { call in
      let missing = missing(call[0], in: call.store)
      guard !missing.isEmpty else { return call[0] }
      let condition = Column(.bool, .bits(missing), count: call.count)
      return Conditional.choose([(condition: condition, result: call[1])], otherwise: call[0], as: call.type)
    }
    return Typed(node, column.type, tags: column.tags, cell: column.cell)
  }

  /// Filled with a figure over all values.
  private static func aggregate(
    _ figure: Moments.Figure, _ column: BoundColumn, _ arguments: Arguments, _ scope: inout StepScope
  ) -> Typed? {
    guard column.type.isNumeric else {
      scope.report(
        .badOption("'\(column.name)' is \(column.type), which has no mean or sum", at: arguments.range(of: using)))
      return nil
    }
    let type = Moments.resultType(figure, of: column.type)
    let node = scope.scope.fact(
      "\(figure)", .aggregate(Moments(figure, of: column.type)), of: [column.node], type: type, countsCondemned: false)
    return scope.scope.cast(Typed(node, type), to: column.type).map { filled(column, $0, &scope) }
  }

  /// Filled with the nearest value that is there, over the rows that reach the step.
  private static func neighbour(
    _ column: BoundColumn, _ direction: Neighbours.Direction, _ scope: inout StepScope
  ) -> Typed {
    let present = scope.scope.graph.call("present", [column.node], type: column.type, canFail: false) { call in
      var states = call[0].states
      states.void(missing(call[0], in: call.store))
      return call[0].with(states: states)
    }
    let edge = scope.scope.edge(of: Typed(present, column.type), direction, countsCondemned: false)
    let node = scope.scope.graph.call(
      "fill_\(direction)", [column.node, edge], type: column.type, canFail: false, isPure: false, isOrdered: true
    ) { call in
      Neighbours.filled(
        call[0], missing: missing(call[0], in: call.store), from: direction, edge: call[1], rows: call.living)
    }
    return Typed(node, column.type, tags: column.tags, cell: column.cell)
  }

  /// The rows that are null, empty or blank, and not invalid.
  private static func missing(_ column: Column, in store: ByteStore) -> Bitmap {
    var missing = Logic.isNull(column).bits
    if let invalid = column.invalid { missing.subtract(invalid) }
    if column.type.isText { missing.formUnion(Text.isBlank(column, in: store).bits) }
    return missing
  }
}
