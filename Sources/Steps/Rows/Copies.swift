import Documents
import Expressions
import Plans

extension StepScope {
  /// Whether a row is a copy of another by some columns, or by all; one row of each group is spared.
  mutating func isCopy(_ selection: ColumnSelection?, spared: SparedCopy) -> Typed? {
    guard let key = selection.map({ select($0) }) ?? columns else { return nil }
    let node = scope.fact(
      "is copy", .duplicates(spared: spared, nullsAreEqual: true), of: key.map(\.node), type: .bool,
      countsCondemned: false)
    return Typed(node, .bool)
  }
}
