import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

extension Scope {
  /// A check of the order of each of some columns, within groups where columns make them; nil, reported, where one is
  /// not there or has no order.
  mutating func monotonic(
    _ selection: ColumnSelection, _ op: Comparison.Operator, by groups: ColumnSelection?, name: String
  ) -> [RuleCheck]? {
    let columns = select(selection)
    guard let groups else { return columns?.map { monotonic($0, op, name: name) } }
    guard let by = select(groups), let columns else { return nil }
    let checks = columns.compactMap { column in
      monotonic(column, op, by: by, name: name, at: selection.range(of: column.name))
    }
    return checks.count == columns.count ? checks : nil
  }

  /// As `monotonic`, within each group.
  ///
  /// - Returns: nil, reported, for texts, whose order is not kept.
  mutating func monotonic(
    _ column: BoundColumn, _ op: Comparison.Operator, by groups: [BoundColumn], name: String, at range: SourceRange
  ) -> RuleCheck? {
    guard !column.type.isText else {
      diagnostics.report(
        .badOption("'by' goes with numbers, dates and times, and '\(column.name)' is \(column.type)", at: range))
      return nil
    }
    let nodes = [column.node] + groups.map(\.node)
    let failing = fact("out of order", .groupOrder(op), of: nodes, type: .bool, countsCondemned: true)
    let node = graph.call(name, [failing] + nodes, type: .bool, canFail: false, isPure: false) { call in
      var states = call[1].states
      for column in call.arguments.dropFirst(2) {
        if let failures = column.failures { states.void(failures.rows) }
      }
      return Column(.bool, .bits(call[0].bits.inverted), count: call.count, states: states)
    }
    let facts = "\(op) by " + groups.map(\.name).joined(separator: ", ")
    return .row(passes: Typed(node, .bool), columns: [column], facts: facts)
  }

  /// A check that each value is related to the one before it; the rows that count are those that the rule judges.
  mutating func monotonic(_ column: BoundColumn, _ op: Comparison.Operator, name: String) -> RuleCheck {
    let edge = edge(of: column.typed, .previous, countsCondemned: true)
    let condition = condition
    let node = graph.call(
      name, detail: [.text("\(op)")], [column.node, edge] + (condition.map { [$0] } ?? []), type: .bool,
      canFail: false, isPure: false, isOrdered: true
    ) { call in
      var rows = call.rows
      if condition != nil {
        rows.formIntersection(call[2].bits)
        if let validity = call[2].validity { rows.formIntersection(validity) }
      }
      return Neighbours.follows(op, call[0], edge: call[1], rows: rows, in: call.store)
    }
    return .row(passes: Typed(node, .bool), columns: [column], facts: "\(op)")
  }
}
