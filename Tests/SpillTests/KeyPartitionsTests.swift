import Columns
import Glibc
import Kernels
import Storage
import Testing

@testable import Spill

@Suite struct KeyPartitionsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let keys: String
    let budget: Int
    let hash: String
    var testDescription: String { "\(keys), \(budget) bytes, \(hash) hash" }
  }

  static let cases: [Case] = ["distinct", "equal", "few", "pairs", "skewed"].flatMap { keys in
    [
      (0, "good"), (64 << 10, "good"), (64 << 10, "eight bits"), (64 << 10, "constant"), (8 << 20, "good"),
      (64 << 20, "constant"),
    ].map { Case(keys: keys, budget: $0, hash: $1) }
  }

  private static let count = 6000

  @Test(arguments: cases)
  func theSameRowsFailAsByADictionary(_ example: Case) throws {
    let scratch = try Scratch()
    let budget = MemoryBudget(limit: example.budget)
    let folder = try TemporaryFolder(in: scratch.path)
    let keys = TestKeys.named(example.keys, count: Self.count)
    let hasher = KeyHasher.named(example.hash)
    let partitions = KeyPartitions(budget: budget, folder: folder, hasher: hasher)
    try keys.forEachBatch(hasher: hasher) { batch throws(StorageFailure) in try partitions.add(batch) }
    for (keeping, threads) in [(KeptRow.none, 2), (.first, 1), (.last, 3)] {
      let failing = try partitions.finish(keeping: keeping, threads: threads)
      let expected = keys.failing(keeping: keeping)
      #expect(failing.rows(of: Self.count) == expected, "keeping \(keeping)")
      #expect(failing.count == expected.count)
    }
    let counts = try partitions.counts()
    #expect(counts.rows == Self.count)
    #expect(counts.distinct == keys.groups.count)
    #expect(counts.single == keys.groups.values.count { $0.count == 1 })
    #expect(counts.repeatedRows == keys.failing(keeping: .none).count)
    #expect(counts.extraRows == keys.failing(keeping: .first).count)
    #expect((folder.bytesSpilled > 0) == (example.budget <= 64 << 10))
  }

  @Test(arguments: ["distinct", "equal", "skewed"])
  func memoryStaysNearTheBudget(_ name: String) throws {
    let scratch = try Scratch()
    let budget = MemoryBudget(limit: 256 << 10)
    let folder = try TemporaryFolder(in: scratch.path)
    let keys = TestKeys.named(name, count: 30_000)
    do {
      let partitions = KeyPartitions(budget: budget, folder: folder)
      try keys.forEachBatch { batch throws(StorageFailure) in try partitions.add(batch) }
      #expect(try partitions.finish(keeping: .first, threads: 2).count == keys.failing(keeping: .first).count)
    }
    // Two threads may take 16 KiB each beyond it, and a block or two to read through.
    #expect(budget.peak <= 320 << 10)
    #expect(budget.granted == 0)
    #expect(folder.bytesSpilled > 512 << 10)
  }

  @Test func threadsMayAddAtOnce() throws {
    let scratch = try Scratch()
    let folder = try TemporaryFolder(in: scratch.path)
    let keys = TestKeys.named("pairs", count: 20_000)
    let partitions = KeyPartitions(budget: MemoryBudget(limit: 128 << 10), folder: folder)
    let turns = Turns()
    try onThreads(4) { () throws(StorageFailure) in
      while let turn = turns.take(20) { try partitions.add(keys.batch(turn * 1000)) }
    }
    #expect(try partitions.finish(threads: 4).rows(of: 20_000) == keys.failing(keeping: .none))
    #expect(try partitions.counts().rows == 20_000)
  }

  @Test(arguments: [64 << 10, 64 << 20])
  func keysMayBeLong(_ limit: Int) throws {
    let scratch = try Scratch()
    let budget = MemoryBudget(limit: limit)
    let folder = try TemporaryFolder(in: scratch.path)
    let keys = TestKeys(rows: [1, 2, 3, 1, 2, 1], width: 100_000)
    let partitions = KeyPartitions(budget: budget, folder: folder)
    try partitions.add(keys.batch(0))
    #expect(try partitions.finish(keeping: .first).rows(of: 6) == [3, 4, 5])
    #expect(try partitions.finish(keeping: .none).rows(of: 6) == [0, 1, 3, 4, 5])
  }

  @Test func nothingInGivesNothing() throws {
    let scratch = try Scratch()
    let partitions = KeyPartitions(budget: MemoryBudget(limit: 0), folder: try TemporaryFolder(in: scratch.path))
    try partitions.add(EncodedKeys())
    #expect(try partitions.finish(threads: 0).isEmpty)
    #expect(try partitions.counts() == KeyCounts())
  }

  @Test func aFullDiskIsAnError() throws {
    let scratch = try Scratch()
    let budget = MemoryBudget(limit: 64 << 10)
    let folder = try TemporaryFolder(in: scratch.path, limit: 200_000)
    let keys = TestKeys.named("distinct", count: 30_000)
    do {
      let partitions = KeyPartitions(budget: budget, folder: folder)
      let failure = #expect(throws: StorageFailure.self) {
        try keys.forEachBatch { batch throws(StorageFailure) in try partitions.add(batch) }
      }
      #expect(failure?.code == ENOSPC)
      #expect(failure?.message.hasSuffix("No space left on device") == true)
    }
    #expect(budget.granted == 0)
    #expect(folder.bytesSpilled <= 200_000)
  }

  /// The disk may also fill up while partitions are cut.
  @Test func aDiskThatFillsUpLaterIsAnError() throws {
    let scratch = try Scratch()
    let keys = TestKeys.named("distinct", count: 10_000)
    let hasher = KeyHasher.named("constant")
    var ends: Set<Bool> = []
    for limit in [320_000, 330_000, 400_000, 1_000_000, 100_000_000] {
      let folder = try TemporaryFolder(in: scratch.path, limit: limit)
      let partitions = KeyPartitions(budget: MemoryBudget(limit: 64 << 10), folder: folder, hasher: hasher)
      do throws(StorageFailure) {
        try keys.forEachBatch(hasher: hasher) { batch throws(StorageFailure) in try partitions.add(batch) }
        let failing = try partitions.finish(threads: 2)
        #expect(failing.isEmpty)
        ends.insert(true)
      } catch {
        #expect(error.code == ENOSPC)
        ends.insert(false)
      }
    }
    #expect(ends == [true, false])
  }
}
