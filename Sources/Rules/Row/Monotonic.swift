import Columns
import Expressions
import Kernels
import Plans

extension Scope {
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
