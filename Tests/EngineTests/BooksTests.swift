import Columns
import Databrew
import Engine
import Formats
import Plans
import Storage
import Synchronization
import Testing
import Trials

/// A row lost anywhere on its way makes the run fail.
@Suite struct BooksTests {
  static let recipe = """
    recipe: books
    input: {path: input.csv, columns: {n: int}}
    steps:
      - remove: n = 3
    rules:
      - between: {column: n, max: 90}
    output: output.csv

    """
  static let input = "n,t\n" + (1...100).map { "\($0),row \($0)\n" }.joined() + "x,y\n1,2,3\n"

  /// Runs with the given ways in and out; gives the ledger and the run's verdict.
  private func run(
    _ sinks: RunSinks = RunSinks(accepted: MemorySink(), quarantine: MemorySink()),
    open: (@Sendable (InputFile) throws(InputFailure) -> any ByteSource)? = nil
  ) throws -> RunReport {
    let folder = try Folder()
    try folder.write(Self.recipe, to: "recipe.yaml")
    try folder.write(Self.input, to: "input.csv")
    let compilation = Compilation.compile(CompileRequest(path: folder["recipe.yaml"]), started: 0)
    let ready = try #require(compilation.ready)
    var options = RunOptions(threads: 2, batches: BatchLimits(records: 7))
    if let open { options.open = open }
    let run = Run(
      plan: ready.plan, inputs: ready.inputs, output: CSVOutputDialect(), quarantine: .jsonLines(.failed), sinks: sinks,
      options: options)
    let outcome = run.execute()
    var report = RunReport()
    report.fill(outcome, ready)
    report.judge(outcome, ready.plan)
    return report
  }

  @Test func closeWhenNothingIsLost() throws {
    let report = try run()
    #expect(report.status == .warned)
    #expect(report.problem == nil)
    // 100 numbers, less the 3; from 91 on refused, with the x and the ragged record.
    let ledger = report.ledger
    #expect([ledger.read, ledger.accepted, ledger.quarantined, ledger.dropped] == [102, 89, 12, 1])
  }

  @Test func findWhatTheReaderLost() throws {
    // The source leaves out a line: whole, so that nothing else is wrong with the rest.
    let report = try run(open: { _ in ArrayByteSource(Array(Self.input.replacing("50,row 50\n", with: "").utf8)) })
    #expect(report.status == .error)
    #expect(report.problem?.contains("bytes of the inputs when the run began and bytes read") == true)
  }

  @Test(arguments: [true, false])
  func findWhatAWriterLost(_ isAccepted: Bool) throws {
    let leaky = LeakySink(every: 3)
    let sinks = RunSinks(accepted: isAccepted ? leaky : MemorySink(), quarantine: isAccepted ? MemorySink() : leaky)
    let report = try run(sinks)
    #expect(report.status == .error)
    #expect(report.problem?.contains("bytes encoded and bytes written") == true)
    #expect(report.exit == 3)
  }

  /// One stage after the other lets a row go and says nothing of it; all else is as ever.
  @Test(arguments: [(0, "read"), (1, "remove"), (2, "rules")])
  func findWhatAStepLost(_ stage: Int, _ name: String) throws {
    let lost = Atomic<Bool>(false)
    let options = RunOptions(
      threads: 2, batches: BatchLimits(records: 7),
      stageWork: { (work, index, state, tally) throws(RunStop) in
        let dropped = try work.act(stage: index, &state, &tally)
        guard index == stage, let row = state.living.rows.first, !lost.exchange(true, ordering: .relaxed) else {
          return dropped
        }
        var one = Bitmap(repeating: false, count: state.living.count)
        one[row] = true
        state.drop(one)
        return dropped
      })
    let trial = try Trial(Self.recipe, files: [("input.csv", Array(Self.input.utf8))], options: options)
    let report = try #require(trial.report)
    #expect((report.status, report.exit, report.published) == (.error, 3, false))
    let problem = try #require(report.problem)
    #expect(problem.hasPrefix("the books do not close: step '\(name)': "))
    #expect(problem.contains("records read and rows accepted, quarantined and dropped: 102 and 101"))
    #expect(trial.output == nil)
    #expect(trial.names == ["input.csv", "recipe.yaml"])
  }

  @Test func failWhereAWriterFails() throws {
    let report = try run(RunSinks(accepted: FullSink(after: 100), quarantine: MemorySink()))
    #expect(report.status == .error)
    #expect(report.problem == "cannot write full: No space left on device")
  }

  struct Figure: CustomStringConvertible, Sendable {
    let description: String
    let add: @Sendable (inout Ledger, Int) -> Void

    init(_ description: String, _ add: @escaping @Sendable (inout Ledger, Int) -> Void) {
      self.description = description
      self.add = add
    }
  }

  static let figures = [
    Figure("records of the reader") { $0.read += $1 },
    Figure("records at the reading") { $0.steps[0].entered += $1 },
    Figure("records refused at the reading") { $0.steps[0].quarantined += $1 },
    Figure("rows of the writer") { $0.accepted += $1 },
    Figure("rows of the quarantine") { $0.quarantined += $1 },
    Figure("bytes of records") { $0.bytesAccounted += $1 },
    Figure("bytes read") { $0.bytesRead += $1 },
    Figure("bytes of the files") { $0.bytesOnDisk += $1 },
    Figure("bytes encoded") { $0.bytesEncoded += $1 },
    Figure("bytes written") { $0.bytesWritten += $1 },
    Figure("rows into a step") { $0.steps[1].entered += $1 },
    Figure("rows out of a step") { $0.steps[1].left += $1 },
    Figure("rows that a step dropped") { $0.steps[1].dropped += $1 },
    Figure("rows that a step refused") { $0.steps[2].quarantined += $1 },
    Figure("rows that a step expanded") { $0.steps[1].expanded += $1 },
    Figure("rows that a step added") { $0.steps[1].added += $1 },
    Figure("rows that a step merged") { $0.steps[1].merged += $1 },
    // A step that lets rows go and says nothing of it: fewer rows reach all that follows.
    Figure("rows that a step lost") { ledger, error in
      ledger.steps[1].left += error
      ledger.steps[2].entered += error
      ledger.steps[2].left += error
      ledger.accepted += error
    },
    Figure("rows that the encoder lost, bytes and all") { $0.accepted += $1 },
  ]

  /// Each count of the books is held against another from elsewhere: none can be off unseen.
  @Test(arguments: figures, [-1, 1])
  func miss(_ figure: Figure, _ error: Int) throws {
    var ledger = try run().ledger
    #expect(ledger.discrepancies(stageNames: []) == [])
    figure.add(&ledger, error)
    #expect(ledger.discrepancies(stageNames: []) != [])
  }
}

/// A sink that now and then says nothing and keeps nothing.
private final class LeakySink: ByteSink {
  let path = "leaky"
  private(set) var bytesWritten = 0
  private let every: Int
  private var calls = 0

  init(every: Int) { self.every = every }

  func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) {
    calls += 1
    if calls % every != 0 { bytesWritten += bytes.count }
  }
}

/// A sink with so much room.
private final class FullSink: ByteSink {
  let path = "full"
  private(set) var bytesWritten = 0
  private let room: Int

  init(after room: Int) { self.room = room }

  func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) {
    guard bytesWritten + bytes.count <= room else { throw StorageFailure(.write, path, code: 28) }
    bytesWritten += bytes.count
  }
}
