import Kernels
import Storage
import Testing

@testable import Spill

@Suite struct KeyMembershipTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let known: String
    let asked: String
    let budget: Int
    let hash: String
    var testDescription: String { "\(asked) in \(known), \(budget) bytes, \(hash) hash" }
  }

  static let cases: [Case] = [
    ("few", "pairs"), ("pairs", "pairs"), ("distinct", "distinct"), ("skewed", "skewed"),
    ("equal", "few"), ("few", "equal"), ("none", "few"), ("few", "none"),
  ].flatMap { known, asked in
    [(64 << 10, "good"), (64 << 10, "constant"), (16 << 20, "good"), (16 << 20, "eight bits")].map {
      Case(known: known, asked: asked, budget: $0, hash: $1)
    }
  }

  @Test(arguments: cases)
  func theSameRowsFailAsByASet(_ example: Case) throws {
    let scratch = try Scratch()
    let known = TestKeys(rows: TestKeys.named(example.known, count: 5000).rows.filter { $0 % 3 != 0 })
    let asked = TestKeys.named(example.asked, count: 4000)
    let set = Set(known.rows)
    let hasher = KeyHasher.named(example.hash)
    for failing in [KeyMembership.Failing.absent, .present] {
      let budget = MemoryBudget(limit: example.budget)
      do {
        let folder = try TemporaryFolder(in: scratch.path)
        let membership = KeyMembership(failing: failing, budget: budget, folder: folder, hasher: hasher)
        try known.forEachBatch(hasher: hasher) { batch throws(StorageFailure) in try membership.addKnown(batch) }
        try membership.seal()
        try asked.forEachBatch(hasher: hasher) { batch throws(StorageFailure) in try membership.add(batch) }
        let expected = asked.rows.indices.filter { set.contains(asked.rows[$0]) == (failing == .present) }
        let found = try membership.finish(threads: 2)
        #expect(found.rows(of: 4000) == expected, "\(failing)")
        if example.budget > 1 << 20 { #expect(folder.bytesSpilled == 0) }
      }
      #expect(budget.granted == 0)
    }
  }

  @Test func keysThatDoNotFitSpill() throws {
    let scratch = try Scratch()
    let folder = try TemporaryFolder(in: scratch.path)
    let budget = MemoryBudget(limit: 256 << 10)
    let membership = KeyMembership(failing: .absent, budget: budget, folder: folder)
    let known = TestKeys.named("distinct", count: 20_000)
    try known.forEachBatch { batch throws(StorageFailure) in try membership.addKnown(batch) }
    try membership.seal()
    try known.forEachBatch { batch throws(StorageFailure) in try membership.add(batch) }
    #expect(try membership.finish(threads: 2).isEmpty)
    #expect(folder.bytesSpilled > 512 << 10)
    #expect(budget.peak <= 320 << 10)
  }
}
