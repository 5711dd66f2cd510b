import Columns
import Expressions
import Kernels
import Spill
import Storage
import Synchronization

/// Finds, for each copy, where the row stands that is kept instead; exact, within the run's memory.
final class KeptRowCollector: FactCollector {
  private let rows: KeptRows
  private let encoder: KeyEncoder

  init(keepsLast: Bool, encoder: KeyEncoder, resources: RunResources) throws(StorageFailure) {
    self.encoder = encoder
    rows = KeptRows(
      keepsLast: keepsLast, budget: resources.memory, folder: try resources.temporaryFolder(), hasher: encoder.hasher)
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    var keys = EncodedKeys()
    encoder.encode(columns, in: cells.store, rows: rows, from: Int64(cells.firstOrdinal), into: &keys)
    let places = keys.ordinals.map { ordinal in
      let record = Int(clamping: cells.recordNumber(Int(ordinal) - cells.firstOrdinal))
      return RecordPlace(input: cells.input, record: record).packed
    }
    do throws(StorageFailure) {
      try self.rows.add(keys, notes: ContiguousArray(places))
    } catch {
      throw .storage(error)
    }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    do throws(StorageFailure) {
      return RowNotes(try rows.finish(threads: threads))
    } catch {
      throw .storage(error)
    }
  }
}

/// An integer for each of some rows; null for the others.
private final class RowNotes: FallibleFact {
  private let notes: OrdinalNotes
  private let firstFailure = Mutex<StorageFailure?>(nil)

  init(_ notes: OrdinalNotes) { self.notes = notes }

  var failure: StorageFailure? { firstFailure.withLock { $0 } }

  func column(_ call: borrowing Call) -> Column {
    var values = ContiguousArray<Int64>(repeating: 0, count: call.count)
    var validity = Bitmap(repeating: false, count: call.count)
    do throws(StorageFailure) {
      for (row, note) in try notes.notes(from: Int64(call.source.firstOrdinal), count: call.count) {
        values[row] = note
        validity[row] = true
      }
    } catch {
      firstFailure.withLock { if $0 == nil { $0 = error } }
    }
    return Column(.int64, .integers(values), count: call.count, states: States(validity: validity))
  }
}
