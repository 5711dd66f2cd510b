import Arguments
import Databrew
import Diagnostics
import Glibc
import Plans
import Reports

/// Compiles a recipe, runs it, reports.
enum Apply: Command {
  static let name = "apply"
  static let summary = "Run a recipe: accepted rows to its output, refused rows with every reason to quarantine."

  static let recipe = Operand("RECIPE", "The recipe.", .path)
  static let input = RepeatedOption("input", "A file, or glob, to read in place of the recipe's input.", .path)
  static let output = Option("output", "Where accepted rows go; '-' for standard output.", .path)
  static let quarantine = Option("quarantine", "Where refused rows go.", .path)
  static let report = Option("report", "Writes the run report, as JSON, to a file.", .path)
  static let set = RepeatedOption("set", "Sets a parameter of the recipe.", .assignment)
  static let asOf = Option("as-of", "The run's clock; default: now.", .text("TIME"))
  static let threads = Option("threads", "Workers; default: one for each processor.", .integer(1...1024))
  static let limit = Option("limit", "Reads at most so many records.", .integer(0...Int.max))
  static let keep = Flag("keep", "Leaves the output of a failed gate as *.rejected.")
  static let digest = Flag("digest", "Puts SHA-256 digests of all files into the report.")
  static let json = Flag("json", "Writes the run report to standard output.")

  static let operands: [any OperandDeclaration] = [recipe]
  static let options: [any OptionDeclaration] = [
    input, output, quarantine, report, set, asOf, threads, limit, keep, digest, json,
  ]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    var compile = CompileRequest(path: try parsed[recipe])
    compile.inputs = parsed[input]
    compile.parameters = parsed[set].map { ($0.name, $0.value) }
    compile.asOf = parsed[asOf]
    var request = ApplyRequest(compile, threads: parsed[threads] ?? processorCount())
    request.output = parsed[output]
    request.quarantine = parsed[quarantine]
    request.report = parsed[report]
    request.limit = parsed[limit]
    request.keep = parsed[keep]
    request.digest = parsed[digest]
    let outcome = apply(request)
    switch outcome {
    case .refused(let diagnostics):
      print(diagnostics.rendered())
      return .usage
    case .report(let report):
      print(report.json.text(indented: true))
      return ExitStatus(rawValue: report.exit) ?? .error
    }
  }
}

/// The processors that this process may use.
func processorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
