import Columns
import Expressions
import Kernels
import Synchronization

/// Collects, for each batch, its last present value, or its first; afterwards says what lies beyond each batch.
final class EdgeCollector: FactCollector {
  private let direction: Neighbours.Direction
  /// By the ordinal of the batch's first record.
  private let values = Mutex<[(ordinal: Int, value: Constant?)]>([])

  init(_ direction: Neighbours.Direction) { self.direction = direction }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    guard let column = columns.first else { return }
    let chosen = column.validity.map { rows.intersection($0) } ?? rows
    let row = direction == .previous ? chosen.rows.last : chosen.rows.first
    let value = row.flatMap { Constant(column.gather([$0]), in: cells.store) }
    let ordinal = cells.firstOrdinal
    values.withLock { $0.append((ordinal, value)) }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    var batches = values.withLock { $0 }.sorted { $0.ordinal < $1.ordinal }
    if direction == .next { batches.reverse() }
    var edges: [Int: Constant] = [:]
    var nearest: Constant?
    for batch in batches {
      if let nearest { edges[batch.ordinal] = nearest }
      nearest = batch.value ?? nearest
    }
    return EdgeValues(edges: edges)
  }
}

/// What lies beyond each batch, by the ordinal of its first record; null where nothing does.
private struct EdgeValues: FactValue {
  let edges: [Int: Constant]

  func column(_ call: borrowing Call) -> Column {
    let value = edges[call.source.firstOrdinal] ?? Constant(call.type, .null)
    return value.column(count: call.count, in: call.store)
  }
}
