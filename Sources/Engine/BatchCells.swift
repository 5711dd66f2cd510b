import Columns
import Expressions
import Formats

/// A batch of records as the row program sees it.
final class BatchCells: RowSource {
  let batch: RecordBatch
  private let reads: [(column: Int, nulls: NullTokens)]
  private var columns: [Int] = []
  private(set) var file = ""

  init(_ batch: RecordBatch, reads: [CellRead]) {
    self.batch = batch
    self.reads = reads.map { ($0.column, NullTokens($0.nulls)) }
  }

  /// The batch now holds records of a file.
  func turn(to input: InputFile) {
    file = input.path
    columns = input.columns
  }

  var count: Int { batch.rows }
  var store: ByteStore { batch.store }

  func cells(_ index: Int) -> Column { batch.cells(columns[reads[index].column], nulls: reads[index].nulls) }

  func recordNumber(_ row: Int) -> Int64 { Int64(clamping: batch.recordNumber(row)) }

  func line(_ row: Int) -> Int64 { Int64(clamping: batch.line(row)) }
}
