import Columns
import Expressions
import Kernels
import Spill
import Storage

/// Finds the rows that are out of order in their group; exact, within the run's memory.
final class GroupOrderCollector: FactCollector {
  private let order: GroupOrder
  private let encoder: KeyEncoder

  init(_ op: Comparison.Operator, encoder: KeyEncoder, resources: RunResources) throws(StorageFailure) {
    self.encoder = encoder
    order = GroupOrder(
      budget: resources.memory, folder: try resources.temporaryFolder(), hasher: encoder.hasher
    ) { op.holds($0, $1) }
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    guard let value = columns.first else { return }
    var rows = value.validity.map { rows.intersection($0) } ?? rows
    for column in columns.dropFirst() {
      if let failures = column.failures { rows.subtract(failures.rows) }
    }
    var keys = EncodedKeys()
    encoder.encode(
      Array(columns.dropFirst()), in: cells.store, rows: rows, from: Int64(cells.firstOrdinal), into: &keys)
    let wide = SortKeys.wide(value, rows: rows)
    let values = wide.isEmpty ? ContiguousArray(SortKeys.narrow(value, rows: rows).map { Int128($0) }) : wide
    do throws(StorageFailure) { try order.add(keys, values: values) } catch { throw .storage(error) }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    do throws(StorageFailure) {
      return RowSet(ordinals: try order.finish(threads: threads))
    } catch {
      throw .storage(error)
    }
  }
}
