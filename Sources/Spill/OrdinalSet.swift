import Columns
import Synchronization

/// Rows of the whole input by their place in it: a bit each, in blocks of which those without a row take no memory.
package struct OrdinalSet: Sendable, Equatable {
  static let blockWords = 1024
  private static let blockShift = Int64(16)

  /// Empty where no row of the block is in the set.
  private var blocks: ContiguousArray<ContiguousArray<UInt64>> = []
  /// Rows in the set.
  package private(set) var count = 0
  /// Shared by all copies, as the blocks are.
  private let account: Account?

  /// - Parameter budget: is told of the memory of the blocks; it cannot refuse them.
  package init(of budget: MemoryBudget? = nil) { account = budget.map(Account.init) }

  private final class Account: Sendable {
    private let budget: MemoryBudget
    private let bytes = Atomic<Int>(0)

    init(_ budget: MemoryBudget) { self.budget = budget }

    func add(_ added: Int) {
      budget.take(added)
      bytes.add(added, ordering: .relaxed)
    }

    deinit { budget.release(bytes.load(ordering: .relaxed)) }
  }

  package var isEmpty: Bool { count == 0 }

  /// Adds a row. A negative one is no row and is passed over.
  package mutating func insert(_ ordinal: Int64) {
    guard ordinal >= 0 else { return }
    let block = Int(ordinal >> Self.blockShift)
    while blocks.count <= block { blocks.append([]) }
    if blocks[block].isEmpty {
      blocks[block] = ContiguousArray(repeating: 0, count: Self.blockWords)
      account?.add(Self.blockWords * 8)
    }
    let index = Int(ordinal >> 6) & (Self.blockWords - 1)
    let bit: UInt64 = 1 << UInt64(ordinal & 63)
    if blocks[block][index] & bit == 0 {
      blocks[block][index] |= bit
      count += 1
    }
  }

  package func contains(_ ordinal: Int64) -> Bool {
    ordinal >= 0 && word(Int(ordinal >> 6)) >> UInt64(ordinal & 63) & 1 == 1
  }

  /// The bits of `count` rows from `start` on, as a batch wants them.
  package func bits(from start: Int64, count: Int) -> Bitmap {
    let size = (max(0, count) + 63) >> 6
    let first = Int(start >> 6)
    let shift = UInt64(start & 63)
    let words = ContiguousArray<UInt64>(unsafeUninitializedCapacity: size) { buffer, initialized in
      for index in 0..<size {
        let low = word(first + index)
        buffer[index] = shift == 0 ? low : low >> shift | word(first + index + 1) << (64 - shift)
      }
      initialized = size
    }
    return Bitmap(words: words, count: max(0, count))
  }

  private func word(_ index: Int) -> UInt64 {
    let block = index / Self.blockWords
    guard index >= 0, block < blocks.count, !blocks[block].isEmpty else { return 0 }
    return blocks[block][index & (Self.blockWords - 1)]
  }

  /// Bytes of memory in use.
  var bytes: Int { blocks.reduce(blocks.count * 8) { $0 + $1.count * 8 } }

  package static func == (a: OrdinalSet, b: OrdinalSet) -> Bool {
    guard a.count == b.count else { return false }
    for block in 0..<max(a.blocks.count, b.blocks.count) {
      let left = block < a.blocks.count ? a.blocks[block] : []
      let right = block < b.blocks.count ? b.blocks[block] : []
      if left != right { return false }
    }
    return true
  }
}
