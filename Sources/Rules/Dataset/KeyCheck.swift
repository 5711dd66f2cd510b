import Columns
import Documents
import Expressions
import Measures
import Plans

extension Scope {
  /// A check of how many keys there are: `body` picks a measure and the figures it is made of, from the nodes of the
  /// number of rows with a key, of distinct keys, and of keys that occur once.
  mutating func keyCheck(
    _ arguments: Arguments, _ selection: ColumnSelection,
    _ body: (_ rows: NodeID, _ distinct: NodeID, _ single: NodeID) -> (any Measure, [NodeID])
  ) -> [RuleCheck]? {
    let bounds = Bounds.read(arguments, into: &diagnostics)
    guard let key = select(selection), let bounds else { return nil }
    let figures = keyFigures(of: key.map(\.node))
    let (measure, nodes) = body(figures.rows, figures.distinct, figures.single)
    return [.dataset(measure, bounds, columns: key, measured: nodes, facts: "\(bounds)")]
  }
}
