import Storage
import Synchronization

/// The records of one partition: the newest in memory, the rest in the store's spill file.
struct KeyShelf: Sendable {
  private(set) var chunks: [KeyChunk] = []
  private(set) var extents: [SpillExtent] = []
  private(set) var rows = 0
  /// Of all records, wherever they are.
  private(set) var words = 0
  /// The size of the next chunk: small at first, so that a small input takes little.
  private var nextWords = 128

  /// Bytes of memory held.
  private(set) var held = 0

  /// Adds keys, as far as the budget grants chunks for them.
  ///
  /// - Returns: how many.
  mutating func append(
    _ keys: some KeySequence, supply: KeyChunkSupply, isForced: Bool
  ) throws(StorageFailure) -> Int {
    var left = keys
    while left.count > 0 {
      if let last = chunks.last {
        let added = last.append(left)
        rows += added.keys
        words += added.words
        left = left.dropFirst(added.keys)
        if left.count == 0 { break }
      }
      let first = left[0]
      let size = KeyRecord.size(first.count, first.ordinal)
      guard try addChunk(for: size, supply, isForced: isForced) else { break }
    }
    return keys.count - left.count
  }

  private mutating func addChunk(
    for size: Int, _ supply: KeyChunkSupply, isForced: Bool
  ) throws(StorageFailure) -> Bool {
    let usual = min(nextWords, supply.chunkWords)
    guard let chunk = try KeyChunk(words: max(size, usual), of: supply.budget, isForced: isForced) else { return false }
    chunks.append(chunk)
    held += chunk.capacity * 8
    nextWords = min(usual * 2, supply.chunkWords)
    return true
  }

  /// Moves what is in memory to a file.
  mutating func spill(to file: SpillFile) throws(StorageFailure) {
    while let chunk = chunks.last {
      if chunk.used > 0 { extents.append(try file.append(UnsafeRawBufferPointer(chunk.block))) }
      held -= chunk.capacity * 8
      chunks.removeLast()
    }
  }
}

/// Where a shelf has its chunks from.
struct KeyChunkSupply: Sendable {
  let budget: MemoryBudget
  /// The usual size; a longer record has a chunk of its own.
  let chunkWords: Int
}

/// A shelf and its lock.
final class KeyPartition: Sendable {
  let shelf = Mutex(KeyShelf())
  /// Bytes of memory held, to be looked at without the lock.
  let held = Atomic<Int>(0)

  /// Runs `body` on the shelf and notes what it holds afterwards.
  func withShelf<Result: Sendable>(
    _ body: (inout KeyShelf) throws(StorageFailure) -> Result
  ) throws(StorageFailure) -> Result {
    try shelf.withLock { shelf throws(StorageFailure) in
      defer { held.store(shelf.held, ordering: .relaxed) }
      return try body(&shelf)
    }
  }

  /// Runs `body` on the shelf, for long: meanwhile it seems to hold nothing, so that nobody asks it for memory.
  func withOccupiedShelf(
    _ body: (inout KeyShelf) throws(StorageFailure) -> Void
  ) throws(StorageFailure) {
    try withShelf { shelf throws(StorageFailure) in
      held.store(0, ordering: .relaxed)
      try body(&shelf)
    }
  }

  /// Moves what is in memory to a file, unless another thread is at work here.
  ///
  /// - Returns: true when memory was given back.
  func spill(to file: SpillFile) throws(StorageFailure) -> Bool {
    try shelf.withLockIfAvailable { shelf throws(StorageFailure) in
      defer { held.store(shelf.held, ordering: .relaxed) }
      let before = shelf.held
      try shelf.spill(to: file)
      return shelf.held < before
    } ?? false
  }
}
