import Synchronization

/// What one holder has been granted of a budget; given back when the holder goes.
package final class MemoryHold: Sendable {
  private let budget: MemoryBudget
  /// Bytes that may be held at most.
  private let limit: Int
  private let held = Atomic<Int>(0)

  package init(of budget: MemoryBudget, limit: Int) {
    self.budget = budget
    self.limit = limit
  }

  deinit { budget.release(held.load(ordering: .relaxed)) }

  /// Asks for room for `bytes` in all; false, and nothing changed, where it is not to be had.
  ///
  /// One thread at a time may ask.
  package func reserve(_ bytes: Int) -> Bool {
    let known = held.load(ordering: .relaxed)
    if bytes <= known { return true }
    // In steps, so that few questions are asked.
    for wanted in [bytes + bytes / 2 + 65536, bytes] where wanted <= limit && budget.grant(wanted - known) {
      held.store(wanted, ordering: .relaxed)
      return true
    }
    return false
  }
}
