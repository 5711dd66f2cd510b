import Columns
import Expressions
import Kernels
import Spill
import Storage
import Synchronization

/// A fact that is one value for each group of rows: those whose keys found room in memory by the key, the others by the row.
final class GroupFact: FallibleFact {
  private let groups: GroupAnswers
  private let encoder: KeyEncoder
  private let fault = Mutex<StorageFailure?>(nil)

  init(_ groups: GroupAnswers, encoder: KeyEncoder) {
    self.groups = groups
    self.encoder = encoder
  }

  var failure: StorageFailure? { fault.withLock { $0 } }

  func column(_ call: borrowing Call) -> Column {
    let origin = Int64(call.source.firstOrdinal)
    var filling = ColumnFilling(call.type, count: call.count, in: call.store)
    var keys = EncodedKeys()
    encoder.encode(call.arguments, in: call.store, rows: call.rows, from: origin, into: &keys)
    filling.pick(groups.values, groups.table.groups(of: keys, from: origin, count: call.count), in: groups.texts)
    do throws(StorageFailure) {
      try groups.rows?.forEach(from: origin, below: origin + Int64(call.count)) { ordinal, words in
        filling.set(Int(ordinal - origin), words)
      }
    } catch {
      fault.withLock { $0 = $0 ?? error }
    }
    let column = filling.column()
    guard let failures = States.strict(call.arguments).failures else { return column }
    var states = column.states
    states.fail(failures)
    return column.with(states: states)
  }
}

/// The figures of groups of rows.
struct GroupAnswers: Sendable {
  /// The groups that found room in memory, and the figure of each, by its number.
  let table: GroupTable
  let values: Column
  let texts: ByteStore
  /// The figures of all other rows.
  let rows: RowValues?
}

/// Works out the figure of one group from its sorted records.
protocol GroupFolding {
  /// - Parameter group: a group that was started.
  mutating func fold(_ group: inout GroupCursor) throws(StorageFailure) -> Constant
}

/// Puts the figures of groups together: those that are known, and those that are still to be worked out of sorted records.
struct GroupAssembly {
  private var table: GroupTable
  private var known: [Constant]
  private let type: DataType
  private let resources: RunResources
  /// Takes the figures of rows whose group found no room.
  private var spilled: (sort: RecordSort, groups: GroupCursor)?

  /// - Parameters:
  ///   - known: the figure of each group of the table.
  ///   - type: of the figures.
  init(_ table: GroupTable, known: [Constant], type: DataType, resources: RunResources) {
    self.table = table
    self.known = known
    self.type = type
    self.resources = resources
  }

  mutating func answers(
    of records: RecordSort, by folding: inout some GroupFolding
  ) throws(StorageFailure) -> GroupAnswers {
    if records.count > 0 { try fold(records, by: &folding) }
    let texts = ByteStore(capacity: 256)
    var filling = ColumnFilling(type, count: known.count, in: texts)
    for (group, value) in known.enumerated() { filling.set(group, value) }
    var rows: RowValues?
    if let spilled { rows = try RowValues(spilled.sort, folder: resources.temporaryFolder()) }
    return GroupAnswers(table: table, values: filling.column(), texts: texts, rows: rows)
  }

  private mutating func fold(
    _ records: RecordSort, by folding: inout some GroupFolding
  ) throws(StorageFailure) {
    var groups = try GroupCursor(records)
    var admitted = 0
    while try groups.startGroup() {
      let value = try folding.fold(&groups)
      if admit(groups) {
        known.append(value)
        admitted += 1
      } else {
        try spill(value, of: records, after: admitted)
      }
    }
  }

  private mutating func admit(_ groups: GroupCursor) -> Bool {
    groups.key.withUnsafeBufferPointer { table.admit($0, hash: groups.keyHash) } != nil
  }

  /// Writes the figure of a group for each of its rows.
  ///
  /// - Parameter admitted: how many groups stood before the first that found no room.
  private mutating func spill(
    _ value: Constant, of records: RecordSort, after admitted: Int
  ) throws(StorageFailure) {
    if spilled == nil {
      let sort = RecordSort(budget: resources.memory, folder: try resources.temporaryFolder())
      var groups = try GroupCursor(records)
      for _ in 0..<admitted { _ = try groups.startGroup() }
      spilled = (sort, groups)
    }
    guard try spilled?.groups.startGroup() == true, !value.isNull else { return }
    let words = value.orderedWords
    var rows: ContiguousArray<UInt64> = []
    while let ordinal = try spilled?.groups.nextMember()?.ordinal {
      SortRecord.append(row: ordinal, words, to: &rows)
      if rows.count > 8192 {
        try spilled?.sort.add(rows)
        rows.removeAll(keepingCapacity: true)
      }
    }
    try spilled?.sort.add(rows)
  }
}
