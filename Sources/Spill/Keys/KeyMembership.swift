import Kernels
import Storage
import Synchronization

/// Finds the rows whose key is, or is not, among the keys of another input, exactly, in a fixed amount of memory.
///
/// First the other input's keys are added (``addKnown(_:)``), then ``seal()`` is called once, then the main input's keys
/// are added with the places of their rows (``add(_:)``); both in any order, by any number of threads. As long as the known
/// keys fit in memory, each row is judged as it comes and nothing is kept of it; else both sides are partitioned alike, and
/// ``finish(threads:)`` goes through them partition by partition.
package final class KeyMembership: Sendable {
  /// Which rows fail.
  package enum Failing: Sendable { case absent, present }

  private enum Phase: Sendable {
    case collecting(KeyStore)
    case loaded(LoadedKeys)
    case partitioned(known: KeyStore, asked: KeyStore)
  }

  private let phase: Mutex<Phase>
  private let failing: Failing
  private let hasher: KeyHasher
  private let budget: MemoryBudget
  private let folder: TemporaryFolder
  private let collector: OrdinalCollector

  /// - Parameter hasher: the one by which the keys of both inputs are encoded.
  package init(failing: Failing, budget: MemoryBudget, folder: TemporaryFolder, hasher: KeyHasher = .standard) {
    let count = KeyStore.partitionCount(for: budget)
    phase = Mutex(.collecting(KeyStore(partitions: count, budget: budget, folder: folder)))
    self.failing = failing
    self.hasher = hasher
    self.budget = budget
    self.folder = folder
    collector = OrdinalCollector(budget)
  }

  /// Adds keys of the other input. After `seal` they are passed over.
  package func addKnown(_ keys: EncodedKeys) throws(StorageFailure) {
    if case .collecting(let store) = phase.withLock({ $0 }) { try store.add(keys) }
  }

  /// Ends the other input. Calls after the first do nothing.
  package func seal() throws(StorageFailure) {
    try phase.withLock { phase throws(StorageFailure) in
      guard case .collecting(let known) = phase else { return }
      if let loaded = try LoadedKeys(known, hasher: hasher) {
        phase = .loaded(loaded)
      } else {
        let asked = KeyStore(
          partitions: known.partitions.count, budget: budget, folder: folder, others: [known])
        phase = .partitioned(known: known, asked: asked)
      }
    }
  }

  /// The keys of the other input, where all of them are in memory; nil before `seal`.
  package var loaded: LoadedKeys? {
    phase.withLock { if case .loaded(let known) = $0 { known } else { nil } }
  }

  /// Adds keys of the main input.
  package func add(_ keys: EncodedKeys) throws(StorageFailure) {
    try seal()
    switch phase.withLock({ $0 }) {
    case .loaded(let known): collector.insert(known.rows(of: keys, failing))
    case .partitioned(_, let asked): try asked.add(keys)
    case .collecting: break
    }
  }

  /// The rows that fail. Ask once, at the end.
  package func finish(threads: Int = 1) throws(StorageFailure) -> OrdinalSet {
    try seal()
    if case .partitioned(let known, let asked) = phase.withLock({ $0 }) {
      let work = KeyMatching(known: known, asked: asked, hasher: hasher, failing: failing, collector: collector)
      try work.run(threads: threads)
    }
    return collector.set
  }
}

/// Looks at the partitions of two stores side by side.
private final class KeyMatching: Sendable {
  private let known: KeyStore
  private let asked: KeyStore
  private let hasher: KeyHasher
  private let failsPresent: Bool
  private let collector: OrdinalCollector
  private let next = Atomic<Int>(0)

  init(
    known: KeyStore, asked: KeyStore, hasher: KeyHasher, failing: KeyMembership.Failing, collector: OrdinalCollector
  ) {
    self.known = known
    self.asked = asked
    self.hasher = hasher
    failsPresent = failing == .present
    self.collector = collector
  }

  func run(threads: Int) throws(StorageFailure) {
    try onThreads(threads) { [self] () throws(StorageFailure) in
      var findings = KeyFindings(keeping: .none, failing: collector)
      let workspace = KeyWorkspace(budget: known.budget, threads: threads)
      while true {
        let partition = next.add(1, ordering: .relaxed).oldValue
        guard partition < known.partitions.count else { break }
        try match(Sides(known: known, asked: asked), partition, workspace, &findings)
      }
      findings.flush()
    }
  }

  private struct Sides {
    let known: KeyStore
    let asked: KeyStore
  }

  private func match(
    _ sides: Sides, _ partition: Int, _ workspace: KeyWorkspace, _ findings: inout KeyFindings
  ) throws(StorageFailure) {
    try sides.asked.partitions[partition].withOccupiedShelf { asked throws(StorageFailure) in
      guard asked.rows > 0 else { return }
      try sides.known.partitions[partition].withOccupiedShelf { known throws(StorageFailure) in
        if let table = try workspace.table(of: &known, in: sides.known, asking: sides.asked, hasher) {
          let keys = KnownKeys(table)
          try sides.asked.forEachBlock(of: asked) { block in
            forEachRecord(in: block) { record in
              let isPresent = keys.contains(record, hash: hasher.hash(record.key, record.count))
              if isPresent == failsPresent { findings.fail(record.ordinal) }
            }
          }
        } else {
          try sides.asked.spill(&asked)
          try cut(sides, known, asked, workspace, &findings)
        }
      }
    }
  }

  /// Cuts both sides of a partition between some of the known keys.
  private func cut(
    _ sides: Sides, _ known: KeyShelf, _ asked: KeyShelf, _ workspace: KeyWorkspace, _ findings: inout KeyFindings
  ) throws(StorageFailure) {
    let pivots = try KeyPivots(of: known, in: sides.known)
    let knownPieces = sides.known.makeChild(partitions: pivots.count + 1, besides: [sides.asked])
    let askedPieces = sides.asked.makeChild(partitions: pivots.count + 1, besides: [knownPieces])
    try sides.known.forEachBlock(of: known) { block throws(StorageFailure) in
      try forEachRecord(in: block) { record throws(StorageFailure) in
        if case .range(let index) = pivots.place(of: record) { try knownPieces.add(record, to: index) }
      }
    }
    try sides.asked.forEachBlock(of: asked) { block throws(StorageFailure) in
      try forEachRecord(in: block) { record throws(StorageFailure) in
        switch pivots.place(of: record) {
        case .pivot: if failsPresent { findings.fail(record.ordinal) }
        case .range(let index): try askedPieces.add(record, to: index)
        }
      }
    }
    let pieces = Sides(known: knownPieces, asked: askedPieces)
    for piece in 0...pivots.count { try match(pieces, piece, workspace, &findings) }
  }
}
