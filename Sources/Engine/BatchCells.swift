import Columns
import Expressions
import Formats

/// A batch of records as the row program sees it.
final class BatchCells: RowSource {
  let batch: RecordBatch
  private let reads: [(column: Int, nulls: NullTokens, isPlain: Bool)]
  private let facts: FactTable
  private var columns: [Int] = []
  private(set) var firstOrdinal = 0
  private(set) var file = ""
  /// The number of the file among the inputs.
  private(set) var input = 0

  init(_ batch: RecordBatch, reads: [CellRead], facts: FactTable) {
    self.batch = batch
    self.facts = facts
    self.reads = reads.map { ($0.column, NullTokens($0.nulls), $0.nulls == [[]]) }
  }

  /// The batch now holds other records.
  func turn(to turn: ReaderTurns.Turn) {
    file = turn.file.path
    input = turn.file.id
    columns = turn.file.columns
    firstOrdinal = turn.firstOrdinal
  }

  var count: Int { batch.rows }
  var store: ByteStore { batch.store }

  func cells(_ index: Int) -> Column { batch.cells(columns[reads[index].column], nulls: reads[index].nulls) }

  /// The field of the file that a cell read stands for, where the field's bytes say all of it: where only the empty text
  /// is null.
  func untouchedField(_ index: Int) -> Int? { reads[index].isPlain ? columns[reads[index].column] : nil }

  func recordNumber(_ row: Int) -> Int64 { Int64(clamping: batch.recordNumber(row)) }

  func line(_ row: Int) -> Int64 { Int64(clamping: batch.line(row)) }

  func ordinal(_ row: Int) -> Int { firstOrdinal + Int(clamping: batch.recordNumber(row) - batch.firstRecord) }

  func fact(_ index: Int) -> any FactValue { facts[index] }
}
