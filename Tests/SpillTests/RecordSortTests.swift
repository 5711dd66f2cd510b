import Columns
import Kernels
import Storage
import Testing

@testable import Spill

/// Records sorted within little memory are those that were added, in the order of Swift's own sort.
@Suite struct RecordSortTests {
  private struct Row: Comparable {
    let key: [UInt64]
    let value: [UInt64]
    let ordinal: Int64

    static func < (a: Row, b: Row) -> Bool {
      if a.key != b.key {
        return a.key.count != b.key.count ? a.key.count < b.key.count : a.key.lexicographicallyPrecedes(b.key)
      }
      return a.value.lexicographicallyPrecedes(b.value)
    }
  }

  private static func record(_ row: Row, hash: UInt64 = 9) -> [UInt64] {
    [
      SortRecord.header(key: row.key.count, value: row.value.count, isCounted: !row.value.isEmpty),
      UInt64(bitPattern: row.ordinal), hash,
    ] + row.key + row.value
  }

  @Test(arguments: [0, 1 << 12, 1 << 16, 1 << 24], [1, 900, 40_000])
  func sorts(_ limit: Int, _ count: Int) throws {
    let scratch = try Scratch()
    let budget = MemoryBudget(limit: limit)
    let sort = RecordSort(budget: budget, folder: try TemporaryFolder(in: scratch.path))
    var turns = Sequence64(state: UInt64(limit + count))
    var rows: [Row] = []
    var batch: ContiguousArray<UInt64> = []
    for ordinal in 0..<count {
      let key = (0..<Int(turns.next() % 3)).map { _ in turns.next() % 5 }
      // One record in some thousands is longer than any buffer.
      let length = turns.next() % 9000 == 0 ? 20_000 : Int(turns.next() % 4)
      let row = Row(key: key, value: (0..<length).map { _ in turns.next() % 7 }, ordinal: Int64(ordinal))
      rows.append(row)
      batch += Self.record(row)
      if batch.count > 500 {
        try sort.add(batch)
        batch = []
      }
    }
    try sort.add(batch)
    #expect(sort.count == count)
    rows.sort()
    for _ in 0..<2 {
      var cursor = try sort.cursor()
      var place = 0
      var ordinals: Set<Int64> = []
      while let record = try cursor.next() {
        let row = rows[min(place, count - 1)]
        if !record.key.elementsEqual(row.key) || !record.value.elementsEqual(row.value) {
          Issue.record("record \(place) is not the \(place)-th row")
          break
        }
        #expect(record.isCounted == !row.value.isEmpty)
        ordinals.insert(record.ordinal)
        place += 1
      }
      #expect(place == count && ordinals.count == count)
    }
  }

  /// Whatever the hash, a group is the rows of one key; leaving a group early goes on to the next.
  @Test(arguments: [0, 1 << 20], [true, false])
  func groups(_ limit: Int, _ hashesAreEqual: Bool) throws {
    let scratch = try Scratch()
    let sort = RecordSort(budget: MemoryBudget(limit: limit), folder: try TemporaryFolder(in: scratch.path))
    var expected: [[UInt64]: [UInt64]] = [:]
    var turns = Sequence64(state: 5)
    for ordinal in 0..<3000 {
      let key = [turns.next() % 40, turns.next() % 3]
      let value = turns.next() % 100
      expected[key, default: []].append(value)
      let row = Row(key: key, value: [value], ordinal: Int64(ordinal))
      try sort.add(ContiguousArray(Self.record(row, hash: hashesAreEqual ? 1 : key[0] &* 0x9E37_79B9_7F4A_7C15)))
    }
    var groups = try GroupCursor(sort)
    var found: [[UInt64]: [UInt64]] = [:]
    while try groups.startGroup() {
      var values: [UInt64] = []
      while let record = try groups.nextMember() { values += record.value }
      #expect(found.updateValue(values, forKey: Array(groups.key)) == nil, "each group comes once")
    }
    #expect(found == expected.mapValues { $0.sorted() })
    var hasty = try GroupCursor(sort)
    var count = 0
    while try hasty.startGroup() {
      count += 1
      _ = try hasty.nextMember()
    }
    #expect(count == expected.count)
  }

  /// Values by row are found for every stretch of rows, in blocks or across them.
  @Test func rowsHaveTheirValues() throws {
    let scratch = try Scratch()
    let folder = try TemporaryFolder(in: scratch.path)
    let sort = RecordSort(budget: MemoryBudget(limit: 0), folder: folder)
    var records: ContiguousArray<UInt64> = []
    for row in (0..<20_000).reversed() where row % 3 != 0 {
      SortRecord.append(row: Int64(row), [UInt64(row) * 7], to: &records)
    }
    try sort.add(records)
    let values = try RowValues(sort, folder: folder)
    for (origin, count) in [(0, 1), (0, 20_000), (1, 1), (5000, 4096), (19_999, 100), (30_000, 5)] {
      var found: [Int64: UInt64] = [:]
      try values.forEach(from: Int64(origin), below: Int64(origin + count)) { found[$0] = $1[0] }
      let expected = (origin..<min(origin + count, max(origin, 20_000))).filter { $0 % 3 != 0 }
      #expect(found == Dictionary(uniqueKeysWithValues: expected.map { (Int64($0), UInt64($0) * 7) }))
    }
  }
}

/// Keys have the same numbers whatever the hash; without room none is taken in from the first refusal on.
@Suite struct GroupTableTests {
  @Test(arguments: [true, false])
  func numbersKeys(_ hashesAreEqual: Bool) throws {
    let budget = MemoryBudget(limit: 1 << 24)
    var table = GroupTable(budget: budget, bytesPerGroup: 8)
    var expected: [[UInt64]: Int32] = [:]
    var turns = Sequence64(state: 3)
    for _ in 0..<4000 {
      let key = (0..<Int(1 + turns.next() % 2)).map { _ in turns.next() % 20 }
      let hash = hashesAreEqual ? 0 : key.reduce(17) { ($0 ^ $1) &* 0x9E37_79B9_7F4A_7C15 }
      let number = key.withUnsafeBufferPointer { table.admit($0, hash: hash) }
      #expect(number == expected[key] ?? Int32(expected.count))
      expected[key] = number
    }
    #expect(table.count == expected.count && !table.isFull)
    #expect(budget.granted > 0)
  }

  @Test func refusesWithoutRoom() {
    let budget = MemoryBudget(limit: 1 << 20)
    var table = GroupTable(budget: budget, bytesPerGroup: 8)
    var refused: UInt64?
    for key: UInt64 in 0..<100_000 {
      let number = [key].withUnsafeBufferPointer { table.admit($0, hash: key) }
      if number == nil, refused == nil { refused = key }
      if refused != nil { #expect(number == nil) }
    }
    #expect(refused ?? 0 > 100 && table.isFull)
    #expect([7].withUnsafeBufferPointer { table.number(of: $0, hash: 7) } == 7)
    #expect(budget.granted <= 1 << 18)
  }
}
