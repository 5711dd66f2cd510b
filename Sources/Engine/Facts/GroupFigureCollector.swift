import Columns
import Expressions
import Kernels
import Spill
import Storage

/// Sorts the values of each group of rows for a figure over them, within the run's memory; also texts that are not grouped.
final class GroupFigureCollector: FactCollector {
  private let figure: OrderFigure
  private let type: DataType
  private let groupColumns: Int
  private let encoder: KeyEncoder
  private let resources: RunResources
  private let records: RecordSort

  init(
    _ figure: OrderFigure, of type: DataType, groupColumns: Int, hasher: KeyHasher, resources: RunResources
  ) throws(StorageFailure) {
    self.figure = figure
    self.type = type
    self.groupColumns = groupColumns
    self.resources = resources
    encoder = KeyEncoder(hasher: hasher, nulls: .isEqual)
    records = RecordSort(budget: resources.memory, folder: try resources.temporaryFolder())
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    try add(columns, rows: rows, asking: rows, from: cells)
  }

  func add(_ columns: [Column], rows: Bitmap, asking: Bitmap, from cells: BatchCells) throws(RunEnd) {
    // Where rows are not grouped, only those that count have something to say.
    let batch = GroupedRows(
      columns, groupColumns, rows: rows, asking: groupColumns == 0 ? rows : asking, encoder, cells)
    do throws(StorageFailure) {
      try records.add(
        batch.keys.records(
          of: columns.last, in: cells.store, counted: batch.counted, leavingOut: nil, from: batch.origin))
    } catch {
      throw .storage(error)
    }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    do throws(StorageFailure) {
      let resultType = figure.resultType(of: type)
      var folding = OrderFolding(figure, of: type, counting: try GroupCursor(records))
      if groupColumns == 0 {
        var all = try GroupCursor(records)
        let isAny = try all.startGroup()
        return ConstantFact(value: isAny ? try folding.fold(&all) : Constant(resultType, .null))
      }
      var assembly = GroupAssembly(
        GroupTable(budget: resources.memory, bytesPerGroup: 32), known: [], type: resultType, resources: resources)
      return GroupFact(try assembly.answers(of: records, by: &folding), encoder: encoder)
    } catch {
      throw .storage(error)
    }
  }
}

/// Finds the figure of a group among its sorted values. A second reading runs ahead and counts them.
private struct OrderFolding: GroupFolding {
  private let figure: OrderFigure
  private let type: DataType
  private var counting: GroupCursor
  private let store = ByteStore(capacity: 256)

  init(_ figure: OrderFigure, of type: DataType, counting: GroupCursor) {
    self.figure = figure
    self.type = type
    self.counting = counting
  }

  mutating func fold(_ group: inout GroupCursor) throws(StorageFailure) -> Constant {
    if case .mode = figure { return try mode(&group) }
    let count = try countValues()
    let nothing = Constant(figure.resultType(of: type), .null)
    guard count > 0 else { return nothing }
    switch figure {
    case .continuous(let share):
      let place = QuantilePlace(share.value, of: count)
      let (lower, upper) = try values(&group, at: place.lower, place.upper)
      guard let lower, let upper else { return nothing }
      return figure.between(lower, upper, fraction: place.fraction) ?? nothing
    case .discrete(let share):
      let place = share.place(among: count)
      return try values(&group, at: place, place).0 ?? nothing
    case .mode: return nothing
    }
  }

  private mutating func countValues() throws(StorageFailure) -> Int {
    var count = 0
    guard try counting.startGroup() else { return 0 }
    while let record = try counting.nextMember() { count += record.isCounted ? 1 : 0 }
    return count
  }

  private func values(
    _ group: inout GroupCursor, at lower: Int, _ upper: Int
  ) throws(StorageFailure) -> (Constant?, Constant?) {
    var place = 0
    var first: Constant?
    while let record = try group.nextMember() {
      guard record.isCounted else { continue }
      if place == lower { first = constant(record.value) }
      if place == upper { return (first, lower == upper ? first : constant(record.value)) }
      place += 1
    }
    return (first, nil)
  }

  private func mode(_ group: inout GroupCursor) throws(StorageFailure) -> Constant {
    var best: ContiguousArray<UInt64> = []
    var bestCount = 0
    var current: ContiguousArray<UInt64> = []
    var count = 0
    while let record = try group.nextMember() {
      guard record.isCounted else { continue }
      if count > 0, record.value.elementsEqual(current) {
        count += 1
      } else {
        current = ContiguousArray(record.value)
        count = 1
      }
      if count > bestCount {
        if count == 1 || best != current { best = current }
        bestCount = count
      }
    }
    guard bestCount > 0 else { return Constant(type, .null) }
    return best.withUnsafeBufferPointer { constant($0) } ?? Constant(type, .null)
  }

  private func constant(_ words: UnsafeBufferPointer<UInt64>) -> Constant? {
    store.reset()
    var filling = ColumnFilling(type, count: 1, in: store)
    filling.set(0, words)
    return Constant(filling.column(), in: store)
  }
}
