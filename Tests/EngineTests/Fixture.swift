import Databrew
import Engine
import Plans
import Reports
import Testing
import Trials

/// The attendance fixture, applied by its recipe into a folder of its own.
struct Fixture {
  let report: RunReport
  let output: [UInt8]
  let quarantine: [UInt8]
  /// The report without what belongs to the run and the machine.
  let steadyReport: String

  init(_ options: RunOptions) throws {
    let folder = try Folder()
    var compile = CompileRequest(path: "\(repository)/recipes/attendance.yaml")
    compile.asOf = "2024-12-20"
    var request = ApplyRequest(compile, threads: options.threads)
    request.options = options
    request.output = folder["out.csv"]
    request.quarantine = folder["refused.jsonl"]
    let outcome = apply(request, progress: options.progress)
    guard case .report(let report) = outcome else { throw TrialFailure("the fixture's recipe was refused") }
    self.report = report
    output = folder.read("out.csv") ?? []
    quarantine = folder.read("refused.jsonl") ?? []
    let own = ["run", "started", "finished", "seconds", "threads", "peak_memory"].map { "  \"\($0)\":" }
    steadyReport = report.json.text(indented: true).replacing(folder.path, with: "")
      .split(separator: "\n").filter { line in !own.contains { line.hasPrefix($0) } }.joined(separator: "\n")
  }

  var refused: [Value] { Value.lines(quarantine).map { Array($0.dropFirst()) } ?? [] }

  /// The quarantine after its first line, which names the run.
  var quarantineBody: ArraySlice<UInt8> { quarantine.drop { $0 != UInt8(ascii: "\n") } }

  static let expected = readBytes("\(repository)/fixtures/attendance.expected.json").flatMap { Value($0) } ?? .null
}
