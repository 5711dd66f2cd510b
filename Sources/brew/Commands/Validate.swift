import Arguments
import Databrew
import Engine
import Glibc

/// `brew validate INPUT --rules RULES`.
enum Validate: Command {
  static let name = "validate"
  static let summary = "Judge a file by a ruleset, or by a recipe; no row is moved and no output written."
  static let discussion = [
    "Exit status: 0 when no rule of severity 'error' failed, 1 when one did; without 'fail_over', one failing row is "
      + "enough. Of a recipe the steps are done and the rules judge; its own input, output and quarantine are left alone."
  ]

  static let input = Operand("INPUT", "The file, or a glob.", .path)
  static let rules = Option("rules", "The ruleset, or a recipe; needed.", .path)
  static let set = Apply.set
  static let report = Option("report", "Writes the run report, as JSON, to a file.", .path)
  static let asOf = Option("as-of", "The run's clock, such as 2025-12-31; default: now.", .text("TIME"))
  static let threads = Option("threads", "Workers; default: one for each processor.", .integer(1...1024))
  static let memory = Apply.memory
  static let temp = Apply.temp
  static let json = Flag("json", "Writes the run report, as JSON, to standard output.")
  static let operands: [any OperandDeclaration] = [input]
  static let options: [any OptionDeclaration] = [rules, report, set, asOf, threads, memory, temp, json]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    let path = try parsed[input]
    guard let ruleset = parsed[rules] else { throw .missingOperand("--rules RULESET") }
    var compile = CompileRequest(path: ruleset)
    compile.parameters = parsed[set].map { ($0.name, $0.value) }
    compile.asOf = parsed[asOf]
    var request = ApplyRequest(compile, threads: parsed[threads] ?? processorCount())
    request.report = parsed[report]
    request.options.resources = RunResources(memory: parsed[memory], temporary: parsed[temp] ?? "/tmp")
    let outcome = watched(showsProgress: isWatched()) { progress in
      validate(path, rules: ruleset, request, progress: progress)
    }
    return conclude(outcome, parsed, asJSON: parsed[json], written: request.report)
  }
}
