import Columns
import Glibc
import Kernels
import Storage
import Testing

@testable import Spill

@Suite struct ExternalSortTests {
  static let budgets = [0, 64 << 10, 1 << 20, 64 << 20]

  /// Values by name.
  private static func values(_ name: String, count: Int) -> [Int64] {
    var random = Sequence64(state: 11)
    return (0..<count).map { place in
      switch name {
      case "any": Int64(bitPattern: random.next())
      case "small": Int64(random.next() % 100) - 50
      case "mixed": random.next() % 4 == 0 ? Int64(bitPattern: random.next()) : 7
      case "equal": -3
      case "descending": Int64(count - place)
      default: 0
      }
    }
  }

  private static func add<Key: SortKey>(_ values: [Key], to sort: ExternalSort<Key>) throws {
    let turns = Turns()
    let batches = (values.count + 999) / 1000
    try onThreads(3) { () throws(StorageFailure) in
      while let turn = turns.take(batches) {
        try sort.add(ContiguousArray(values[(turn * 1000)..<min(turn * 1000 + 1000, values.count)]))
      }
    }
  }

  /// What a merge gives, value by value.
  private static func expanded<Key: SortKey>(_ sort: ExternalSort<Key>) throws -> [Key] {
    var result: [Key] = []
    var last: Key?
    try sort.sorted { key, count in
      #expect(last.map { $0 < key } ?? true)
      last = key
      result += repeatElement(key, count: count)
    }
    return result
  }

  @Test(arguments: ["any", "small", "mixed", "equal", "descending"], budgets)
  func sortsAsTheStandardLibraryDoes(_ name: String, _ limit: Int) throws {
    let scratch = try Scratch()
    let budget = MemoryBudget(limit: limit)
    let folder = try TemporaryFolder(in: scratch.path)
    let values = Self.values(name, count: 20_500)
    do {
      let sort = ExternalSort<Int64>(budget: budget, folder: folder)
      try Self.add(values, to: sort)
      #expect(sort.count == values.count)
      #expect(try Self.expanded(sort) == values.sorted())
      // A second time, with more.
      try sort.add([1, 1, .min, .max])
      #expect(try Self.expanded(sort) == (values + [1, 1, .min, .max]).sorted())
    }
    #expect(budget.granted == 0)
    if limit == 64 << 20 { #expect(folder.bytesSpilled == 0) }
    if limit <= 64 << 10, name == "any" { #expect(folder.bytesSpilled > 100_000) }
  }

  @Test(arguments: budgets)
  func sortsWideValues(_ limit: Int) throws {
    let scratch = try Scratch()
    let sort = ExternalSort<Int128>(budget: MemoryBudget(limit: limit), folder: try TemporaryFolder(in: scratch.path))
    let values =
      Self.values("mixed", count: 8000).enumerated().map { index, value in
        Int128(value) << Int128(index % 2 * 60)
      } + [.min, .max]
    try Self.add(values, to: sort)
    #expect(try Self.expanded(sort) == values.sorted())
  }

  @Test func memoryStaysNearTheBudget() throws {
    let scratch = try Scratch()
    let budget = MemoryBudget(limit: 128 << 10)
    let folder = try TemporaryFolder(in: scratch.path)
    let sort = ExternalSort<Int64>(budget: budget, folder: folder)
    let values = Self.values("any", count: 100_000)
    try Self.add(values, to: sort)
    #expect(try sort.quantile(at: [0]).first?.lower == values.min())
    #expect(budget.peak <= 256 << 10)
  }

  @Test func aFullDiskIsAnError() throws {
    let scratch = try Scratch()
    let folder = try TemporaryFolder(in: scratch.path, limit: 50_000)
    let sort = ExternalSort<Int64>(budget: MemoryBudget(limit: 64 << 10), folder: folder)
    let failure = #expect(throws: StorageFailure.self) { try Self.add(Self.values("any", count: 50_000), to: sort) }
    #expect(failure?.code == ENOSPC)
  }

  @Test func modesAreTheMostFrequent() throws {
    let scratch = try Scratch()
    let sort = ExternalSort<Int64>(budget: MemoryBudget(limit: 1 << 20), folder: try TemporaryFolder(in: scratch.path))
    #expect(try sort.modes() == Modes(values: [], count: 0, ties: 0))
    try sort.add([5, 3, 9, 3, 5, -1, 5, 3, 9, 9, 4])
    #expect(try sort.modes() == Modes(values: [3], count: 3, ties: 3))
    #expect(try sort.modes(limit: 2).values == [3, 5])
    try sort.add([9])
    #expect(try sort.modes(limit: 5) == Modes(values: [9], count: 4, ties: 1))
  }

  @Test func keysOfFloatsHaveTheirOrder() {
    let ordered = [
      -Double.infinity, -1e308, -1, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 1, 1.5, 1e308, .infinity, .nan,
    ]
    let keys = ordered.map(SortKeys.key)
    #expect(keys == keys.sorted() && Set(keys).count == keys.count)
    #expect(keys.map(SortKeys.double).map(\.description) == ordered.map(\.description))
    #expect(SortKeys.key(-0.0) == SortKeys.key(0))
    #expect(SortKeys.key(-Double.nan) == SortKeys.key(.nan))
  }

  @Test func columnsGiveTheKeysOfTheirPresentValues() {
    let states = States(validity: Bitmap(words: [0b1101], count: 4))
    let rows = Bitmap(words: [0b0111], count: 4)
    let floats = Column(.float64, .floats([1.5, 2, -3, 4]), count: 4, states: states)
    #expect(SortKeys.narrow(floats, rows: rows) == [SortKeys.key(1.5), SortKeys.key(-3)])
    let integers = Column(.date, .integers([9]), count: 4, isConstant: true, states: states)
    #expect(SortKeys.narrow(integers, rows: rows) == [9, 9])
    let decimals = Column(.decimal(precision: 38, scale: 0), .decimals([1, 2, 3, 4]), count: 4, states: states)
    #expect(SortKeys.wide(decimals, rows: rows) == [1, 3])
    #expect(SortKeys.narrow(decimals, rows: rows) == [])
  }
}
