import Synchronization

/// The memory that one run may use for what grows with its input. Whoever holds more and more data asks here first and,
/// refused, moves some of it to a ``SpillFile``.
package final class MemoryBudget: Sendable {
  /// In bytes.
  package let limit: Int
  private let used = Atomic<Int>(0)
  private let highest = Atomic<Int>(0)

  package init(limit: Int) { self.limit = max(0, limit) }

  /// Asks for memory: false, and nothing granted, where it would pass the limit.
  package func grant(_ bytes: Int) -> Bool {
    guard bytes >= 0 else { return false }
    var current = used.load(ordering: .relaxed)
    while true {
      guard bytes <= limit, current <= limit - bytes else { return false }
      let (exchanged, original) = used.weakCompareExchange(
        expected: current, desired: current + bytes, ordering: .relaxed)
      if exchanged { break }
      current = original
    }
    _ = highest.max(current + bytes, ordering: .relaxed)
    return true
  }

  /// Counts memory without which nothing could go on, limit or not: a few blocks for each thread.
  func take(_ bytes: Int) {
    let (_, now) = used.add(max(0, bytes), ordering: .relaxed)
    _ = highest.max(now, ordering: .relaxed)
  }

  /// Gives back what was granted.
  package func release(_ bytes: Int) { used.subtract(max(0, bytes), ordering: .relaxed) }

  /// Bytes granted and not yet released.
  package var granted: Int { used.load(ordering: .relaxed) }

  /// The most that was ever granted at once.
  package var peak: Int { highest.load(ordering: .relaxed) }
}
