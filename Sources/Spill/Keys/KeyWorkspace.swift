import Kernels
import Storage

/// The memory in which one thread looks at a partition as a whole; kept from one to the next.
final class KeyWorkspace {
  private let budget: MemoryBudget
  /// What may be asked for: the budget, fairly divided.
  private let share: Int
  private(set) var memory: UnsafeMutablePointer<UInt64>
  private var capacity: Int

  /// Memory that is taken even where the budget does not grant it, so that everything comes to an end.
  private static let floorWords = 2048

  init(budget: MemoryBudget, threads: Int) {
    self.budget = budget
    share = budget.limit / max(1, threads)
    capacity = Self.floorWords
    memory = .allocate(capacity: capacity)
    budget.take(capacity * 8)
  }

  deinit {
    memory.deallocate()
    budget.release(capacity * 8)
  }

  /// Makes sure of room for `words`; what was in the memory is lost. False where the budget does not grant it, even after
  /// all that `store` holds was spilled.
  func reserve(_ words: Int, for store: KeyStore) throws(StorageFailure) -> Bool {
    if words <= capacity { return true }
    guard words <= KeyTable.wordLimit, words * 8 <= share else { return false }
    var wanted = min(words + words / 4, share / 8)
    while !budget.grant((wanted - capacity) * 8) {
      if try !store.makeRoom() {
        if wanted == words { return false }
        wanted = words
      }
    }
    memory.deallocate()
    memory = .allocate(capacity: wanted)
    capacity = wanted
    return true
  }

  /// Loads the records of a shelf of `store` and makes a table over them, still empty. Nil where they do not fit.
  ///
  /// - Parameter asking: the store that is asked for room, where it is another one.
  func table(
    of shelf: inout KeyShelf, in store: KeyStore, asking: KeyStore? = nil, _ hasher: KeyHasher
  ) throws(StorageFailure) -> KeyTable? {
    let words = shelf.words + KeyTable.slotCount(rows: shelf.rows)
    if try !reserve(words, for: asking ?? store) {
      // What the shelf itself holds may be what is missing.
      try store.spill(&shelf)
      guard try reserve(words, for: asking ?? store) else { return nil }
    }
    try store.load(shelf, into: memory)
    return KeyTable(memory: memory, words: shelf.words, rows: shelf.rows, hasher: hasher)
  }
}
