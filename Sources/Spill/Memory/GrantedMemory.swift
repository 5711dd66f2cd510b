import Glibc
import Storage

/// Memory that a ``MemoryBudget`` granted: back with the system as soon as it is given up.
///
/// An allocator keeps what it gets back, most of it in the wrong sizes, and the process grows past what it holds. So whole
/// pages come from the system itself; only less than a page comes from the allocator.
///
/// `@unchecked Sendable`: one owner at a time, as of any value that cannot be copied.
struct GrantedMemory: ~Copyable, @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  /// At least what was asked for: whole pages, where it is more than one.
  let bytes: Int
  private let isMapped: Bool
  private let budget: MemoryBudget

  private static let page = 4096

  /// - Parameter isForced: to go past the budget, and to fail where even the system has no memory.
  /// - Returns: nil where budget or system do not grant it; its contents are undefined.
  init?(bytes wanted: Int, of budget: MemoryBudget, isForced: Bool = false) throws(StorageFailure) {
    let isMapped = wanted >= Self.page
    let bytes = isMapped ? wanted.roundedUp(toMultipleOf: Self.page) : max(16, wanted)
    if isForced { budget.take(bytes) } else if !budget.grant(bytes) { return nil }
    guard let base = isMapped ? Self.pages(bytes) : malloc(bytes) else {
      budget.release(bytes)
      if isForced { throw .noMemory(bytes: bytes) }
      return nil
    }
    self.base = base
    self.bytes = bytes
    self.isMapped = isMapped
    self.budget = budget
  }

  deinit {
    if isMapped { munmap(base, bytes) } else { free(base) }
    budget.release(bytes)
  }

  private static func pages(_ bytes: Int) -> UnsafeMutableRawPointer? {
    let pages = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    return pages == MAP_FAILED ? nil : pages
  }
}

extension Int {
  /// The next multiple of a power of two, or the largest one there is.
  fileprivate func roundedUp(toMultipleOf unit: Int) -> Int {
    let (sum, isOver) = addingReportingOverflow(unit - 1)
    return (isOver ? .max : sum) & ~(unit - 1)
  }
}
