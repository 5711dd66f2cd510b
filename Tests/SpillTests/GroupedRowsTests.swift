import Columns
import Kernels
import Storage
import Testing

@testable import Spill

/// Rows gone through by groups, against dictionaries: in memory and spilled, with good hashes and poor ones.
@Suite struct GroupedRowsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let keys: String
    let budget: Int
    let hash: String
    var testDescription: String { "\(keys), \(budget) bytes, \(hash) hash" }
  }

  static let cases: [Case] = ["distinct", "equal", "few", "skewed"].flatMap { keys in
    [(0, "good"), (64 << 10, "constant"), (64 << 10, "eight bits"), (64 << 20, "good")]
      .map { Case(keys: keys, budget: $0, hash: $1) }
  }

  private static let count = 5000

  /// A value for each row: neighbours often fall, and seldom are equal.
  private static func value(_ ordinal: Int) -> Int128 {
    let spread = Int128(ordinal &* 7919 % 503) - 250
    return ordinal % 3 == 0 ? spread << 70 : spread
  }

  @Test(arguments: cases)
  func theSameRowsAreOutOfOrder(_ example: Case) throws {
    let scratch = try Scratch()
    let folder = try TemporaryFolder(in: scratch.path)
    let keys = TestKeys.named(example.keys, count: Self.count)
    let hasher = KeyHasher.named(example.hash)
    let order = GroupOrder(budget: MemoryBudget(limit: example.budget), folder: folder, hasher: hasher) { $0 >= $1 }
    try keys.forEachBatch(hasher: hasher) { batch throws(StorageFailure) in
      try order.add(batch, values: ContiguousArray(batch.ordinals.map { Self.value(Int($0)) }))
    }
    let expected = keys.groups.values.flatMap { rows in
      zip(rows, rows.dropFirst()).filter { Self.value($1) < Self.value($0) }.map(\.1)
    }
    #expect(try order.finish(threads: 2).rows(of: Self.count) == expected.sorted())
    #expect((folder.bytesSpilled > 0) == (example.budget <= 64 << 10))
  }

  @Test(arguments: cases, [false, true])
  func eachCopyKnowsTheRowThatIsKept(_ example: Case, keepsLast: Bool) throws {
    let scratch = try Scratch()
    let folder = try TemporaryFolder(in: scratch.path)
    let keys = TestKeys.named(example.keys, count: Self.count)
    let hasher = KeyHasher.named(example.hash)
    let rows = KeptRows(
      keepsLast: keepsLast, budget: MemoryBudget(limit: example.budget), folder: folder, hasher: hasher)
    try keys.forEachBatch(hasher: hasher) { batch throws(StorageFailure) in
      try rows.add(batch, notes: ContiguousArray(batch.ordinals.map { $0 * 3 + 1 }))
    }
    let notes = try rows.finish(threads: 3)
    var found: [Int: Int64] = [:]
    for start in stride(from: 0, to: Self.count, by: 700) {
      for (row, note) in try notes.notes(from: Int64(start), count: 700) { found[start + row] = note }
    }
    var expected: [Int: Int64] = [:]
    for group in keys.groups.values {
      guard let kept = keepsLast ? group.last : group.first else { continue }
      for row in group where row != kept { expected[row] = Int64(kept) * 3 + 1 }
    }
    #expect(found == expected)
  }
}
