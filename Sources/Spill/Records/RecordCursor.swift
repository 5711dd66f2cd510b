import Storage

/// Reads sorted records from the first to the last, out of the runs that hold them: a heap of their next ones.
package struct RecordCursor {
  private var readers: [RecordReader] = []
  private var heap: [Head] = []
  private var hasGiven = false

  private struct Head {
    var record: SortRecord
    let reader: Int
  }

  init(_ runs: [SortedRun], bufferWords: Int, budget: MemoryBudget) throws(StorageFailure) {
    for run in runs {
      guard var reader = try RecordReader(run, bufferWords: bufferWords, budget: budget) else { continue }
      if let record = try reader.read() {
        heap.append(Head(record: record, reader: readers.count))
        readers.append(reader)
      }
    }
    heap.sort { $0.record.precedes($1.record) }
  }

  /// The next record, valid until the one after it is asked for; nil at the end.
  package mutating func next() throws(StorageFailure) -> SortRecord? {
    if hasGiven { try advance() }
    hasGiven = !heap.isEmpty
    return heap.first?.record
  }

  /// Replaces the top by what follows it in its run.
  private mutating func advance() throws(StorageFailure) {
    guard let top = heap.first else { return }
    if let record = try readers[top.reader].read() {
      heap[0].record = record
    } else {
      let last = heap.removeLast()
      if heap.isEmpty { return }
      heap[0] = last
    }
    sink()
  }

  /// Moves the top down to where it belongs.
  private mutating func sink() {
    let moved = heap[0]
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1].record.precedes(heap[child].record) { child += 1 }
      guard heap[child].record.precedes(moved.record) else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = moved
  }
}

/// Reads the records of a run from its start to its end.
struct RecordReader {
  private let run: SortedRun
  private let budget: MemoryBudget
  private var buffer: SortBlock?
  /// Words of `memory` that are to be read.
  private var next = 0
  private var end = 0
  private var extents: ArraySlice<SpillExtent> = []
  /// Bytes read of the first of `extents`.
  private var taken = 0
  private var memory: UnsafeMutablePointer<UInt64>

  /// Takes memory beyond the budget's limit if need be.
  init?(_ run: SortedRun, bufferWords: Int, budget: MemoryBudget) throws(StorageFailure) {
    self.run = run
    self.budget = budget
    switch run.place {
    case .memory(let block):
      memory = block.memory.assumingMemoryBound(to: UInt64.self)
      end = run.bytes / 8
    case .file(_, let extents):
      guard let block = try SortBlock(bytes: bufferWords * 8, of: budget, isForced: true) else { return nil }
      buffer = block
      memory = block.memory.assumingMemoryBound(to: UInt64.self)
      self.extents = extents[...]
    }
  }

  /// The next record, valid until the one after it is read; nil at the end.
  mutating func read() throws(StorageFailure) -> SortRecord? {
    while next == end || next + SortRecord(memory + next).count > end {
      guard try fill(wanting: next == end ? 1 : SortRecord(memory + next).count) else { return nil }
    }
    let record = SortRecord(memory + next)
    next += max(record.count, 1)
    return record
  }

  /// Reads on in the file; what was not read yet moves to the front. False at the end.
  private mutating func fill(wanting words: Int) throws(StorageFailure) -> Bool {
    guard case .file(let file, _) = run.place, var block = buffer, let extent = extents.first else { return false }
    let left = end - next
    if words * 8 > block.bytes {
      guard let larger = try SortBlock(bytes: words * 8, of: budget, isForced: true) else { return false }
      larger.memory.copyMemory(from: memory + next, byteCount: left * 8)
      block = larger
      buffer = larger
      memory = larger.memory.assumingMemoryBound(to: UInt64.self)
    } else if left > 0, next > 0 {
      (memory).update(from: memory + next, count: left)
    }
    let count = min(block.bytes - left * 8, extent.count - taken)
    try file.read(extent, from: taken, count: count, into: block.memory + left * 8)
    taken += count
    if taken == extent.count {
      extents = extents.dropFirst()
      taken = 0
    }
    next = 0
    end = left + count / 8
    return count > 0
  }
}
