import Diagnostics
import Formats
import Measures
import Plans
import Storage
import Synchronization

/// Takes the results of the batches in their order: writes their bytes and adds up their counts.
///
/// `@unchecked Sendable`: one thread at a time hands results on, under the order's mutex; only `computations`, which
/// every worker adds to at its end, has a mutex of its own.
final class RunWriter: @unchecked Sendable {
  static let samplesKept = 3

  private let plan: BoundPlan
  private let format: QuarantineFormat
  private let inputs: Inputs
  private let sinks: RunSinks
  private let output: CSVOutputDialect
  private var result = RunOutcome()
  private var measures: [(any Measure)?]
  private var positions: [ReasonKey: Int] = [:]
  private var bytesEncoded = (accepted: 0, quarantine: 0, unreadable: 0)
  private let stopAt: QuarantineDocument.StopAt?
  /// Records in the batches that were taken.
  private var processed = 0
  private var unreadable = 0
  private let computations = Mutex<[Int]>([])

  init(
    plan: BoundPlan, quarantine: QuarantineFormat, inputs: Inputs, sinks: RunSinks, output: CSVOutputDialect,
    stopAt: QuarantineDocument.StopAt?
  ) {
    self.stopAt = stopAt
    self.plan = plan
    format = quarantine
    self.inputs = inputs
    self.sinks = sinks
    self.output = output
    result.ledger.steps = Array(repeating: StepCounts(), count: plan.program.stages.count)
    result.rules = Array(repeating: RuleCounts(), count: plan.program.rowRules.count)
    measures = plan.program.datasetRules.map(\.measure.rows)
  }

  /// Writes what stands before the first row.
  func writeHeads(_ heads: RunHeads, _ ends: EndOnce) {
    var head = OutputBuffer()
    // Of no columns there is no header: an empty line would be a row.
    if plan.mode == .apply, output.header, !plan.program.output.isEmpty {
      CSVWriter(output).writeHeader(plan.program.output.map(\.name), to: &head)
    }
    bytesEncoded.accepted += head.count
    send(head.bytes, to: sinks.accepted, ends)
    bytesEncoded.quarantine += heads.quarantine.count
    heads.quarantine.withUnsafeBytes { send($0, to: sinks.quarantine, ends) }
    bytesEncoded.unreadable += heads.unreadable.count
    heads.unreadable.withUnsafeBytes { send($0, to: sinks.unreadable, ends) }
  }

  func take(_ batch: BatchResult, _ ends: EndOnce) {
    guard !ends.hasEnded else { return }
    if let stop = batch.stop { return ends.end(stop) }
    send(batch.accepted.bytes, to: sinks.accepted, ends)
    batch.quarantine.bytes.withUnsafeBytes { send($0, to: sinks.quarantine, ends) }
    batch.quarantine.unreadable.withUnsafeBytes { send($0, to: sinks.unreadable, ends) }
    bytesEncoded.accepted += batch.accepted.count
    bytesEncoded.quarantine += batch.quarantine.bytes.count
    bytesEncoded.unreadable += batch.quarantine.unreadable.count
    add(batch)
    if let stopAt, let excess = stopAt.excess(result.ledger.quarantined, of: processed) { ends.end(.stopped(excess)) }
  }

  private func send(_ bytes: UnsafeRawBufferPointer, to sink: any ByteSink, _ ends: EndOnce) {
    guard !bytes.isEmpty else { return }
    do throws(StorageFailure) { try sink.write(bytes) } catch { ends.end(.storage(error)) }
  }

  private func add(_ batch: BatchResult) {
    result.batches += 1
    processed += batch.rows + batch.malformed
    unreadable += batch.malformed
    result.ledger.accepted += batch.acceptedRows
    result.ledger.quarantined += batch.quarantine.rows
    for (index, counts) in batch.tally.steps.enumerated() { result.ledger.steps[index] += counts }
    for (index, counts) in batch.tally.rules.enumerated() { result.rules[index] += counts }
    for (index, measure) in batch.tally.measures.enumerated() {
      if let measure { measures[index]?.merge(erased: measure) }
    }
    for count in batch.reasons { add(count) }
  }

  private func add(_ count: ReasonCount) {
    guard let position = positions[count.reason] else {
      positions[count.reason] = result.reasons.count
      result.reasons.append(
        RunOutcome.ReasonTotal(
          reason: count.reason, rows: count.rows, firstLine: count.firstLine, firstFile: count.file,
          samples: count.samples))
      return
    }
    result.reasons[position].rows += count.rows
    let room = Self.samplesKept - result.reasons[position].samples.count
    if room > 0 { result.reasons[position].samples += count.samples.prefix(room) }
  }

  /// A worker is done: how often it computed each node.
  func add(computations counts: [Int]) {
    computations.withLock { total in
      if total.isEmpty { total = counts } else { for index in total.indices { total[index] += counts[index] } }
    }
  }

  /// The run is over.
  ///
  /// - Parameter keys: for dataset rules about keys what they judge.
  func outcome(
    _ reader: BatchReader, _ counts: FurtherCounts, keys: [MeasuredValue?] = [], stop: RunEnd?
  ) -> RunOutcome {
    result.measured = measures.indices.map { index in
      measures[index]?.value ?? (index < keys.count ? keys[index] : nil) ?? .count(0)
    }
    result.furtherInputs = counts
    // A run that ended early speaks of the batches it finished.
    result.ledger.read = stop == nil ? reader.records : processed
    result.unreadable = unreadable
    result.ledger.bytesAccounted = reader.bytesAccounted
    result.ledger.bytesRead = reader.isAtEnd ? reader.bytesRead : reader.bytesAccounted
    result.ledger.bytesOnDisk = reader.isAtEnd ? reader.bytesOnDisk : result.ledger.bytesRead
    result.ledger.bytesEncoded = bytesEncoded.accepted + bytesEncoded.quarantine + bytesEncoded.unreadable
    result.ledger.bytesWritten =
      sinks.accepted.bytesWritten + sinks.quarantine.bytesWritten + sinks.unreadable.bytesWritten
    result.recordsByFile = reader.recordsByFile
    result.stop = stop
    result.computations = computations.withLock { $0 }
    return result
  }
}

extension QuarantineDocument.StopAt {
  /// Why a run has to stop that has refused `refused` of `read` records; nil where it may go on.
  func excess(_ refused: Int, of read: Int) -> String? {
    if let rows, refused > rows { return "\(refused) rows in quarantine are more than \(rows)" }
    if let share, read >= after, share.exceeds(failing: refused, of: read) {
      return "\(refused) of \(read) rows in quarantine are more than \(share)"
    }
    return nil
  }
}
