import Columns
import Expressions
import Kernels
import Measures
import Spill
import Storage
import Synchronization

/// Measures groups of rows: in memory as long as their keys find room there; the rows of all further groups are sorted.
final class GroupCollector<Figure: GroupMeasure>: FactCollector {
  private struct State: Sendable {
    var table: GroupTable
    /// By the number of the group.
    var figures: ContiguousArray<Figure> = []
  }

  private let empty: Figure
  private let groupColumns: Int
  /// The type of the argument; nil for none.
  private let type: DataType?
  private let encoder: KeyEncoder
  private let resources: RunResources
  private let state: Mutex<State>
  private let records: RecordSort

  /// - Parameter groupColumns: how many of a batch's columns come before the argument.
  init(
    _ empty: Figure, groupColumns: Int, of type: DataType?, hasher: KeyHasher, resources: RunResources
  ) throws(StorageFailure) {
    self.empty = empty
    self.groupColumns = groupColumns
    self.type = type
    self.resources = resources
    encoder = KeyEncoder(hasher: hasher, nulls: .isEqual)
    state = Mutex(State(table: GroupTable(budget: resources.memory, bytesPerGroup: empty.bytes + 16)))
    records = RecordSort(budget: resources.memory, folder: try resources.temporaryFolder())
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    try add(columns, rows: rows, asking: rows, from: cells)
  }

  func add(_ columns: [Column], rows: Bitmap, asking: Bitmap, from cells: BatchCells) throws(RunEnd) {
    let batch = GroupedRows(columns, groupColumns, rows: rows, asking: asking, encoder, cells)
    let argument = Array(columns.dropFirst(groupColumns))
    let groups = state.withLock { state -> ContiguousArray<Int32>? in
      let groups = state.table.admit(batch.keys, from: batch.origin, count: cells.count)
      let isMore = state.table.count - state.figures.count
      if isMore > 0 { state.figures.append(contentsOf: repeatElement(empty, count: isMore)) }
      let counted = state.table.isFull ? batch.counted.intersection(groups.numbered) : batch.counted
      Figure.add(argument, rows: counted, groups: groups, to: &state.figures, in: cells.store)
      return state.table.isFull ? groups : nil
    }
    guard let groups else { return }
    do throws(StorageFailure) {
      try records.add(
        batch.keys.records(
          of: argument.first, in: cells.store, counted: batch.counted, leavingOut: groups, from: batch.origin))
    } catch {
      throw .storage(error)
    }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    let state = state.withLock { $0 }
    do throws(StorageFailure) {
      var assembly = GroupAssembly(
        state.table, known: state.figures.map(\.value.constant), type: empty.value.constant.type,
        resources: resources)
      var folding = MeasureFolding(empty, of: type)
      return GroupFact(try assembly.answers(of: records, by: &folding), encoder: encoder)
    } catch {
      throw .storage(error)
    }
  }
}

/// The rows of a batch with the keys of their groups.
struct GroupedRows {
  let keys: EncodedKeys
  let counted: Bitmap
  let origin: Int64

  init(
    _ columns: [Column], _ groupColumns: Int, rows: Bitmap, asking: Bitmap, _ encoder: KeyEncoder, _ cells: BatchCells
  ) {
    let key = Array(columns.prefix(groupColumns))
    var sound = asking
    var counted = rows
    for failures in key.compactMap(\.failures) {
      sound.subtract(failures.rows)
      counted.subtract(failures.rows)
    }
    var keys = EncodedKeys()
    origin = Int64(cells.firstOrdinal)
    encoder.encode(key, in: cells.store, rows: sound, from: origin, into: &keys)
    self.keys = keys
    self.counted = counted
  }
}

extension ContiguousArray<Int32> {
  /// The rows that have a number.
  fileprivate var numbered: Bitmap {
    var rows = Bitmap(repeating: false, count: count)
    for row in indices where self[row] >= 0 { rows[row] = true }
    return rows
  }
}

/// Measures the values of a group, some thousands at a time.
private struct MeasureFolding<Figure: GroupMeasure>: GroupFolding {
  private let empty: Figure
  private let type: DataType?
  private let store = ByteStore(capacity: 4096)
  /// The words of values that wait, and where each of them ends.
  private var words: ContiguousArray<UInt64> = []
  private var ends: ContiguousArray<Int> = []

  private static var most: Int { 4096 }

  init(_ empty: Figure, of type: DataType?) {
    self.empty = empty
    self.type = type
  }

  mutating func fold(_ group: inout GroupCursor) throws(StorageFailure) -> Constant {
    var figure: ContiguousArray<Figure> = [empty]
    while let record = try group.nextMember() {
      guard record.isCounted else { continue }
      words.append(contentsOf: record.value)
      ends.append(words.count)
      if ends.count == Self.most || words.count > 16 * Self.most { flush(to: &figure) }
    }
    flush(to: &figure)
    return figure.first?.value.constant ?? empty.value.constant
  }

  private mutating func flush(to figure: inout ContiguousArray<Figure>) {
    let count = ends.count
    var columns: [Column] = []
    if let type {
      store.reset()
      var filling = ColumnFilling(type, count: count, in: store)
      words.withUnsafeBufferPointer { words in
        var start = 0
        for (row, end) in ends.enumerated() {
          filling.set(row, UnsafeBufferPointer(rebasing: words[start..<end]))
          start = end
        }
      }
      columns = [filling.column()]
    }
    Figure.add(
      columns, rows: Bitmap(repeating: true, count: count), groups: ContiguousArray(repeating: 0, count: count),
      to: &figure, in: store)
    words.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
