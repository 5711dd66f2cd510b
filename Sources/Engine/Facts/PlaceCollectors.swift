import Columns
import Expressions
import Kernels
import Spill
import Storage
import Synchronization

/// Counts the rows of each batch; afterwards says how many come before each.
final class RowsBeforeCollector: FactCollector {
  /// By the ordinal of the batch's first record.
  private let counts = Mutex<[(ordinal: Int, count: Int)]>([])

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    let entry = (cells.firstOrdinal, rows.population)
    counts.withLock { $0.append(entry) }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    var before: [Int: Int64] = [:]
    var total: Int64 = 0
    for (ordinal, count) in counts.withLock({ $0 }).sorted(by: { $0.ordinal < $1.ordinal }) {
      before[ordinal] = total
      total += Int64(count)
    }
    return RowsBefore(before: before)
  }
}

/// How many rows come before each batch, by the ordinal of its first record.
private struct RowsBefore: FactValue {
  let before: [Int: Int64]

  func column(_ call: borrowing Call) -> Column {
    Constant.integer(before[call.source.firstOrdinal] ?? 0).column(count: call.count, in: call.store)
  }
}

/// Finds the largest of the smallest values, as many as are wanted; exact, within the run's memory.
final class SmallestCollector: FactCollector {
  private let values: ExternalSort<Int64>
  private let wanted: @Sendable (Int) -> Int

  init(wanted: @escaping @Sendable (Int) -> Int, resources: RunResources) throws(StorageFailure) {
    self.wanted = wanted
    values = ExternalSort(budget: resources.memory, folder: try resources.temporaryFolder())
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    guard let column = columns.first else { return }
    do throws(StorageFailure) { try values.add(SortKeys.narrow(column, rows: rows)) } catch { throw .storage(error) }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    do throws(StorageFailure) {
      let largest = try values.value(at: min(wanted(values.count), values.count) - 1)
      return ConstantFact(value: largest.map { .integer($0) } ?? Constant(.int64, .null))
    } catch {
      throw .storage(error)
    }
  }
}
