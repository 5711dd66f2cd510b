import Columns
import Kernels
import Storage

/// Finds, for each row whose key an earlier row has, or a later one, what was said of the first row with that key, or the
/// last; exactly, in a fixed amount of memory.
package final class KeptRows: Sendable {
  private let rows: GroupedRows
  private let pairs: ExternalSort<Int128>
  private let keepsLast: Bool
  private let budget: MemoryBudget
  private let folder: TemporaryFolder

  /// - Parameter hasher: the one by which the keys are encoded.
  package init(keepsLast: Bool, budget: MemoryBudget, folder: TemporaryFolder, hasher: KeyHasher = .standard) {
    self.keepsLast = keepsLast
    self.budget = budget
    self.folder = folder
    rows = GroupedRows(budget: budget, folder: folder, hasher: hasher)
    pairs = ExternalSort(budget: budget, folder: folder)
  }

  /// Adds the keys of a batch; may be called by several threads at once.
  ///
  /// - Parameter notes: what to say of each row, one for each key.
  package func add(_ keys: EncodedKeys, notes: ContiguousArray<Int64>) throws(StorageFailure) {
    try rows.add(keys.placed(with: ContiguousArray(notes.map { Int128($0) }), descending: keepsLast))
  }

  /// For each row that is not kept, the note of the one that is. Ask once, at the end.
  package func finish(threads: Int = 1) throws(StorageFailure) -> OrdinalNotes {
    let pairs = pairs
    try rows.walk(threads: threads) { Visitor(pairs: pairs) }
    return try OrdinalNotes(pairs, budget: budget, folder: folder)
  }

  private struct Visitor: GroupVisitor {
    let pairs: ExternalSort<Int128>
    private var kept: Int128 = 0
    private var waiting: ContiguousArray<Int128> = []

    init(pairs: ExternalSort<Int128>) { self.pairs = pairs }

    mutating func meet(_ ordinal: Int64, _ value: Int128, isFirst: Bool) throws(StorageFailure) {
      if isFirst {
        kept = value
      } else {
        waiting.append(OrdinalNotes.pair(ordinal, note: Int64(truncatingIfNeeded: kept)))
        if waiting.count >= 4096 { try finish() }
      }
    }

    mutating func finish() throws(StorageFailure) {
      try pairs.add(waiting)
      waiting.removeAll(keepingCapacity: true)
    }
  }
}

/// An integer for each of some rows, by their place in the input: in memory as far as the budget grants it, else in a file.
package final class OrdinalNotes: Sendable {
  private enum Place: Sendable {
    case memory(NotesBlock)
    case file(SpillExtent)
  }

  /// Blocks of pairs, ascending, and the ordinal of each one's first.
  private let blocks: [Place]
  private let firsts: [Int64]
  private let file: SpillFile?

  private static let pairBytes = MemoryLayout<Int128>.stride
  /// Pairs of a block.
  private static let blockPairs = 2048

  /// A pair that sorts by its ordinal, which is not negative.
  static func pair(_ ordinal: Int64, note: Int64) -> Int128 {
    Int128(ordinal) << 64 | Int128(UInt64(bitPattern: note))
  }

  init(_ pairs: ExternalSort<Int128>, budget: MemoryBudget, folder: TemporaryFolder) throws(StorageFailure) {
    var blocks: [Place] = []
    var firsts: [Int64] = []
    var file: SpillFile?
    var waiting: ContiguousArray<Int128> = []
    func flush() throws(StorageFailure) {
      guard let first = waiting.first else { return }
      firsts.append(Int64(truncatingIfNeeded: first >> 64))
      if let block = NotesBlock(waiting, of: budget) {
        blocks.append(.memory(block))
      } else {
        let target: SpillFile
        if let file { target = file } else { target = try folder.makeFile() }
        file = target
        let extent = try waiting.withUnsafeBufferPointer { pairs throws(StorageFailure) in
          try target.append(UnsafeRawBufferPointer(pairs))
        }
        blocks.append(.file(extent))
      }
      waiting.removeAll(keepingCapacity: true)
    }
    var failure: StorageFailure?
    try pairs.merge { pair, _ in
      waiting.append(pair)
      guard waiting.count == Self.blockPairs else { return true }
      do throws(StorageFailure) { try flush() } catch { failure = error }
      return failure == nil
    }
    if let failure { throw failure }
    try flush()
    self.blocks = blocks
    self.firsts = firsts
    self.file = file
  }

  /// The notes of the rows among `count` from `start` on that have one, each with its distance from `start`.
  package func notes(from start: Int64, count: Int) throws(StorageFailure) -> [(row: Int, note: Int64)] {
    var result: [(row: Int, note: Int64)] = []
    var buffer = ContiguousArray<Int128>()
    var index = max(0, firsts.partitionPoint { $0 > start } - 1)
    while index < blocks.count, firsts[index] < start + Int64(count) {
      try read(blocks[index], into: &buffer)
      for pair in buffer {
        let row = Int64(truncatingIfNeeded: pair >> 64) - start
        if row >= 0, row < Int64(count) { result.append((Int(row), Int64(truncatingIfNeeded: pair))) }
      }
      index += 1
    }
    return result
  }

  private func read(_ place: Place, into buffer: inout ContiguousArray<Int128>) throws(StorageFailure) {
    switch place {
    case .memory(let block): buffer = block.pairs
    case .file(let extent):
      guard let file else { return }
      buffer = ContiguousArray(repeating: 0, count: extent.count / Self.pairBytes)
      try buffer.withUnsafeMutableBufferPointer { pairs throws(StorageFailure) in
        if let base = pairs.baseAddress { try file.read(extent, into: base) }
      }
    }
  }
}

/// Pairs for which the budget granted memory.
private final class NotesBlock: Sendable {
  let pairs: ContiguousArray<Int128>
  private let bytes: Int
  private let budget: MemoryBudget

  init?(_ pairs: ContiguousArray<Int128>, of budget: MemoryBudget) {
    bytes = pairs.count * MemoryLayout<Int128>.stride
    guard budget.grant(bytes) else { return nil }
    self.pairs = ContiguousArray(pairs)
    self.budget = budget
  }

  deinit { budget.release(bytes) }
}

extension [Int64] {
  /// The first index at which an ascending property holds; the count where it holds nowhere.
  fileprivate func partitionPoint(_ holds: (Int64) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
