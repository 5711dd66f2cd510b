import Columns
import Formats
import Kernels
import Spill
import Synchronization

/// What one reading of all records of an input says of the forms of its cells.
package struct FormScan: Sendable {
  /// One for each column of the input's schema.
  package fileprivate(set) var columns: [FormTally]
  /// Records, those that could not be read included, and in each file.
  package fileprivate(set) var records = 0
  package fileprivate(set) var recordsByFile: [Int] = []
  /// The records that could not be read, by why.
  package fileprivate(set) var malformed: [Malformed.Code: Int] = [:]

  package var unreadable: Int { malformed.values.reduce(0, +) }

  fileprivate mutating func merge(_ other: FormScan) {
    for index in columns.indices { columns[index].merge(other.columns[index]) }
    malformed.merge(other.malformed) { $0 + $1 }
  }

  /// Reads the input; the same for every number of threads.
  package static func run(_ inputs: Inputs, readings: Int, _ options: RunOptions) throws(RunEnd) -> FormScan {
    inputs.prepare(readings: readings, options.resources)
    let count = inputs.schema.names?.count ?? 0
    let empty = FormScan(columns: Array(repeating: FormTally(), count: count))
    let total = Mutex(empty)
    let reader = try readAll(inputs, options) { take in
      var scan = empty
      let scanner = FormScanner()
      let batch = RecordBatch()
      while let turn = take(batch) {
        for column in 0..<count where batch.rows > 0 {
          let cells = batch.cells(turn.file.columns[column])
          scan.columns[column].add(cells, in: batch.store, firstOrdinal: turn.firstOrdinal, scanner)
        }
        for record in batch.malformed { scan.malformed[record.code, default: 0] += 1 }
      }
      let found = scan
      total.withLock { $0.merge(found) }
    }
    var scan = total.withLock { $0 }
    scan.records = reader.records
    scan.recordsByFile = reader.recordsByFile
    return scan
  }
}

/// A column to be read as a type.
package struct TypedReading: Sendable {
  let column: Int
  let type: DataType
  let formats: [TemporalFormat]
  let nulls: NullTokens

  /// - Parameters:
  ///   - column: its place in the schema.
  ///   - nulls: the texts that mean null, the empty one apart.
  package init(column: Int, type: DataType, formats: [String], nulls: [String]) {
    self.column = column
    self.type = type
    self.formats = formats.compactMap { try? TemporalFormat($0) }
    self.nulls = NullTokens([[]] + nulls.map { Array($0.utf8) })
  }

  /// The rows whose text is not of the type.
  fileprivate func misfits(_ batch: RecordBatch, _ file: InputFile) -> Bitmap? {
    let cells = batch.cells(file.columns[column], nulls: nulls)
    let read =
      type.isTemporal
      ? Temporal.read(cells, as: type, formats: formats, in: batch.store)
      : Casting.cast(cells, to: type, in: batch.store)
    return read.failures?.rows
  }
}

/// How many rows have a value that is not of its column's type, or could not be read at all.
package func countMisfitRows(
  _ inputs: Inputs, _ columns: [TypedReading], _ options: RunOptions
) throws(RunEnd) -> Int {
  let total = Mutex(0)
  _ = try readAll(inputs, options) { take in
    let batch = RecordBatch()
    var count = 0
    while let turn = take(batch) {
      count += batch.malformed.count
      guard batch.rows > 0 else { continue }
      var rows = Bitmap(repeating: false, count: batch.rows)
      for column in columns { if let found = column.misfits(batch, turn.file) { rows.formUnion(found) } }
      count += rows.population
    }
    let found = count
    total.withLock { $0 += found }
  }
  return total.withLock { $0 }
}

/// Reads an input once on all threads; `work` is called on each and takes batches until there are no more.
private func readAll(
  _ inputs: Inputs, _ options: RunOptions,
  _ work: @escaping @Sendable (_ take: (RecordBatch) -> ReaderTurns.Turn?) -> Void
) throws(RunEnd) -> BatchReader {
  let reader = BatchReader(inputs, limit: options.limit, batches: options.batches, open: options.open)
  let turns = ReaderTurns(reader, options.progress)
  let ends = EndOnce()
  onThreads(options.threads) {
    work { batch in
      let turn = turns.take(batch, ends)
      if turn != nil { batch.validate() }
      return turn
    }
  }
  if let reason = ends.reason { throw reason }
  try inputs.checkUnchanged()
  return reader
}
