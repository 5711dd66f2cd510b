import Arguments
import Databrew
import Diagnostics
import Engine
import Glibc
import Plans
import Reports

/// Compiles a recipe, runs it, reports.
enum Apply: Command {
  static let name = "apply"
  static let summary = "Run a recipe: accepted rows to its output, refused rows with every reason to quarantine."
  static let discussion = [
    "The report for people goes to standard error. Exit status: 0 done and the gate passed, 1 the data failed it, 2 the "
      + "command line or a document is wrong, 3 the run could not be carried out, 130 interrupted."
  ]

  static let recipe = Operand("RECIPE", "The recipe.", .path)
  static let input = RepeatedOption("input", "A file, or glob, to read in place of the recipe's input.", .path)
  static let output = Option("output", "Where accepted rows go; '-' for standard output.", .path)
  static let quarantine = Option("quarantine", "Where refused rows go.", .path)
  static let report = Option("report", "Writes the run report, as JSON, to a file.", .path)
  static let set = RepeatedOption("set", "Sets a parameter of the recipe.", .assignment)
  static let asOf = Option("as-of", "The run's clock, such as 2025-12-31; default: now.", .text("TIME"))
  static let threads = Option("threads", "Workers; default: one for each processor.", .integer(1...1024))
  static let memory = Option(
    "memory",
    "What keys, sorts and the like may hold before they go to disk; default: a quarter of the machine's, 4G at most.",
    .size)
  static let temp = Option("temp", "The folder for what goes to disk meanwhile; default: /tmp.", .folder)
  static let limit = Option("limit", "Reads at most so many records.", .integer(0...Int.max))
  static let until = Option(
    "until", "Writes the rows after this step, given by number or name, to standard output, and nothing else.",
    .text("STEP"))
  static let dryRun = Flag("dry-run", "Compiles, looks at the inputs and shows the plan; writes nothing.")
  static let keep = Flag("keep", "Leaves the output of a failed gate as *.rejected.")
  static let digest = Flag("digest", "Puts SHA-256 digests of all files into the report.")
  static let json = Flag("json", "Writes the run report, as JSON, to standard output.")

  static let operands: [any OperandDeclaration] = [recipe]
  static let options: [any OptionDeclaration] = [
    input, output, quarantine, report, set, asOf, threads, memory, temp, limit, until, dryRun, keep, digest, json,
  ]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    let request = try request(parsed)
    if parsed[dryRun] { return try rehearse(request, parsed) }
    if request.compile.until != nil { return try showRows(request, parsed) }
    let outcome = watched(showsProgress: isWatched()) { apply(request, progress: $0) }
    return conclude(outcome, parsed, asJSON: parsed[json], written: request.report)
  }

  private static func request(_ parsed: Parsed) throws(UsageError) -> ApplyRequest {
    var compile = CompileRequest(path: try parsed[recipe])
    compile.inputs = parsed[input]
    compile.parameters = parsed[set].map { ($0.name, $0.value) }
    compile.asOf = parsed[asOf]
    compile.until = parsed[until]
    compile.isToRun = true
    var request = ApplyRequest(compile, threads: parsed[threads] ?? processorCount())
    request.output = parsed[output]
    request.quarantine = parsed[quarantine]
    request.report = parsed[report]
    request.options.resources = RunResources(memory: parsed[memory], temporary: parsed[temp] ?? "/tmp")
    request.limit = parsed[limit]
    request.keep = parsed[keep]
    request.digest = parsed[digest]
    request.outputTaken = parsed[json]
    return request
  }

  private static func rehearse(_ request: ApplyRequest, _ parsed: Parsed) throws(UsageError) -> ExitStatus {
    if parsed[until] != nil { throw .exclusive("--dry-run", "--until") }
    switch outline(request) {
    case .failure(let diagnostics): return refuse(diagnostics, parsed, asJSON: parsed[json])
    case .success(let outline):
      say(outline.diagnostics.rendered(colored: parsed.colors(STDERR_FILENO)))
      return parsed[json] ? show(outline.json) : show(outline.text(colored: parsed.colors(STDOUT_FILENO)))
    }
  }

  private static func showRows(_ request: ApplyRequest, _ parsed: Parsed) throws(UsageError) -> ExitStatus {
    let others: [(isGiven: Bool, option: String)] = [
      (request.output != nil, "--output"), (request.quarantine != nil, "--quarantine"),
      (request.report != nil, "--report"), (request.keep, "--keep"), (request.digest, "--digest"),
      (parsed[json], "--json"),
    ]
    if let other = others.first(where: \.isGiven) { throw .exclusive("--until", other.option) }
    let outcome = watched(showsProgress: isWatched() && isatty(STDOUT_FILENO) == 0) { preview(request, progress: $0) }
    guard case .report(let report) = outcome else { return conclude(outcome, parsed, asJSON: false) }
    let colored = parsed.colors(STDERR_FILENO)
    say(report.diagnostics.rendered(colored: colored))
    if report.lostReader { return .done }
    say(report.previewText(colored: colored))
    return report.problem == nil ? .done : ExitStatus(rawValue: report.exit) ?? .error
  }
}
