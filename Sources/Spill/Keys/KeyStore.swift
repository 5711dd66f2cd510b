import Glibc
import Kernels
import Storage
import Synchronization

/// Keys with the places of their rows, in partitions, in memory as long as the budget grants and in a file beyond that.
final class KeyStore: Sendable {
  let supply: KeyChunkSupply
  let partitions: [KeyPartition]
  private let folder: TemporaryFolder
  /// Stores whose memory may be taken when this one needs some.
  private let others: [KeyStore]
  private let file = Mutex<SpillFile?>(nil)
  private let shift: UInt64

  var budget: MemoryBudget { supply.budget }

  /// - Parameters:
  ///   - partitions: how many; where keys are added by hash, a power of two above 1.
  ///   - chunkWords: the size of a piece of memory; the default lets all partitions begin one within half the budget.
  init(
    partitions count: Int, budget: MemoryBudget, folder: TemporaryFolder, chunkWords: Int? = nil,
    others: [KeyStore] = []
  ) {
    let share = budget.limit / (count * 2 * 8)
    supply = KeyChunkSupply(budget: budget, chunkWords: chunkWords ?? min(max(share, 64), 8192))
    partitions = (0..<count).map { _ in KeyPartition() }
    self.folder = folder
    self.others = others
    shift = UInt64(64 - (count - 1).nonzeroBitCount)
  }

  /// How many partitions suit a budget: few enough that each has a fair piece of it, many enough that one of a large
  /// input can be judged in memory.
  static func partitionCount(for budget: MemoryBudget) -> Int {
    var count = 64
    while count < 1024, budget.limit / (count * 2) >= 64 << 10 { count *= 2 }
    return count
  }

  /// Adds the keys of a batch, each to the partition of its hash. May be called by several threads at once.
  func add(_ keys: EncodedKeys) throws(StorageFailure) {
    guard keys.count > 0 else { return }
    let order = PartitionOrder(keys.hashes, partitions: partitions.count, shift: shift)
    // Threads that started at the same partition would wait for each other at each.
    let first = Int(truncatingIfNeeded: keys.hashes[0]) & (partitions.count - 1)
    try keys.words.withUnsafeBufferPointer { words throws(StorageFailure) in
      try keys.starts.withUnsafeBufferPointer { starts throws(StorageFailure) in
        try keys.ordinals.withUnsafeBufferPointer { ordinals throws(StorageFailure) in
          try order.order.withUnsafeBufferPointer { places throws(StorageFailure) in
            guard let base = words.baseAddress else { return }
            for step in 0..<partitions.count {
              let partition = (first + step) & (partitions.count - 1)
              let chosen = UnsafeBufferPointer(rebasing: places[order.rows(of: partition)])
              try add(ChosenKeys(words: base, starts: starts, ordinals: ordinals, chosen: chosen), to: partition)
            }
          }
        }
      }
    }
  }

  /// Adds a record to a partition by its number.
  func add(_ record: KeyRecord, to partition: Int) throws(StorageFailure) {
    try add(SingleKey(record: record), to: partition)
  }

  @inline(__always)
  private func add(_ keys: some KeySequence, to partition: Int) throws(StorageFailure) {
    var left = keys
    var isForced = false
    while left.count > 0 {
      let placed = try partitions[partition].withShelf { shelf throws(StorageFailure) in
        try shelf.append(left, supply: supply, isForced: isForced)
      }
      left = left.dropFirst(placed)
      if left.count > 0 { isForced = try !makeRoom() }
    }
  }

  /// Spills the partition that holds most, here or in the other stores. False where none holds anything.
  func makeRoom() throws(StorageFailure) -> Bool {
    for _ in 0..<4 {
      guard let (store, partition) = largest() else { return false }
      if try store.partitions[partition].spill(to: store.spillFile()) { return true }
      // Another thread has it: most likely to spill it, too.
      sched_yield()
    }
    return false
  }

  private func largest() -> (store: KeyStore, partition: Int)? {
    var best: (store: KeyStore, partition: Int)?
    var most = 0
    for store in [self] + others {
      for (index, partition) in store.partitions.enumerated() {
        let held = partition.held.load(ordering: .relaxed)
        if held > most {
          most = held
          best = (store, index)
        }
      }
    }
    return best
  }

  private func spillFile() throws(StorageFailure) -> SpillFile {
    try file.withLock { file throws(StorageFailure) in
      if let file { return file }
      let made = try folder.makeFile()
      file = made
      return made
    }
  }

  /// A store for the parts of one of this one's partitions.
  func makeChild(partitions count: Int, besides siblings: [KeyStore] = []) -> KeyStore {
    KeyStore(
      partitions: count, budget: budget, folder: folder, chunkWords: supply.chunkWords,
      others: siblings + [self] + others)
  }

  /// Moves a shelf of this store, whose lock is held, to the file.
  func spill(_ shelf: inout KeyShelf) throws(StorageFailure) {
    if !shelf.chunks.isEmpty { try shelf.spill(to: spillFile()) }
  }
}

extension KeyStore {
  /// Copies all records of a shelf to memory that has room for them.
  func load(_ shelf: KeyShelf, into target: UnsafeMutablePointer<UInt64>) throws(StorageFailure) {
    var next = target
    if !shelf.extents.isEmpty {
      let file = try spillFile()
      for extent in shelf.extents {
        try file.read(extent, into: UnsafeMutableRawPointer(next))
        next += extent.count / 8
      }
    }
    for chunk in shelf.chunks {
      next.update(from: chunk.words, count: chunk.used)
      next += chunk.used
    }
  }

  /// Calls `body` with each block of records of a shelf.
  func forEachBlock(
    of shelf: KeyShelf, _ body: (UnsafeBufferPointer<UInt64>) throws(StorageFailure) -> Void
  ) throws(StorageFailure) {
    for chunk in shelf.chunks { try body(chunk.block) }
    try forEachBlock(at: shelf.extents, body)
  }

  func forEachBlock(
    at extents: [SpillExtent], _ body: (UnsafeBufferPointer<UInt64>) throws(StorageFailure) -> Void
  ) throws(StorageFailure) {
    guard let largest = extents.map(\.count).max() else { return }
    let file = try spillFile()
    guard let buffer = try KeyChunk(words: largest / 8, of: budget, isForced: true) else { return }
    for extent in extents {
      try file.read(extent, into: UnsafeMutableRawPointer(buffer.words))
      try body(UnsafeBufferPointer(start: buffer.words, count: extent.count / 8))
    }
  }
}

/// The rows of a batch by partition: a counting sort.
private struct PartitionOrder {
  private(set) var order: [UInt32]
  private var starts: [UInt32]

  init(_ hashes: ContiguousArray<UInt64>, partitions: Int, shift: UInt64) {
    var starts = [UInt32](repeating: 0, count: partitions + 1)
    for hash in hashes { starts[Self.partition(hash, shift) &+ 1] &+= 1 }
    for index in 0..<partitions { starts[index + 1] &+= starts[index] }
    self.starts = starts
    order = [UInt32](unsafeUninitializedCapacity: hashes.count) { buffer, initialized in
      for (row, hash) in hashes.enumerated() {
        let partition = Self.partition(hash, shift)
        buffer[Int(starts[partition])] = UInt32(truncatingIfNeeded: row)
        starts[partition] &+= 1
      }
      initialized = hashes.count
    }
  }

  func rows(of partition: Int) -> Range<Int> { Int(starts[partition])..<Int(starts[partition + 1]) }

  /// Multiplied once more (Knuth, TAOCP 6.4), so that the bits that choose a slot of a partition's table are others.
  @inline(__always)
  private static func partition(_ hash: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }
}
