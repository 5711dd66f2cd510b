import Columns
import Expressions
import Kernels
import Spill
import Storage

/// Finds the rows whose key occurs more than once; exact, within the run's memory.
final class KeyCollector: FactCollector {
  private let partitions: KeyPartitions
  private let encoder: KeyEncoder
  private let kept: KeptRow

  init(_ kept: KeptRow, encoder: KeyEncoder, resources: RunResources) throws(StorageFailure) {
    self.kept = kept
    self.encoder = encoder
    partitions = KeyPartitions(
      budget: resources.memory, folder: try resources.temporaryFolder(), hasher: encoder.hasher)
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    var keys = EncodedKeys()
    encoder.encode(columns, in: cells.store, rows: rows, from: Int64(cells.firstOrdinal), into: &keys)
    do throws(StorageFailure) { try partitions.add(keys) } catch { throw .storage(error) }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    do throws(StorageFailure) {
      return RowSet(ordinals: try partitions.finish(keeping: kept, threads: threads))
    } catch {
      throw .storage(error)
    }
  }
}

/// A fact about single rows: those of a set. On rows whose key has a part that is not present it is not known.
struct RowSet: FactValue {
  let ordinals: OrdinalSet

  func column(_ call: borrowing Call) -> Column {
    let bits = ordinals.bits(from: Int64(call.source.firstOrdinal), count: call.count)
    return Column(.bool, .bits(bits), count: call.count)
  }
}
