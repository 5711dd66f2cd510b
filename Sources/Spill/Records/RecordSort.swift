import Storage
import Synchronization

/// Sorts any number of records by key and value in a fixed amount of memory.
///
/// Records are added by any number of threads; then they can be read in order, as often as wanted. Blocks of them are sorted
/// by themselves and merged when read; a block for which the budget grants no room goes to a temporary file.
///
/// Beside the budget, each thread takes two blocks of a sixteenth of it, at most 4 MiB, or of one record.
package final class RecordSort: Sendable {
  private let budget: MemoryBudget
  private let blockWords: Int
  private let bufferWords: Int
  /// Runs to merge at once.
  private let fanIn: Int
  private let state: Mutex<State>

  private struct State: Sendable {
    var shelf: RunShelf
    var filling: SortBlock?
    /// Words in `filling`.
    var filled = 0
    var total = 0
  }

  package init(budget: MemoryBudget, folder: TemporaryFolder) {
    self.budget = budget
    blockWords = min(max(budget.limit / 16, 4096), 4 << 20) / 8
    let bufferBytes = min(max(budget.limit / 256, 4096), 128 << 10)
    bufferWords = bufferBytes / 8
    fanIn = min(max(budget.limit / (4 * bufferBytes), 16), 128)
    state = Mutex(State(shelf: RunShelf(budget: budget, folder: folder)))
  }

  /// Records added so far.
  package var count: Int { state.withLock { $0.total } }

  /// Adds whole records that lie one after the other.
  package func add(_ records: ContiguousArray<UInt64>) throws(StorageFailure) {
    var next = 0
    while next < records.count {
      let (placed, full) = try fill(from: records, next)
      next += placed
      if let full { try sortBlock(full.block, words: full.words) }
    }
  }

  /// Copies records to the block that is being filled. A block that is full by that is the caller's.
  private func fill(
    from records: ContiguousArray<UInt64>, _ start: Int
  ) throws(StorageFailure) -> (placed: Int, full: (block: SortBlock, words: Int)?) {
    try state.withLock { state throws(StorageFailure) in
      if state.filling == nil {
        let first = Int(truncatingIfNeeded: records[start] & 0xFFFF_FFFF)
        state.filling = try state.shelf.makeBlock(bytes: max(blockWords, first) * 8)
      }
      guard let block = state.filling else { return (records.count - start, nil) }
      let room = block.bytes / 8 - state.filled
      let placed = records.withUnsafeBufferPointer { records in
        var end = start
        var count = 0
        while end < records.count {
          let size = Int(truncatingIfNeeded: records[end] & 0xFFFF_FFFF)
          if size == 0 || end - start + size > room { break }
          end += size
          count += 1
        }
        if let base = records.baseAddress, end > start {
          let target = block.memory.assumingMemoryBound(to: UInt64.self) + state.filled
          target.update(from: base + start, count: end - start)
        }
        state.total += count
        return end - start
      }
      state.filled += placed
      guard start + placed < records.count else { return (placed, nil) }
      let words = state.filled
      state.filling = nil
      state.filled = 0
      return (placed, (block, words))
    }
  }

  /// Makes a run of a block of records.
  private func sortBlock(_ block: SortBlock, words: Int) throws(StorageFailure) {
    guard words > 0 else { return }
    let scratch = try state.withLock { state throws(StorageFailure) in
      try state.shelf.makeBlock(bytes: words * 8)
    }
    guard let scratch else { return }
    let base = UnsafePointer(block.memory.assumingMemoryBound(to: UInt64.self))
    var records: ContiguousArray<SortRecord> = []
    var next = 0
    while next < words {
      let record = SortRecord(base + next)
      records.append(record)
      next += max(record.count, 1)
    }
    records.sort { $0.precedes($1) }
    var target = scratch.memory.assumingMemoryBound(to: UInt64.self)
    for record in records {
      target.update(from: record.start, count: record.count)
      target += record.count
    }
    let run = SortedRun(place: .memory(scratch), isCounted: false, bytes: words * 8)
    state.withLock { $0.shelf.runs.append(run) }
  }

  /// All records in their order.
  package func cursor() throws(StorageFailure) -> RecordCursor {
    try seal()
    return try RecordCursor(state.withLock { $0.shelf.runs }, bufferWords: bufferWords, budget: budget)
  }

  /// Sorts what is in the last block, and merges runs until few enough are left to merge at once.
  private func seal() throws(StorageFailure) {
    let last = state.withLock { state in
      defer {
        state.filling = nil
        state.filled = 0
      }
      return (block: state.filling, words: state.filled)
    }
    if let block = last.block { try sortBlock(block, words: last.words) }
    while let (runs, file) = try takeRunsToMerge() {
      let merged = try mergedRun(runs, in: file)
      state.withLock { $0.shelf.runs.append(merged) }
    }
  }

  private func takeRunsToMerge() throws(StorageFailure) -> ([SortedRun], SpillFile)? {
    try state.withLock { state throws(StorageFailure) in try state.shelf.takeSmallest(leaving: fanIn) }
  }

  /// Merges runs into one in the file.
  private func mergedRun(_ runs: [SortedRun], in file: SpillFile) throws(StorageFailure) -> SortedRun {
    var cursor = try RecordCursor(runs, bufferWords: bufferWords, budget: budget)
    var writer = RecordWriter(to: file, bufferWords: bufferWords)
    while let record = try cursor.next() { _ = try writer.append(record) }
    try writer.flush()
    return SortedRun(
      place: .file(file, writer.extents), isCounted: false, bytes: writer.extents.reduce(0) { $0 + $1.count })
  }
}

/// Writes records to a file, in blocks of whole ones.
struct RecordWriter {
  private(set) var extents: [SpillExtent] = []
  private let file: SpillFile
  private let bufferWords: Int
  private var buffer: ContiguousArray<UInt64> = []

  init(to file: SpillFile, bufferWords: Int) {
    self.file = file
    self.bufferWords = bufferWords
    buffer.reserveCapacity(bufferWords)
  }

  /// - Returns: true where the record is the first of a block.
  mutating func append(_ record: SortRecord) throws(StorageFailure) -> Bool {
    if !buffer.isEmpty, buffer.count + record.count > bufferWords { try flush() }
    buffer.append(contentsOf: UnsafeBufferPointer(start: record.start, count: record.count))
    return buffer.count == record.count
  }

  mutating func flush() throws(StorageFailure) {
    guard !buffer.isEmpty else { return }
    let file = file
    let extent = try buffer.withUnsafeBufferPointer { words throws(StorageFailure) in
      try file.append(UnsafeRawBufferPointer(words))
    }
    extents.append(extent)
    buffer.removeAll(keepingCapacity: true)
  }
}
