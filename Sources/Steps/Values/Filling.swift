import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

/// Puts values in the place of others of the same column: what `fill_missing` and `replace_invalid` do.
struct Filling {
  /// Where the values come from, when they are not written out.
  enum Source: String, CaseIterable, Sendable, OptionValue {
    case mean, median, mode
    case mostFrequent = "most_frequent"
    case sum, previous, next

    /// The figure over all values; nil where it is one of the rows around.
    fileprivate var aggregate: AggregateFunction? {
      switch self {
      case .mean: .mean
      case .median: .median
      case .mode, .mostFrequent: .mode
      case .sum: .sum
      case .previous, .next: nil
      }
    }
  }

  static let with = OptionalOption<Node>("with", "The value to put there, or null.", schema: .scalar)
  static let using = OptionalOption<Source>(
    "using",
    "What to put there instead: the 'mean', 'median', 'mode' (also called 'most_frequent') or 'sum' of the column's values, or "
      + "the 'previous' or 'next' of them.")

  /// The step's name.
  let name: String
  /// The rows whose value is to be replaced. The others that are present are the column's values.
  let replaced: @Sendable (Column, ByteStore) -> Bitmap

  func bind(
    _ columns: RequiredOption<ColumnSelection>, _ arguments: Arguments, in scope: inout StepScope
  ) -> BoundStep? {
    guard let selected = scope.select(arguments[columns]) else { return nil }
    guard (arguments[Self.with] == nil) != (arguments[Self.using] == nil) else {
      scope.report(.badOption("'\(name)' takes either 'with' or 'using'", at: arguments.node.range))
      return nil
    }
    var replacements: [(name: String, value: Typed)] = []
    for column in selected {
      guard let value = filled(column, arguments, &scope) else { continue }
      replacements.append((column.name, value))
    }
    return replacements.count == selected.count ? scope.replacing(replacements) : nil
  }

  private func filled(_ column: BoundColumn, _ arguments: Arguments, _ scope: inout StepScope) -> Typed? {
    if let node = arguments[Self.with] {
      return scope.value(node, as: column.type).map { filled(column, scope.scope.constant($0), &scope) }
    }
    guard let source = arguments[Self.using] else { return nil }
    guard let function = source.aggregate else {
      return neighbour(column, source == .next ? .next : .previous, &scope)
    }
    guard let type = TypeRules.argument(column.type, for: function.accepts) else {
      let problem = "'\(column.name)' is \(column.type), which has no \(source.rawValue)"
      scope.report(.badOption(problem, at: arguments.range(of: Self.using)))
      return nil
    }
    let value = scope.scope.aggregate(function, of: Typed(values(of: column, &scope), type))
    return scope.scope.cast(value, to: column.type).map { filled(column, $0, &scope) }
  }

  /// Filled with one value.
  private func filled(_ column: BoundColumn, _ value: Typed, _ scope: inout StepScope) -> Typed {
    let replaced = replaced
    let node = scope.scope.graph.call(name, [column.node, value.node], type: column.type, canFail: false) { call in
      let rows = replaced(call[0], call.store)
      guard !rows.isEmpty else { return call[0] }
      let condition = Column(.bool, .bits(rows), count: call.count)
      return Conditional.choose([(condition: condition, result: call[1])], otherwise: call[0], as: call.type)
    }
    return Typed(node, column.type, tags: column.tags, cell: column.cell)
  }

  /// Filled with the nearest value that is there, over the rows that reach the step.
  private func neighbour(
    _ column: BoundColumn, _ direction: Neighbours.Direction, _ scope: inout StepScope
  ) -> Typed {
    let values = values(of: column, &scope)
    let edge = scope.scope.edge(of: Typed(values, column.type), direction, countsCondemned: false)
    let replaced = replaced
    let node = scope.scope.graph.call(
      "\(name)_\(direction)", [column.node, edge], type: column.type, canFail: false, isPure: false, isOrdered: true
    ) { call in
      Neighbours.filled(
        call[0], missing: replaced(call[0], call.store), from: direction, edge: call[1], rows: call.living)
    }
    return Typed(node, column.type, tags: column.tags, cell: column.cell)
  }

  /// The column without the values that are to be replaced.
  private func values(of column: BoundColumn, _ scope: inout StepScope) -> NodeID {
    let replaced = replaced
    return scope.scope.graph.call("\(name)_values", [column.node], type: column.type, canFail: false) { call in
      var states = call[0].states
      states.void(replaced(call[0], call.store))
      return call[0].with(states: states)
    }
  }
}
