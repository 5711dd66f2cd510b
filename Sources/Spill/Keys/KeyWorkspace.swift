import Kernels
import Storage

/// The memory in which one thread looks at a partition as a whole; kept from one to the next.
final class KeyWorkspace {
  private let budget: MemoryBudget
  /// What may be asked for: the budget, fairly divided.
  private let share: Int
  private var held: GrantedMemory?

  /// Memory that is taken even where the budget does not grant it, so that everything comes to an end.
  private static let floorWords = 2048

  init(budget: MemoryBudget, threads: Int) {
    self.budget = budget
    share = budget.limit / max(1, threads)
  }

  /// Memory for `words`; what was in it is lost. Nil where the budget does not grant it, even after all that `store` holds
  /// was spilled.
  private func reserve(
    _ words: Int, for store: KeyStore
  ) throws(StorageFailure) -> UnsafeMutablePointer<UInt64>? {
    if let memory = room(for: words) { return memory }
    held = nil
    if words <= Self.floorWords {
      held = try GrantedMemory(bytes: Self.floorWords * 8, of: budget, isForced: true)
      return room(for: words)
    }
    guard words <= KeyTable.wordLimit, words * 8 <= share else { return nil }
    var wanted = min(words + words / 4, share / 8)
    while true {
      held = try GrantedMemory(bytes: wanted * 8, of: budget)
      if let memory = room(for: words) { return memory }
      if try !store.makeRoom() {
        if wanted == words { return nil }
        wanted = words
      }
    }
  }

  private func room(for words: Int) -> UnsafeMutablePointer<UInt64>? {
    switch held {
    case .some(let held): words * 8 <= held.bytes ? held.base.assumingMemoryBound(to: UInt64.self) : nil
    case nil: nil
    }
  }

  /// Loads the records of a shelf of `store` and makes a table over them, still empty. Nil where they do not fit.
  ///
  /// - Parameter asking: the store that is asked for room, where it is another one.
  func table(
    of shelf: inout KeyShelf, in store: KeyStore, asking: KeyStore? = nil, _ hasher: KeyHasher
  ) throws(StorageFailure) -> KeyTable? {
    let words = shelf.words + KeyTable.slotCount(rows: shelf.rows)
    var memory = try reserve(words, for: asking ?? store)
    if memory == nil {
      // What the shelf itself holds may be what is missing.
      try store.spill(&shelf)
      memory = try reserve(words, for: asking ?? store)
    }
    guard let memory else { return nil }
    try store.load(shelf, into: memory)
    return KeyTable(memory: memory, words: shelf.words, rows: shelf.rows, hasher: hasher)
  }
}
