import Kernels
import Storage
import Synchronization

/// Looks at all partitions of a store, several at a time, for keys that occur more than once.
final class KeyJudging: Sendable {
  private let store: KeyStore
  private let hasher: KeyHasher
  private let keeping: KeptRow
  private let failing: OrdinalCollector?
  private let next = Atomic<Int>(0)
  private let counts = Mutex(KeyCounts())

  init(store: KeyStore, hasher: KeyHasher, keeping: KeptRow, failing: OrdinalCollector?) {
    self.store = store
    self.hasher = hasher
    self.keeping = keeping
    self.failing = failing
  }

  func run(threads: Int) throws(StorageFailure) -> KeyCounts {
    try onThreads(threads) { [self] () throws(StorageFailure) in
      var findings = KeyFindings(keeping: keeping, failing: failing)
      let workspace = KeyWorkspace(budget: store.budget, threads: threads)
      while true {
        let partition = next.add(1, ordering: .relaxed).oldValue
        guard partition < store.partitions.count else { break }
        try judge(partition, of: store, in: workspace, &findings)
      }
      findings.flush()
      counts.withLock { $0.add(findings.counts) }
    }
    return counts.withLock { $0 }
  }

  private func judge(
    _ partition: Int, of store: KeyStore, in workspace: KeyWorkspace, _ findings: inout KeyFindings
  ) throws(StorageFailure) {
    try store.partitions[partition].withOccupiedShelf { shelf throws(StorageFailure) in
      guard shelf.rows > 0 else { return }
      if let table = try workspace.table(of: &shelf, in: store, hasher) {
        if !table.insertAll(&findings) { table.sortAll(&findings) }
      } else {
        try cut(shelf, of: store, in: workspace, &findings)
      }
    }
  }

  /// Cuts a partition between some of its keys, and looks at the pieces.
  private func cut(
    _ shelf: KeyShelf, of store: KeyStore, in workspace: KeyWorkspace, _ findings: inout KeyFindings
  ) throws(StorageFailure) {
    let pivots = try KeyPivots(of: shelf, in: store)
    var copies = [KeyCopies](repeating: KeyCopies(), count: pivots.count)
    let pieces = store.makeChild(partitions: pivots.count + 1)
    try store.forEachBlock(of: shelf) { block throws(StorageFailure) in
      try forEachRecord(in: block) { record throws(StorageFailure) in
        switch pivots.place(of: record) {
        case .pivot(let index): copies[index].meet(record.ordinal, &findings)
        case .range(let index): try pieces.add(record, to: index)
        }
      }
    }
    for copy in copies { findings.counts.add(copy.counts) }
    for piece in pieces.partitions.indices { try judge(piece, of: pieces, in: workspace, &findings) }
  }
}
