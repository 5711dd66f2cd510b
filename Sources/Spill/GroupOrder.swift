import Columns
import Kernels
import Storage

/// Finds the rows whose value is not related as it should be to that of the row before them in their group, exactly, in a
/// fixed amount of memory.
package final class GroupOrder: Sendable {
  private let rows: GroupedRows
  private let collector: OrdinalCollector
  private let follows: @Sendable (_ value: Int128, _ before: Int128) -> Bool

  /// - Parameters:
  ///   - hasher: the one by which the keys are encoded.
  ///   - follows: whether a value may come after another in its group.
  package init(
    budget: MemoryBudget, folder: TemporaryFolder, hasher: KeyHasher = .standard,
    follows: @escaping @Sendable (_ value: Int128, _ before: Int128) -> Bool
  ) {
    rows = GroupedRows(budget: budget, folder: folder, hasher: hasher)
    self.follows = follows
    collector = OrdinalCollector(budget)
  }

  /// Adds the rows of a batch; may be called by several threads at once.
  ///
  /// - Parameter values: one for each key.
  package func add(_ groups: EncodedKeys, values: ContiguousArray<Int128>) throws(StorageFailure) {
    try rows.add(groups.placed(with: values))
  }

  /// The rows that are out of order. Ask once, at the end.
  package func finish(threads: Int = 1) throws(StorageFailure) -> OrdinalSet {
    let (collector, follows) = (collector, follows)
    try rows.walk(threads: threads) { Visitor(follows: follows, failing: collector) }
    return collector.set
  }

  private struct Visitor: GroupVisitor {
    let follows: @Sendable (Int128, Int128) -> Bool
    let failing: OrdinalCollector
    private var before: Int128 = 0
    private var waiting: [Int64] = []

    init(follows: @escaping @Sendable (Int128, Int128) -> Bool, failing: OrdinalCollector) {
      self.follows = follows
      self.failing = failing
    }

    mutating func meet(_ ordinal: Int64, _ value: Int128, isFirst: Bool) {
      if !isFirst, !follows(value, before) {
        waiting.append(ordinal)
        if waiting.count >= 4096 { finish() }
      }
      before = value
    }

    mutating func finish() {
      failing.insert(waiting)
      waiting.removeAll(keepingCapacity: true)
    }
  }
}
