import Columns
import Expressions
import Kernels
import Spill
import Storage
import Synchronization

/// Collects, for each batch, its last present value, or its first; afterwards says what lies beyond each batch.
///
/// Long texts go to a temporary file: there may be one for each batch of an input of any size.
final class EdgeCollector: FactCollector {
  private let direction: Neighbours.Direction
  private let resources: RunResources
  /// By the ordinal of the batch's first record.
  private let values = Mutex<[(ordinal: Int, value: EdgeValue?)]>([])
  private let file = Mutex<SpillFile?>(nil)

  /// Bytes of the longest text that is held in memory.
  private static let longestHeld = 256

  init(_ direction: Neighbours.Direction, resources: RunResources) {
    self.direction = direction
    self.resources = resources
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    guard let column = columns.first else { return }
    let chosen = column.validity.map { rows.intersection($0) } ?? rows
    let row = direction == .previous ? chosen.rows.last : chosen.rows.first
    var value: EdgeValue?
    if let row {
      do throws(StorageFailure) {
        value = try kept(column.gather([row]), in: cells.store)
      } catch {
        throw .storage(error)
      }
    }
    let ordinal = cells.firstOrdinal
    values.withLock { [value] in $0.append((ordinal, value)) }
  }

  private func kept(_ column: Column, in store: ByteStore) throws(StorageFailure) -> EdgeValue? {
    if case .texts(let spans) = column.values, let span = spans.first, span.length > Self.longestHeld {
      let file = try spillFile()
      return .spilled(file, try file.append(store.bytes(span)))
    }
    return Constant(column, in: store).map { .held($0) }
  }

  private func spillFile() throws(StorageFailure) -> SpillFile {
    try file.withLock { file throws(StorageFailure) in
      if let file { return file }
      let made = try resources.temporaryFolder().makeFile()
      file = made
      return made
    }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    var batches = values.withLock { $0 }.sorted { $0.ordinal < $1.ordinal }
    if direction == .next { batches.reverse() }
    var edges: [Int: EdgeValue] = [:]
    var nearest: EdgeValue?
    for batch in batches {
      if let nearest { edges[batch.ordinal] = nearest }
      nearest = batch.value ?? nearest
    }
    return EdgeValues(edges)
  }
}

/// A value at the edge of a batch.
private enum EdgeValue: Sendable {
  case held(Constant)
  /// A text in a file.
  case spilled(SpillFile, SpillExtent)
}

/// What lies beyond each batch, by the ordinal of its first record; null where nothing does.
private final class EdgeValues: FallibleFact {
  private let edges: [Int: EdgeValue]
  private let firstFailure = Mutex<StorageFailure?>(nil)

  init(_ edges: [Int: EdgeValue]) { self.edges = edges }

  var failure: StorageFailure? { firstFailure.withLock { $0 } }

  func column(_ call: borrowing Call) -> Column {
    switch edges[call.source.firstOrdinal] {
    case .held(let value): return value.column(count: call.count, in: call.store)
    case .spilled(let file, let extent):
      guard call.store.reserve(extent.count) else { return .tooLong(call.type, count: call.count) }
      let start = call.store.count
      do throws(StorageFailure) {
        try file.read(extent, count: extent.count, into: call.store.base + start)
      } catch {
        firstFailure.withLock { if $0 == nil { $0 = error } }
        return .null(call.type, count: call.count)
      }
      call.store.advance(by: extent.count)
      let span = TextSpan(offset: UInt32(start), length: UInt32(extent.count))
      return Column(call.type, .texts([span]), count: call.count, isConstant: true)
    case nil: return .null(call.type, count: call.count)
    }
  }
}
