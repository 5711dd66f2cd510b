import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

/// Replaces the values of a text column by others.
enum MapValues: Step {
  static let name = "map_values"
  static let summary = "Replace the values of a text column by others."
  static let nulls: String? = "stays null, and is not looked up"

  static let column = RequiredOption<Located<String>>("column", "The text column.")
  static let values = RequiredOption<OrderedMap<Node>>(
    "values", "Old value to new value, or null.", schema: .map(of: .scalar))
  static let others = DefaultedOption<Others>(
    "others", "What becomes of values that are not listed: 'keep', 'null' or 'reject'.", default: .keep)
  static let into = OptionalOption<Located<String>>("into", "A new column for the result; default: in place.")
  static let options: [any OptionDeclaration] = [column, values, others, into]

  enum Others: String, CaseIterable, Sendable, OptionValue { case keep, null, reject }

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    guard let source = scope.column(arguments[column]) else { return nil }
    guard source.type.isText else {
      scope.report(.notText(source.name, source.type, step: name, at: arguments[column].range))
      return nil
    }
    let entries = arguments[values].entries
    if let target = arguments[into], !scope.canMake(target) { return nil }
    guard scope.isFilled(arguments[values], arguments, what: "value") else { return nil }
    let store = ByteStore(capacity: 1 << 12)
    let keys = entries.map { Constant.text($0.key) }
    let results = entries.compactMap { scope.value($0.value, as: .string) }
    guard results.count == entries.count else { return nil }
    let set = ValueSet(keys.map { $0.column(count: 1, in: store) }, in: store)
    let others = arguments[Self.others]
    let node = scope.scope.graph.call(
      "map_values", detail: keys + results + [.text(others.rawValue)], [source.node], type: .string,
      canFail: others == .reject
    ) { call in
      let index = set.index(call[0], in: call.store)
      let constants = results.map { $0.column(count: call.count, in: call.store) }
      let mapped = Conditional.pick(
        index, from: constants, otherwise: others == .keep ? call[0] : nil, states: call[0].states)
      return others == .reject ? rejecting(mapped, where: index, of: call[0]) : mapped
    }
    let target = arguments[into]?.value ?? source.name
    return scope.replacing(
      [(target, Typed(node, .string, tags: source.tags, cell: source.cell))],
      failing: FailingValues(.unmapped, sources: [target: source.node]))
  }

  /// Fails the present values that were in no entry.
  private static func rejecting(
    _ mapped: Column, where index: ContiguousArray<Int32>, of source: Column
  ) -> Column {
    var failures: Failures?
    for row in 0..<source.count where index[row] < 0 && source.isPresent(row) {
      if failures == nil { failures = Failures(count: source.count) }
      failures?.insert(row, .unlisted)
    }
    var states = mapped.states
    states.fail(failures)
    return mapped.with(states: states)
  }
}
