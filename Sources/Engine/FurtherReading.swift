import Columns
import Expressions
import Formats
import Kernels
import Plans
import Spill
import Storage
import Synchronization

/// The rows of a further input that cannot be used: records that are no rows, and rows that its steps refused.
package struct RefusedRows: Sendable {
  package fileprivate(set) var rows = 0
  /// The first of them, by its place in the input.
  package fileprivate(set) var first: First?

  package struct First: Sendable {
    package let place: RowPlace
    /// Such as `cast id`.
    package let why: String
    fileprivate let ordinal: Int
  }

  fileprivate mutating func add(_ other: RefusedRows) {
    rows += other.rows
    guard let candidate = other.first else { return }
    if let first, first.ordinal < candidate.ordinal { return }
    first = candidate
  }
}

/// What was read of the further inputs, by their place.
package final class FurtherCounts: Sendable {
  package struct Input: Sendable {
    package let recordsByFile: [Int]
    package let refused: RefusedRows
  }

  private let inputs = Mutex<[Int: Input]>([:])

  package init() {}

  func note(_ place: Int, recordsByFile: [Int], _ refused: RefusedRows) {
    inputs.withLock { $0[place] = Input(recordsByFile: recordsByFile, refused: refused) }
  }

  /// Nil for an input that was not read, or not to its end.
  package subscript(place: Int) -> Input? { inputs.withLock { $0[place] } }
}

/// One reading of a further input: its rows go through its own steps, and the keys of those that are left are known.
///
/// `@unchecked Sendable`: the reader is used under the mutex of `turns` only; the key sets, `ends` and `found` guard
/// themselves; the rest does not change while the workers run.
final class FurtherReading: @unchecked Sendable {
  private let program: RowProgram
  private let facts: FactTable
  private let turns: ReaderTurns
  private let stageWork: StageWork
  private let encoder: KeyEncoder
  private let keys: [(nodes: [NodeID], known: KeyMembership)]
  private let ends = EndOnce()
  private let found = Mutex(Found())

  private struct Found {
    var refused = RefusedRows()
    /// Why the reading ends, and the number of the batch: the first batch decides, whichever worker is the first to know.
    var end: (number: Int, reason: RunEnd)?
  }

  init(
    _ program: RowProgram, facts: FactTable, turns: ReaderTurns, work: @escaping StageWork, encoder: KeyEncoder,
    keys: [(nodes: [NodeID], known: KeyMembership)]
  ) {
    self.program = program
    self.facts = facts
    self.turns = turns
    stageWork = work
    self.encoder = encoder
    self.keys = keys
  }

  func run(threads: Int) throws(RunEnd) -> RefusedRows {
    onThreads(threads) { self.work() }
    if let end = found.withLock({ $0.end }) { throw end.reason }
    if let reason = ends.reason { throw reason }
    return found.withLock { $0.refused }
  }

  private func work() {
    let batch = RecordBatch()
    let cells = BatchCells(batch, reads: program.graph.cells, facts: facts)
    var rows = RowWork(program, over: cells, work: stageWork)
    var tally = BatchTally()
    var encoded = EncodedKeys()
    while !ends.hasEnded, let turn = turns.take(batch, ends) {
      batch.validate()
      cells.turn(to: turn)
      do throws(RunEnd) {
        let state: BatchState
        do throws(RunStop) {
          state = try rows.run(count: batch.rows, malformed: batch.malformed.count, tally: &tally)
        } catch {
          throw error.ending(in: turn.file, batch)
        }
        for (nodes, known) in keys {
          var columns: [Column] = []
          for node in nodes { columns.append(rows.column(node, state)) }
          encoder.encode(columns, in: cells.store, rows: state.living, from: 0, into: &encoded)
          do throws(StorageFailure) { try known.addKnown(encoded) } catch { throw RunEnd.storage(error) }
        }
        note(refused(state, batch, turn))
      } catch {
        found.withLock { if turn.number < $0.end?.number ?? Int.max { $0.end = (turn.number, error) } }
        ends.end(error)
      }
    }
  }

  private func note(_ refused: RefusedRows) {
    if refused.rows > 0 { found.withLock { $0.refused.add(refused) } }
  }

  private func refused(_ state: BatchState, _ batch: RecordBatch, _ turn: ReaderTurns.Turn) -> RefusedRows {
    var result = RefusedRows()
    result.rows = state.condemned.population + batch.malformed.count
    let base = turn.firstOrdinal
    if let record = batch.malformed.min(by: { $0.record < $1.record }) {
      let place = RowPlace(
        file: turn.file.path, record: Int(clamping: record.record), line: Int(clamping: record.line))
      result.first = .init(place: place, why: record.code.name, ordinal: base)
    }
    if let reason = state.reasons.min(by: { $0.row < $1.row }) {
      let place = RowPlace(
        file: turn.file.path, record: Int(clamping: batch.recordNumber(reason.row)),
        line: Int(clamping: batch.line(reason.row)))
      let isFirst = result.first.map { place.record < $0.place.record } ?? true
      if isFirst { result.first = .init(place: place, why: wording(reason.cause), ordinal: base) }
    }
    return result
  }

  /// Such as `cast id`, as reports name a reason.
  private func wording(_ cause: BatchState.Cause) -> String {
    let key = CauseFacts(cause, in: program).key
    return key.rule ?? ([key.code] + (key.column.map { [$0] } ?? [])).joined(separator: " ")
  }
}
