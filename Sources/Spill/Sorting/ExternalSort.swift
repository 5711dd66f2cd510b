import Storage
import Synchronization

/// Sorts any number of integers in a fixed amount of memory: for exact medians, quantiles and modes.
///
/// Values are added by any number of threads, each batch as a whole; then what was added can be asked for, as often as
/// wanted. They are sorted a block at a time (values that repeat are counted), and the blocks are merged when asked for; a
/// block for which the budget grants no room goes to a temporary file. Floats are sorted by their keys (see `SortKeys`).
///
/// Beside the budget, each thread takes two blocks of a sixteenth of it, at most 4 MiB.
package final class ExternalSort<Key: SortKey>: Sendable {
  private let budget: MemoryBudget
  /// Bytes of a block.
  private let blockBytes: Int
  /// Bytes to read of a run at a time.
  private let bufferBytes: Int
  /// Runs to merge at once.
  private let fanIn: Int
  private let state: Mutex<State>

  private struct State: Sendable {
    var shelf: RunShelf
    var filling: SortBlock?
    /// Values in `filling`.
    var filled = 0
    var total = 0
  }

  package init(budget: MemoryBudget, folder: TemporaryFolder) {
    self.budget = budget
    blockBytes = min(max(budget.limit / 16, 4096), 4 << 20) & ~63
    bufferBytes = min(max(budget.limit / 256, 1024), 128 << 10) & ~63
    fanIn = min(max(budget.limit / (2 * bufferBytes), 16), 128)
    state = Mutex(State(shelf: RunShelf(budget: budget, folder: folder)))
  }

  /// Values added so far.
  package var count: Int { state.withLock { $0.total } }

  /// Adds values.
  @_specialize(where Key == Int64)
  @_specialize(where Key == Int128)
  package func add(_ values: ContiguousArray<Key>) throws(StorageFailure) {
    var next = 0
    while next < values.count {
      let (placed, full) = try fill(from: values, next)
      next += placed
      if let full { try sortBlock(full, count: capacity) }
    }
  }

  private var capacity: Int { blockBytes / MemoryLayout<Key>.stride }

  /// Copies values to the block that is being filled. A block that is full by that is the caller's.
  private func fill(
    from values: ContiguousArray<Key>, _ start: Int
  ) throws(StorageFailure) -> (placed: Int, full: SortBlock?) {
    try state.withLock { state throws(StorageFailure) in
      if state.filling == nil { state.filling = try state.shelf.makeBlock(bytes: blockBytes) }
      guard let block = state.filling else { return (values.count - start, nil) }
      let placed = min(values.count - start, capacity - state.filled)
      values.withUnsafeBufferPointer { values in
        if let base = values.baseAddress {
          let target = block.memory.assumingMemoryBound(to: Key.self) + state.filled
          target.update(from: base + start, count: placed)
        }
      }
      state.filled += placed
      state.total += placed
      guard state.filled == capacity else { return (placed, nil) }
      state.filling = nil
      state.filled = 0
      return (placed, block)
    }
  }

  /// Makes a run of a block of values.
  @_specialize(where Key == Int64)
  @_specialize(where Key == Int128)
  private func sortBlock(_ block: SortBlock, count: Int) throws(StorageFailure) {
    guard count > 0 else { return }
    let bytes = count * MemoryLayout<Key>.stride
    let scratch = try state.withLock { state throws(StorageFailure) in try state.shelf.makeBlock(bytes: bytes) }
    guard let scratch else { return }
    let keys = block.memory.assumingMemoryBound(to: Key.self)
    let sorted = RadixSort.sort(keys, scratch.memory.assumingMemoryBound(to: Key.self), count: count)
    let run =
      try counted(sorted, count)
      ?? SortedRun(
        place: .memory(sorted == keys ? block : scratch), isCounted: false, bytes: bytes)
    state.withLock { $0.shelf.runs.append(run) }
  }

  /// A run of different values with their counts, where that takes at most half the memory.
  @inline(__always)
  private func counted(_ keys: UnsafeMutablePointer<Key>, _ count: Int) throws(StorageFailure) -> SortedRun? {
    var distinct = 1
    for index in 1..<max(1, count) where keys[index] != keys[index &- 1] { distinct &+= 1 }
    let bytes = distinct * MemoryLayout<SortEntry<Key>>.stride
    guard bytes * 2 <= count * MemoryLayout<Key>.stride else { return nil }
    let block = try state.withLock { state throws(StorageFailure) in try state.shelf.makeBlock(bytes: bytes) }
    guard let block else { return nil }
    let entries = block.memory.assumingMemoryBound(to: SortEntry<Key>.self)
    var place = 0
    entries[0] = SortEntry(key: keys[0], count: 1)
    for index in 1..<max(1, count) {
      if keys[index] == keys[index &- 1] {
        entries[place].count &+= 1
      } else {
        place &+= 1
        entries[place] = SortEntry(key: keys[index], count: 1)
      }
    }
    return SortedRun(place: .memory(block), isCounted: true, bytes: bytes)
  }

  /// Calls `body` with each different value in ascending order, and how often it occurs, until it returns false.
  @_specialize(where Key == Int64)
  @_specialize(where Key == Int128)
  func merge(_ body: (Key, Int) -> Bool) throws(StorageFailure) {
    try seal()
    var merge = try RunMerge<Key>(state.withLock { $0.shelf.runs }, bufferBytes: bufferBytes, budget: budget)
    while let entry = try merge.next() {
      if !body(entry.key, entry.count) { return }
    }
  }

  /// Sorts what is in the last block, and merges runs until few enough are left to merge at once.
  private func seal() throws(StorageFailure) {
    let last = state.withLock { state in
      defer {
        state.filling = nil
        state.filled = 0
      }
      return (block: state.filling, count: state.filled)
    }
    if let block = last.block { try sortBlock(block, count: last.count) }
    while let (runs, file) = try state.withLock({ state throws(StorageFailure) in
      try state.shelf.takeSmallest(leaving: fanIn)
    }) {
      let merged = try mergedRun(runs, in: file)
      state.withLock { $0.shelf.runs.append(merged) }
    }
  }

  /// Merges runs into one in the file.
  @_specialize(where Key == Int64)
  @_specialize(where Key == Int128)
  private func mergedRun(_ runs: [SortedRun], in file: SpillFile) throws(StorageFailure) -> SortedRun {
    var merge = try RunMerge<Key>(runs, bufferBytes: bufferBytes, budget: budget)
    let isCounted = runs.allSatisfy(\.isCounted)
    let stride = isCounted ? MemoryLayout<SortEntry<Key>>.stride : MemoryLayout<Key>.stride
    var extents: [SpillExtent] = []
    var used = 0
    guard let block = try SortBlock(bytes: bufferBytes, of: budget, isForced: true) else {
      return SortedRun(place: .file(file, []), isCounted: isCounted, bytes: 0)
    }
    func flush() throws(StorageFailure) {
      if used > 0 { extents.append(try file.append(UnsafeRawBufferPointer(start: block.memory, count: used))) }
      used = 0
    }
    while let entry = try merge.next() {
      for _ in 0..<(isCounted ? 1 : entry.count) {
        if used + stride > bufferBytes { try flush() }
        if isCounted {
          (block.memory + used).storeBytes(of: entry, as: SortEntry<Key>.self)
        } else {
          (block.memory + used).storeBytes(of: entry.key, as: Key.self)
        }
        used += stride
      }
    }
    try flush()
    return SortedRun(place: .file(file, extents), isCounted: isCounted, bytes: extents.reduce(0) { $0 + $1.count })
  }
}
