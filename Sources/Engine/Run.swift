import Columns
import Formats
import Measures
import Plans
import Spill
import Storage
import Synchronization

/// Where a run's rows go.
package struct RunSinks {
  package let accepted: any ByteSink
  package let quarantine: any ByteSink
  /// Records that could not be read, where the quarantine's own format has no place for them.
  package let unreadable: any ByteSink

  package init(accepted: any ByteSink, quarantine: any ByteSink, unreadable: any ByteSink = NullSink()) {
    self.accepted = accepted
    self.quarantine = quarantine
    self.unreadable = unreadable
  }
}

/// What stands before the first row of each file of refused rows.
package struct RunHeads: Sendable {
  package let quarantine: [UInt8]
  package let unreadable: [UInt8]

  package init(quarantine: [UInt8] = [], unreadable: [UInt8] = []) {
    self.quarantine = quarantine
    self.unreadable = unreadable
  }
}

/// A bound plan over inputs that were looked at: everything that a run is made of.
package struct Run {
  let plan: BoundPlan
  let inputs: Inputs
  let furtherInputs: [Inputs]
  let output: CSVOutputDialect
  let quarantine: QuarantineFormat
  let sinks: RunSinks
  let heads: RunHeads
  let stopAt: QuarantineDocument.StopAt?
  let options: RunOptions

  /// - Parameter furtherInputs: in the order of the plan's.
  package init(
    plan: BoundPlan, inputs: Inputs, furtherInputs: [Inputs] = [], output: CSVOutputDialect,
    quarantine: QuarantineFormat, sinks: RunSinks, heads: RunHeads = RunHeads(),
    stopAt: QuarantineDocument.StopAt? = nil, options: RunOptions
  ) {
    self.furtherInputs = furtherInputs
    self.heads = heads
    self.stopAt = stopAt
    self.plan = plan
    self.inputs = inputs
    self.output = output
    self.quarantine = quarantine
    self.sinks = sinks
    self.options = options
  }

  /// The way of a row, from end to end: workers take turns at the reader, run the row program over their batch, encode
  /// what is accepted and what is refused, and bring both to the writers, who take them in the order of the batches.
  ///
  /// What must be known of the whole input before a row can be judged is worked out first, by passes of their own.
  package func execute() -> RunOutcome {
    let writer = RunWriter(
      plan: plan, quarantine: quarantine, inputs: inputs, sinks: sinks, output: output, stopAt: stopAt)
    let counts = FurtherCounts()
    let facts: FactTable
    let keys: KeyCounting
    do throws(RunEnd) {
      facts = try workOutFacts(counts)
      keys = try newKeyCounting()
    } catch {
      return writer.outcome(newReader(), counts, stop: error)
    }
    let reader = newReader()
    let turns = ReaderTurns(reader, options.progress)
    let ends = EndOnce()
    let pool = ResultPool()
    let ordered = OrderedOutput<BatchResult>(room: 2 * options.threads) { result in
      writer.take(result, ends)
      pool.release(result)
    }
    writer.writeHeads(heads, ends)
    let encoders = Encoders(plan: plan, inputs: inputs, output: output, quarantine: quarantine)
    let job = Job(
      run: self, facts: facts, keys: keys, turns: turns, pool: pool, ordered: ordered, ends: ends, encoders: encoders,
      writer: writer)
    onThreads(options.threads) { job.work() }
    var keyValues: [MeasuredValue?] = []
    if !ends.hasEnded {
      do throws(RunEnd) {
        keyValues = try values(of: keys)
        try facts.check()
        for inputs in [inputs] + furtherInputs { try inputs.checkUnchanged() }
      } catch {
        ends.end(error)
      }
    }
    var outcome = writer.outcome(reader, counts, keys: keyValues, stop: ends.reason)
    outcome.bytesSpilled = options.resources.bytesSpilled
    return outcome
  }

  private func newKeyCounting() throws(RunEnd) -> KeyCounting {
    do throws(StorageFailure) {
      return try KeyCounting(plan.program.datasetRules, options)
    } catch {
      throw .storage(error)
    }
  }

  private func values(of keys: KeyCounting) throws(RunEnd) -> [MeasuredValue?] {
    do throws(StorageFailure) {
      return try keys.values(of: plan.program.datasetRules, threads: options.threads)
    } catch {
      throw .storage(error)
    }
  }

  private func newReader() -> BatchReader {
    BatchReader(inputs, limit: options.limit, batches: options.batches, open: options.open)
  }

  /// Works out what must be known before the first row can be judged.
  private func workOutFacts(_ counts: FurtherCounts) throws(RunEnd) -> FactTable {
    let work = FactWork(plan: plan, furtherInputs: furtherInputs, options: options, counts: counts)
    work.prepareInputs()
    return try work.workOut(plan.program, over: inputs, limit: options.limit) { readings in
      inputs.prepare(readings: readings, options.resources)
      let saved = inputs.bytes * (plan.program.passes - readings)
      if options.progress.total.load(ordering: .relaxed) > saved {
        options.progress.total.subtract(saved, ordering: .relaxed)
      }
    }
  }
}

/// What the workers of a run share.
///
/// `@unchecked Sendable`: the reader and the writer are used under the mutexes of `turns` and `ordered` only; the rest
/// does not change.
private final class Job: @unchecked Sendable {
  let run: Run
  let facts: FactTable
  let keys: KeyCounting
  let turns: ReaderTurns
  let pool: ResultPool
  let ordered: OrderedOutput<BatchResult>
  let ends: EndOnce
  let encoders: Encoders
  let writer: RunWriter

  init(
    run: Run, facts: FactTable, keys: KeyCounting, turns: ReaderTurns, pool: ResultPool,
    ordered: OrderedOutput<BatchResult>,
    ends: EndOnce, encoders: Encoders, writer: RunWriter
  ) {
    self.run = run
    self.facts = facts
    self.keys = keys
    self.turns = turns
    self.pool = pool
    self.ordered = ordered
    self.ends = ends
    self.encoders = encoders
    self.writer = writer
  }

  /// One worker's loop, until the input ends or the run does.
  func work() {
    let batch = RecordBatch()
    let cells = BatchCells(batch, reads: run.plan.program.graph.cells, facts: facts)
    var rows = RowWork(run.plan.program, over: cells, work: run.options.stageWork, keys: keys)
    var encoding = encoders.make()
    while !ends.hasEnded {
      guard let turn = turns.take(batch, ends) else { break }
      batch.validate()
      cells.turn(to: turn)
      let result = pool.take()
      result.rows = batch.rows
      result.malformed = batch.malformed.count
      do throws(RunStop) {
        let state = try rows.run(count: batch.rows, malformed: batch.malformed.count, tally: &result.tally)
        encoding.encode(cells, state, turn.file, &rows, into: result)
      } catch {
        result.stop = error.ending(in: turn.file, batch)
      }
      run.options.beforeDeposit(turn.number)
      ordered.deposit(result, number: turn.number)
    }
    if ends.hasEnded { ordered.close() }
    writer.add(computations: rows.computations)
  }
}

extension RunStop {
  func ending(in file: InputFile, _ batch: RecordBatch) -> RunEnd {
    func place(_ row: Int) -> RowPlace {
      RowPlace(file: file.path, record: Int(clamping: batch.recordNumber(row)), line: Int(clamping: batch.line(row)))
    }
    return switch self {
    case .interrupted: .interrupted
    case .storage(let failure): .storage(failure)
    case .valueFailed(let column, let row, let kind): .valueFailed(column: column, kind: kind, place: place(row))
    case .stepFailed(let step, let row, let kind): .stepFailed(step, kind: kind, place: place(row))
    }
  }
}
