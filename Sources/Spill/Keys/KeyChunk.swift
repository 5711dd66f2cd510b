/// A piece of granted memory that holds whole records.
///
/// `@unchecked Sendable`: a chunk belongs to one shelf and is touched only under that shelf's lock.
final class KeyChunk: @unchecked Sendable {
  let words: UnsafeMutablePointer<UInt64>
  let capacity: Int
  private(set) var used = 0
  private let budget: MemoryBudget

  /// - Parameter isForced: to go past the budget rather than to fail.
  init?(words capacity: Int, of budget: MemoryBudget, isForced: Bool) {
    if isForced { budget.take(capacity * 8) } else if !budget.grant(capacity * 8) { return nil }
    self.capacity = capacity
    self.budget = budget
    words = .allocate(capacity: capacity)
  }

  deinit {
    words.deallocate()
    budget.release(capacity * 8)
  }

  var block: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: words, count: used) }

  /// Adds a record of `size` words; false where it has no room.
  @inline(__always)
  func append(_ key: UnsafePointer<UInt64>, _ count: Int, _ ordinal: Int64, size: Int) -> Bool {
    guard size <= capacity &- used else { return false }
    KeyRecord.write(key, count, ordinal, to: words + used)
    used &+= size
    return true
  }
}
