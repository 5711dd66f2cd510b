import Columns
import Diagnostics
import Documents
import Engine
import Expressions
import Formats
import Glibc
import Kernels
import Plans
import Reports
import Storage
import Synchronization

/// What `brew apply` is asked to do.
package struct ApplyRequest: Sendable {
  package var compile: CompileRequest
  package var output: String?
  package var quarantine: String?
  package var report: String?
  /// How the run is carried out.
  package var options: RunOptions
  /// Leaves the output of a failed gate as `*.rejected`.
  package var keep = false
  package var digest = false
  /// Something else is to be written to standard output.
  package var outputTaken = false

  package init(_ compile: CompileRequest, threads: Int) {
    self.compile = compile
    options = RunOptions(threads: threads)
  }

  package var threads: Int { options.threads }
  package var limit: Int? {
    get { options.limit }
    set { options.limit = newValue }
  }
}

/// What came of a request: a report, or the faults that kept it from running.
package enum Outcome: Sendable {
  case report(RunReport)
  case refused(Diagnostics)
}

/// Compiles a recipe, runs it, judges it, and publishes what may be published.
package func apply(_ request: ApplyRequest, progress: RunProgress = RunProgress()) -> Outcome {
  let (request, compilation, started) = begin(request, progress) { Compilation.compile($0, started: $1) }
  let (targets, diagnostics) = compilation.targets(request)
  guard let recipe = compilation.recipe, let ready = compilation.ready, let targets, !diagnostics.hasErrors else {
    return .refused(diagnostics)
  }
  var report = RunReport(ready, compilation, request, started: started)
  report.diagnostics = diagnostics
  do throws(StorageFailure) {
    let outputs = try OpenOutputs(targets, report: request.report, progress.sideFiles)
    outputs.recoveries.forEach { report.diagnostics.report($0) }
    let run = Run(
      plan: ready.plan, inputs: ready.inputs, furtherInputs: ready.furtherInputs, output: targets.outputDialect,
      quarantine: targets.quarantineFormat,
      sinks: outputs.sinks, heads: targets.heads(ready.plan, ready.inputs, report),
      stopAt: recipe.quarantine?.stopAt, options: request.options)
    let outcome = run.execute()
    report.fill(outcome, ready)
    report.judge(outcome, ready.plan)
    try outputs.settle(&report, outcome, ready.plan, request)
    return .report(report)
  } catch {
    report.fail(error)
    // Where the set is neither out nor back, or one path was given twice, a report would write over what is there.
    let isWritable = error.journal == nil && error.holder != Int(getpid())
    return isWritable ? writeReport(report, to: request.report) : .report(report)
  }
}

/// The rows after a step, as CSV on standard output; nothing else is written.
package func preview(_ request: ApplyRequest, progress: RunProgress = RunProgress()) -> Outcome {
  let (request, compilation, started) = begin(request, progress) { Compilation.compile($0, started: $1) }
  guard let ready = compilation.ready else { return .refused(compilation.diagnostics) }
  var report = RunReport(ready, compilation, request, started: started)
  let run = Run(
    plan: ready.plan, inputs: ready.inputs, furtherInputs: ready.furtherInputs, output: CSVOutputDialect(),
    quarantine: .none, sinks: RunSinks(accepted: DescriptorSink(), quarantine: NullSink()), options: request.options)
  let outcome = run.execute()
  report.fill(outcome, ready)
  report.judge(outcome, ready.plan)
  report.finish()
  return .report(report)
}

/// Judges a file by a ruleset; moves nothing.
package func validate(
  _ input: String, rules: String, _ request: ApplyRequest, progress: RunProgress = RunProgress()
) -> Outcome {
  let (request, compilation, started) = begin(request, progress) {
    Compilation.compile(rules: rules, over: input, $0, started: $1)
  }
  guard let ready = compilation.ready else { return .refused(compilation.diagnostics) }
  var report = RunReport(ready, compilation, request, started: started)
  report.mode = .validate
  let run = Run(
    plan: ready.plan, inputs: ready.inputs, furtherInputs: ready.furtherInputs, output: CSVOutputDialect(),
    quarantine: .none, sinks: RunSinks(accepted: NullSink(), quarantine: NullSink()), options: request.options)
  let outcome = run.execute()
  report.fill(outcome, ready)
  report.judge(outcome, ready.plan)
  report.finish()
  return writeReport(report, to: request.report)
}

/// Gives the run its name and compiles it.
private func begin(
  _ request: ApplyRequest, _ progress: RunProgress, compile: (CompileRequest, Int64) -> Compilation
) -> (ApplyRequest, Compilation, started: Int64) {
  let started = currentInstant()
  var request = request
  request.compile.run = runID(started)
  request.options.progress = progress
  let compilation = compile(request.compile, started)
  if let ready = compilation.ready {
    var bytes = ready.inputs.bytes * ready.plan.program.passes
    for (place, further) in ready.furtherInputs.enumerated() { bytes += further.bytes * ready.plan.readings(of: place) }
    let isKnown = ([ready.inputs] + ready.furtherInputs).allSatisfy { $0.files.allSatisfy(\.content.isVerbatim) }
    progress.total.store(isKnown ? bytes : 0, ordering: .relaxed)
  }
  return (request, compilation, started)
}

private func writeReport(_ report: RunReport, to path: String?) -> Outcome {
  guard let path else { return .report(report) }
  var report = report
  do throws(StorageFailure) {
    let staging = Staging()
    try staging.open(path).write(report)
    try staging.commit()
  } catch {
    report.status = .error
    report.problem = report.problem ?? error.message
  }
  return .report(report)
}

extension RunReport {
  /// The report of a run that is about to begin.
  init(_ ready: Compilation.Ready, _ compilation: Compilation, _ request: ApplyRequest, started: Int64) {
    self.init()
    run = request.compile.run
    recipe = .init(
      name: ready.plan.name, file: ready.file.path,
      fingerprint: fingerprint(String(decoding: ready.file.bytes, as: UTF8.self)))
    engine = "brew \(version)"
    asOf = ready.context.instant
    self.started = started
    threads = request.threads
    parameters = compilation.parameters
    diagnostics = compilation.diagnostics
  }

  /// What the run counted.
  package mutating func fill(_ outcome: RunOutcome, _ ready: Compilation.Ready) {
    let (plan, inputs) = (ready.plan, ready.inputs)
    ledger = outcome.ledger
    bytesSpilled = outcome.bytesSpilled
    self.inputs = zip(inputs.files, outcome.recordsByFile).map(Input.init)
    fillFurtherInputs(outcome, ready)
    steps = zip(plan.program.stages, outcome.ledger.steps).map { stage, counts in
      Step(index: stage.index, name: stage.label ?? stage.name, line: stage.line, counts: counts)
    }
    let samples = Dictionary(
      outcome.reasons.compactMap { total in
        total.reason.rule.map { ($0, total.samples.map { Place(file: $0.file, record: $0.record, line: $0.line) }) }
      }, uniquingKeysWith: { first, _ in first })
    rules = plan.verdicts(outcome.rules, outcome.measured) { samples[$0.name] ?? [] }
    reasons = outcome.reasons.map { total in
      Reason(
        code: total.reason.code, rule: total.reason.rule, column: total.reason.column, rows: total.rows,
        firstLine: total.firstLine, firstFile: inputs.files[total.firstFile - 1].path)
    }
    conditions = plan.conditions(ledger, rules)
  }

  private mutating func fillFurtherInputs(_ outcome: RunOutcome, _ ready: Compilation.Ready) {
    for (place, input) in ready.plan.furtherInputs.enumerated() {
      guard let counts = outcome.furtherInputs[place] else { continue }
      let files = zip(ready.furtherInputs[place].files, counts.recordsByFile).map(Input.init)
      furtherInputs.append(FurtherInput(name: input.name, files: files, refused: counts.refused.rows))
      if input.onRefused == .reject, let first = counts.refused.first {
        diagnostics.report(.rowsLeftOut(counts.refused.rows, of: input.name, first))
      }
    }
  }

  /// The run's status, by how it ended, its books, its gate and its rules.
  package mutating func judge(_ outcome: RunOutcome, _ plan: BoundPlan) {
    if let stop = outcome.stop {
      (status, problem) = (stop.status, stop.message)
      if case .storage(let failure) = stop { lostReader = failure.path == "-" && failure.code == EPIPE }
      return
    }
    let gaps = ledger.discrepancies(stageNames: plan.program.stages.map { $0.label ?? $0.name })
    guard gaps.isEmpty else {
      (status, problem) = (.error, "the books do not close: " + gaps.joined(separator: "; "))
      return
    }
    guard gateHolds else {
      status = .failed
      return
    }
    let isClean = ledger.quarantined == 0 && rules.allSatisfy { $0.status == .pass }
    status = isClean && !diagnostics.all.contains { $0.severity == .warning } ? .passed : .warned
  }

  mutating func finish() {
    finished = currentInstant()
    peakMemory = mostMemory()
  }

  /// The run's files could not be written or moved.
  mutating func fail(_ failure: StorageFailure) {
    status = .error
    problem = failure.message
    published = false
    outputs = []
    quarantine = nil
    finish()
  }

  /// Reads the written files where they are staged.
  mutating func addDigests(output: String?, quarantine refused: String?) {
    for index in outputs.indices { outputs[index].sha256 = output.flatMap { digest($0) } }
    for index in inputs.indices { inputs[index].sha256 = inputDigest(inputs[index]) }
    for place in furtherInputs.indices {
      for index in furtherInputs[place].files.indices {
        furtherInputs[place].files[index].sha256 = inputDigest(furtherInputs[place].files[index])
      }
    }
    let refused = refused.flatMap { digest($0) }
    quarantine?.sha256 = refused
  }

  private func inputDigest(_ input: Input) -> String? {
    FileInfo(input.path)?.isRegular == true ? digest(input.path) : nil
  }

  private func digest(_ path: String) -> String? {
    do throws(StorageFailure) {
      return Hashing.hex(try readFile(path).withUnsafeBytes { Hashing.sha256([$0]) })
    } catch {
      return nil
    }
  }
}

extension RunReport.Input {
  fileprivate init(_ file: InputFile, rows: Int) {
    self.init(path: file.path, bytes: file.info.size, rows: rows, modified: file.info.modified)
  }
}

extension Diagnostic {
  fileprivate static func rowsLeftOut(_ rows: Int, of input: String, _ first: RefusedRows.First) -> Diagnostic {
    let place = "\(first.place.file):\(first.place.line) (\(first.why))"
    return Diagnostic(
      "rows-left-out", .warning,
      rows == 1
        ? "one of the rows of input '\(input)' was left out, at \(place): no rule knows its key"
        : "\(rows) of the rows of input '\(input)' were left out, the first at \(place): no rule knows their keys",
      at: nil)
  }
}

extension RunEnd {
  var status: RunReport.Status {
    switch self {
    case .interrupted: .interrupted
    case .stopped: .stopped
    case .valueFailed, .stepFailed: .failed
    case .input, .changed, .storage, .refused: .error
    }
  }

  var message: String {
    switch self {
    case .interrupted: "interrupted"
    case .stopped(let why): why
    case .valueFailed(let column, let kind, let place):
      "\(place.file):\(place.line): column '\(column)': \(kind.message), and it was to fail the run"
    case .stepFailed(let step, let kind, let place):
      "\(place.file):\(place.line): step '\(step)': \(kind.message), and it was to fail the run"
    case .refused(let input, let rows, let first):
      "input '\(input)' is not known as a whole: \(rows == 1 ? "one of its rows was" : "\(rows) of its rows were") "
        + "refused, the first at \(first.place.file):\(first.place.line) (\(first.why)); mend that, or say "
        + "'on_error: reject' to go on without"
    case .input(let failure): failure.message
    case .changed(let path): "\(path) was changed while it was read"
    case .storage(let failure): failure.message
    }
  }
}

/// Now, in microseconds since the epoch.
func currentInstant() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
}

/// An identifier that sorts by time: `20240901T080000Z-1f2e3d4c`.
func runID(_ instant: Int64) -> String {
  let digits = instantText(instant).prefix(19).map { $0 == " " ? "T" : String($0) }.filter { $0 != "-" && $0 != ":" }
  let random = String(UInt32.random(in: 0...UInt32.max), radix: 16)
  return digits.joined() + "Z-" + String(repeating: "0", count: 8 - random.count) + random
}

/// The most memory that this process has held, in bytes. The system's `ru_maxrss` would count its parent's too.
private func mostMemory() -> Int {
  guard let file = fopen("/proc/self/status", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, Int32(line.count), file) != nil {
    let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      .split { $0 == " " || $0 == "\t" || $0 == "\n" }
    if words.count == 3, words[0] == "VmHWM:" { return (Int(words[1]) ?? 0) * 1024 }
  }
  return 0
}
