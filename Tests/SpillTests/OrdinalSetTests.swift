import Columns
import Testing

@testable import Spill

@Suite struct OrdinalSetTests {
  private func sample() -> (set: OrdinalSet, rows: Set<Int>) {
    var random = Sequence64(state: 3)
    var set = OrdinalSet()
    var rows: Set<Int> = [0, 63, 64, 65_535, 65_536, 400_000]
    for _ in 0..<2000 { rows.insert(Int(random.next() % 200_000)) }
    for row in rows { set.insert(Int64(row)) }
    for row in rows { set.insert(Int64(row)) }
    return (set, rows)
  }

  @Test func containsWhatWasInserted() {
    let (set, rows) = sample()
    #expect((-2...401_000).filter { set.contains(Int64($0)) } == rows.sorted())
    #expect(set.count == rows.count)
    #expect(!set.contains(.max) && !set.contains(.min))
  }

  @Test(arguments: [0, 1, 63, 64, 65, 65_500, 65_536, 130_000, 399_990, 500_000], [0, 1, 64, 100, 8192])
  func givesTheBitsOfABatch(_ start: Int, _ count: Int) {
    let (set, rows) = sample()
    let expected = (0..<count).filter { rows.contains(start + $0) }
    let bits = set.bits(from: Int64(start), count: count)
    #expect(bits.count == count)
    #expect(bits.rows == expected)
  }

  @Test func equalityIsOfRows() {
    var a = OrdinalSet()
    var b = OrdinalSet()
    a.insert(70_000)
    a.insert(1)
    b.insert(1)
    #expect(a != b)
    b.insert(70_000)
    b.insert(-5)
    #expect(a == b)
    #expect(b.count == 2)
  }

  @Test func blocksWithoutRowsTakeNoMemory() {
    var set = OrdinalSet()
    set.insert(1_000_000_000)
    #expect(set.bytes < 200_000)
  }

  /// A block of 8 KiB for the rows of each 65,536; told to the budget until the last copy goes.
  @Test func theBudgetKnowsOfItsBlocks() {
    let budget = MemoryBudget(limit: 0)
    do {
      var set = OrdinalSet(of: budget)
      for row in [1, 65_535, 65_536, 300_000] { set.insert(Int64(row)) }
      let copy = set
      set = OrdinalSet()
      #expect(budget.granted == 3 * 8192)
      #expect(copy.contains(300_000))
    }
    #expect(budget.granted == 0)
  }
}
