import Storage

/// A value and how many times it occurs.
struct SortEntry<Key: SortKey>: BitwiseCopyable {
  var key: Key
  var count: Int
}

/// Granted memory for values.
///
/// `@unchecked Sendable`: a block has one owner at a time, handed on under the sort's lock.
final class SortBlock: @unchecked Sendable {
  let memory: UnsafeMutableRawPointer
  let bytes: Int
  private let held: GrantedMemory

  init?(bytes: Int, of budget: MemoryBudget, isForced: Bool) throws(StorageFailure) {
    guard let held = try GrantedMemory(bytes: bytes, of: budget, isForced: isForced) else { return nil }
    self.bytes = bytes
    memory = held.base
    self.held = held
  }
}

/// Values in ascending order: each of them by itself, or each with its count; in memory, or in a file.
struct SortedRun: Sendable {
  enum Place: Sendable {
    case memory(SortBlock)
    case file(SpillFile, [SpillExtent])
  }

  var place: Place
  let isCounted: Bool
  /// Bytes of all its entries.
  let bytes: Int

  var heldBytes: Int { if case .memory(let block) = place { block.bytes } else { 0 } }

  /// Moves it to a file.
  mutating func spill(to file: SpillFile) throws(StorageFailure) {
    guard case .memory(let block) = place else { return }
    let extent = try file.append(UnsafeRawBufferPointer(start: block.memory, count: bytes))
    place = .file(file, [extent])
  }
}

/// Reads a run from its start to its end.
struct RunReader<Key: SortKey> {
  private let run: SortedRun
  private let buffer: SortBlock?
  private let stride: Int
  private var memory: UnsafeMutableRawPointer
  private var next = 0
  private var end: Int
  private var extents: ArraySlice<SpillExtent> = []
  /// Bytes read of the first of `extents`.
  private var taken = 0

  /// - Parameter bufferBytes: a multiple of 64; memory beyond the budget's limit if need be.
  init?(_ run: SortedRun, bufferBytes: Int, budget: MemoryBudget) throws(StorageFailure) {
    self.run = run
    stride = run.isCounted ? MemoryLayout<SortEntry<Key>>.stride : MemoryLayout<Key>.stride
    switch run.place {
    case .memory(let block):
      buffer = nil
      memory = block.memory
      end = run.bytes
    case .file(_, let extents):
      guard let block = try SortBlock(bytes: bufferBytes, of: budget, isForced: true) else { return nil }
      buffer = block
      memory = block.memory
      end = 0
      self.extents = extents[...]
    }
  }

  /// The next entry; nil at the end.
  @inline(__always)
  mutating func read() throws(StorageFailure) -> SortEntry<Key>? {
    if next == end {
      guard try fill() else { return nil }
    }
    let start = memory + next
    next &+= stride
    if run.isCounted { return start.load(as: SortEntry<Key>.self) }
    return SortEntry(key: start.load(as: Key.self), count: 1)
  }

  private mutating func fill() throws(StorageFailure) -> Bool {
    guard case .file(let file, _) = run.place, let buffer, let extent = extents.first else { return false }
    let count = min(buffer.bytes, extent.count - taken)
    try file.read(extent, from: taken, count: count, into: buffer.memory)
    taken += count
    if taken == extent.count {
      extents = extents.dropFirst()
      taken = 0
    }
    next = 0
    end = count
    return count > 0
  }
}
