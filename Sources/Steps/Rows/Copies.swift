import Documents
import Expressions
import Plans

extension StepScope {
  /// Where the row stands that is kept instead of a copy; null for rows that are none.
  mutating func keptRow(of key: [BoundColumn], keepsLast: Bool) -> Typed {
    let node = scope.fact(
      "kept row", .keptRow(keepsLast: keepsLast), of: key.map(\.node), type: .int64, countsCondemned: false)
    return Typed(node, .int64)
  }

  /// Whether a row is a copy of another by some columns, or by all; one row of each group is spared.
  mutating func isCopy(_ selection: ColumnSelection?, spared: SparedCopy) -> Typed? {
    guard let key = selection.map({ select($0) }) ?? columns else { return nil }
    let node = scope.fact(
      "is copy", .duplicates(spared: spared, nullsAreEqual: true), of: key.map(\.node), type: .bool,
      countsCondemned: false)
    return Typed(node, .bool)
  }
}
