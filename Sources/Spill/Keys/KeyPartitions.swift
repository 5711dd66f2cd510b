import Kernels
import Storage
import Synchronization

/// Finds the rows of repeated keys among any number of rows, exactly, in a fixed amount of memory.
///
/// Keys are added in any order, by any number of threads; then ``finish(keeping:threads:)`` and ``counts(threads:)`` may be
/// asked, as often as wanted. Keys are spread over partitions by their hash; when the budget is spent, the largest
/// partitions move to a temporary file. At the end each partition is looked at by itself: in a hash table where it fits in
/// memory, else cut into smaller ones between some of its own keys.
///
/// Beside the budget, each thread takes a few blocks of up to 64 KiB, and the result is a bit for each row.
package final class KeyPartitions: Sendable {
  private let store: KeyStore
  private let hasher: KeyHasher
  private let known = Mutex<KeyCounts?>(nil)

  /// - Parameter hasher: the one by which the keys are encoded.
  package init(budget: MemoryBudget, folder: TemporaryFolder, hasher: KeyHasher = .standard) {
    store = KeyStore(partitions: KeyStore.partitionCount(for: budget), budget: budget, folder: folder)
    self.hasher = hasher
  }

  /// Adds the keys of a batch.
  package func add(_ keys: EncodedKeys) throws(StorageFailure) {
    known.withLock { $0 = nil }
    try store.add(keys)
  }

  /// The rows that `unique` fails: all of a repeated key, or all but the first or the last of them by their place.
  package func finish(keeping: KeptRow = .none, threads: Int = 1) throws(StorageFailure) -> OrdinalSet {
    let failing = OrdinalCollector(store.budget)
    try judge(keeping: keeping, failing: failing, threads: threads)
    return failing.set
  }

  /// How many keys there are; known without further work after `finish`.
  package func counts(threads: Int = 1) throws(StorageFailure) -> KeyCounts {
    if let counts = known.withLock({ $0 }) { return counts }
    return try judge(keeping: .first, failing: nil, threads: threads)
  }

  @discardableResult
  private func judge(
    keeping: KeptRow, failing: OrdinalCollector?, threads: Int
  ) throws(StorageFailure) -> KeyCounts {
    let work = KeyJudging(store: store, hasher: hasher, keeping: keeping, failing: failing)
    let counts = try work.run(threads: threads)
    known.withLock { $0 = counts }
    return counts
  }
}
