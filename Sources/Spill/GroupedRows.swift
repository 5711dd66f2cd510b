import Kernels
import Storage
import Synchronization

/// Rows by the key of their group, to be gone through group by group and within each in the order of their places; exact,
/// in a fixed amount of memory.
///
/// Rows are added in any order, by any number of threads. Groups are spread over partitions by the hash of their key; at
/// the end each partition is sorted by key and place, in memory where it fits, else cut between some of its records.
final class GroupedRows: Sendable {
  private let store: KeyStore
  private let hasher: KeyHasher
  private let next = Atomic<Int>(0)

  /// - Parameter hasher: the one by which the keys are encoded.
  init(budget: MemoryBudget, folder: TemporaryFolder, hasher: KeyHasher) {
    store = KeyStore(partitions: KeyStore.partitionCount(for: budget), budget: budget, folder: folder)
    self.hasher = hasher
  }

  /// Adds keys with their places and values, as ``EncodedKeys/placed(with:descending:)`` makes them.
  func add(_ placed: EncodedKeys) throws(StorageFailure) { try store.add(placed) }

  /// Hands all rows on, each thread's to a visitor of its own. To be called once.
  func walk<Visitor: GroupVisitor>(
    threads: Int, _ visitor: @escaping @Sendable () -> Visitor
  ) throws(StorageFailure) {
    try onThreads(threads) { [self] () throws(StorageFailure) in
      var walk = GroupWalk(visitor: visitor())
      let workspace = KeyWorkspace(budget: store.budget, threads: threads)
      while true {
        let partition = next.add(1, ordering: .relaxed).oldValue
        guard partition < store.partitions.count else { break }
        try go(through: partition, of: store, in: workspace, &walk)
      }
      try walk.visitor.finish()
    }
  }

  private func go(
    through partition: Int, of store: KeyStore, in workspace: KeyWorkspace, _ walk: inout GroupWalk<some GroupVisitor>
  ) throws(StorageFailure) {
    try store.partitions[partition].withOccupiedShelf { shelf throws(StorageFailure) in
      guard shelf.rows > 0 else { return }
      if let table = try workspace.table(of: &shelf, in: store, hasher) {
        for place in table.sortedPlaces() { try walk.meet(table.record(at: place)) }
      } else {
        try cut(shelf, of: store, in: workspace, &walk)
      }
    }
  }

  /// Cuts a partition between some of its records, and goes through the pieces in their order.
  private func cut(
    _ shelf: KeyShelf, of store: KeyStore, in workspace: KeyWorkspace, _ walk: inout GroupWalk<some GroupVisitor>
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
      if index < pivots.count {
        try pivots.withRecord(index) { record throws(StorageFailure) in try walk.meet(record) }
      }
    }
  }
}

/// What looks at the rows of groups, one after the other.
protocol GroupVisitor: SendableMetatype {
  /// - Parameters:
  ///   - ordinal: the row.
  ///   - value: what was added with it.
  ///   - isFirst: whether it is the first of its group.
  mutating func meet(_ ordinal: Int64, _ value: Int128, isFirst: Bool) throws(StorageFailure)
  /// There are no more rows.
  mutating func finish() throws(StorageFailure)
}

/// Tells where groups begin.
private struct GroupWalk<Visitor: GroupVisitor> {
  var visitor: Visitor
  /// The words of the record that was met last.
  private var last: ContiguousArray<UInt64> = []
  private var count = 0

  init(visitor: Visitor) { self.visitor = visitor }

  mutating func meet(_ record: KeyRecord) throws(StorageFailure) {
    let words = record.key
    let end = record.count
    let value = Int128(Int64(bitPattern: words[end - 2])) << 64 | Int128(words[end - 1])
    let isFirst = !isOfLastGroup(record)
    try visitor.meet(record.ordinal, value, isFirst: isFirst)
    guard isFirst else { return }
    while last.count < end { last.append(0) }
    for index in 0..<end { last[index] = words[index] }
    count = end
  }

  private func isOfLastGroup(_ record: KeyRecord) -> Bool {
    guard record.count == count else { return false }
    for index in 0..<(count - EncodedKeys.wordsOfPlace) where record.key[index] != last[index] { return false }
    return true
  }
}
