import Columns
import Documents
import Expressions
import Measures
import Plans

extension Scope {
  /// A check of a figure that is made of how many keys there are.
  mutating func keyCheck(
    _ arguments: Arguments, _ selection: ColumnSelection, _ figure: KeyFigure
  ) -> [RuleCheck]? {
    let bounds = Bounds.read(arguments, into: &diagnostics)
    guard let key = select(selection), let bounds else { return nil }
    return [.dataset(.keys(figure), bounds, columns: key, facts: "\(bounds)")]
  }
}
