import Columns
import Expressions
import Kernels
import Measures
import Spill
import Storage
import Synchronization

/// The collector of a fact; nil for one that a further input has a part in.
func newCollector(_ fact: Fact, in graph: Graph, _ options: RunOptions) throws(RunEnd) -> (any FactCollector)? {
  do throws(StorageFailure) {
    switch fact.kind {
    case .aggregate(let empty):
      if fact.groupColumns == 0 { return AggregateCollector(empty) }
      let type = fact.columns.dropFirst(fact.groupColumns).first.map { graph[$0].type }
      return try groupCollector(empty, fact.groupColumns, of: type, options)
    case .order(let figure, let type):
      if fact.groupColumns == 0, type.layout != .texts {
        return try OrderCollector(figure, of: type, options.resources)
      }
      return try GroupFigureCollector(
        figure, of: type, groupColumns: fact.groupColumns, hasher: options.hasher, resources: options.resources)
    case .membership: return nil
    case .edge(let direction): return EdgeCollector(direction, resources: options.resources)
    case .keptRow(let keepsLast):
      let encoder = KeyEncoder(hasher: options.hasher, nulls: .isEqual)
      return try KeptRowCollector(keepsLast: keepsLast, encoder: encoder, resources: options.resources)
    case .groupOrder(let op):
      let encoder = KeyEncoder(hasher: options.hasher, nulls: .isEqual)
      return try GroupOrderCollector(op, encoder: encoder, resources: options.resources)
    case .rowsBefore: return RowsBeforeCollector()
    case .smallest(let wanted): return try SmallestCollector(wanted: wanted, resources: options.resources)
    case .duplicates(let spared, let nullsAreEqual):
      let encoder = KeyEncoder(hasher: options.hasher, nulls: nullsAreEqual ? .isEqual : .leavesOut)
      return try KeyCollector(KeptRow(spared), encoder: encoder, resources: options.resources)
    }
  } catch {
    throw .storage(error)
  }
}

private func groupCollector(
  _ empty: some GroupMeasure, _ groupColumns: Int, of type: DataType?, _ options: RunOptions
) throws(StorageFailure) -> any FactCollector {
  try GroupCollector(
    empty, groupColumns: groupColumns, of: type, hasher: options.hasher, resources: options.resources)
}

extension KeptRow {
  fileprivate init(_ spared: SparedCopy) {
    switch spared {
    case .none: self = .none
    case .first: self = .first
    case .last: self = .last
    }
  }
}

/// Adds up a figure over all rows.
private final class AggregateCollector: FactCollector {
  private let empty: any Measure
  private let total: Mutex<any Measure>

  init(_ empty: any Measure) {
    self.empty = empty
    total = Mutex(empty)
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    var part = empty
    part.add(columns, rows: rows, in: cells.store)
    let added = part
    total.withLock { $0.merge(erased: added) }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    ConstantFact(value: total.withLock { $0.value.constant })
  }
}

/// A fact that is one value for all rows.
struct ConstantFact: FactValue {
  let value: Constant

  func column(_ call: borrowing Call) -> Column { value.column(count: call.count, in: call.store) }
}
