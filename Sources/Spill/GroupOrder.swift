import Columns
import Kernels
import Storage
import Synchronization

/// Finds the rows whose value is not related as it should be to that of the row before them in their group, exactly, in a
/// fixed amount of memory.
///
/// Rows are added in any order, by any number of threads. Groups are spread over partitions by the hash of their key; at
/// the end each partition is sorted by key and place, in memory where it fits, else cut between some of its records.
package final class GroupOrder: Sendable {
  private let store: KeyStore
  private let hasher: KeyHasher
  private let collector: OrdinalCollector
  private let follows: @Sendable (_ value: Int128, _ before: Int128) -> Bool
  private let next = Atomic<Int>(0)

  /// - Parameters:
  ///   - hasher: the one by which the keys are encoded.
  ///   - follows: whether a value may come after another in its group.
  package init(
    budget: MemoryBudget, folder: TemporaryFolder, hasher: KeyHasher = .standard,
    follows: @escaping @Sendable (_ value: Int128, _ before: Int128) -> Bool
  ) {
    store = KeyStore(partitions: KeyStore.partitionCount(for: budget), budget: budget, folder: folder)
    self.hasher = hasher
    self.follows = follows
    collector = OrdinalCollector(budget)
  }

  /// Adds the rows of a batch.
  ///
  /// - Parameter values: one for each key.
  package func add(_ groups: EncodedKeys, values: ContiguousArray<Int128>) throws(StorageFailure) {
    try store.add(groups.placed(with: values))
  }

  /// The rows that are out of order. Ask once, at the end.
  package func finish(threads: Int = 1) throws(StorageFailure) -> OrdinalSet {
    try onThreads(threads) { [self] () throws(StorageFailure) in
      var walk = GroupWalk(follows: follows, failing: collector)
      let workspace = KeyWorkspace(budget: store.budget, threads: threads)
      while true {
        let partition = next.add(1, ordering: .relaxed).oldValue
        guard partition < store.partitions.count else { break }
        try go(through: partition, of: store, in: workspace, &walk)
      }
      walk.flush()
    }
    return collector.set
  }

  private func go(
    through partition: Int, of store: KeyStore, in workspace: KeyWorkspace, _ walk: inout GroupWalk
  ) throws(StorageFailure) {
    try store.partitions[partition].withOccupiedShelf { shelf throws(StorageFailure) in
      guard shelf.rows > 0 else { return }
      if let table = try workspace.table(of: &shelf, in: store, hasher) {
        for place in table.sortedPlaces() { walk.meet(table.record(at: place)) }
      } else {
        try cut(shelf, of: store, in: workspace, &walk)
      }
    }
  }

  /// Cuts a partition between some of its records, and goes through the pieces in their order.
  private func cut(
    _ shelf: KeyShelf, of store: KeyStore, in workspace: KeyWorkspace, _ walk: inout GroupWalk
  ) throws(StorageFailure) {
    let pivots = try KeyPivots(of: shelf, in: store)
    let pieces = store.makeChild(partitions: pivots.count + 1)
    try store.forEachBlock(of: shelf) { block throws(StorageFailure) in
      try forEachRecord(in: block) { record throws(StorageFailure) in
        switch pivots.place(of: record) {
        // No two records have the same place, so that each pivot is one record.
        case .pivot: break
        case .range(let index): try pieces.add(record, to: index)
        }
      }
    }
    for index in pieces.partitions.indices {
      try go(through: index, of: pieces, in: workspace, &walk)
      if index < pivots.count { pivots.withRecord(index) { walk.meet($0) } }
    }
  }
}

/// Rows of groups, met in the order of their places in each group.
private struct GroupWalk {
  private let follows: @Sendable (Int128, Int128) -> Bool
  private let failing: OrdinalCollector
  private var waiting: [Int64] = []
  /// The words of the record that was met last.
  private var last: ContiguousArray<UInt64> = []
  private var count = 0

  init(follows: @escaping @Sendable (Int128, Int128) -> Bool, failing: OrdinalCollector) {
    self.follows = follows
    self.failing = failing
  }

  mutating func meet(_ record: KeyRecord) {
    if isOfLastGroup(record), !follows(Self.value(record.key, record.count), lastValue) {
      waiting.append(record.ordinal)
      if waiting.count >= 4096 { flush() }
    }
    while last.count < record.count { last.append(0) }
    for index in 0..<record.count { last[index] = record.key[index] }
    count = record.count
  }

  /// Hands on the rows that wait. To be called at the end, too.
  mutating func flush() {
    failing.insert(waiting)
    waiting.removeAll(keepingCapacity: true)
  }

  private func isOfLastGroup(_ record: KeyRecord) -> Bool {
    guard record.count == count else { return false }
    for index in 0..<(count - EncodedKeys.wordsOfPlace) where record.key[index] != last[index] { return false }
    return true
  }

  private var lastValue: Int128 {
    last.withUnsafeBufferPointer { last in last.baseAddress.map { Self.value($0, count) } ?? 0 }
  }

  private static func value(_ words: UnsafePointer<UInt64>, _ count: Int) -> Int128 {
    Int128(Int64(bitPattern: words[count - 2])) << 64 | Int128(words[count - 1])
  }
}
