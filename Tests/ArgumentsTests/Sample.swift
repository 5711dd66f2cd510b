@testable import Arguments

/// A program with an option of every kind.
let sample = Program(
  "brew", aliases: ["databrew"], "Declarative data quality for files.", commands: [Apply.self, Plan.self, Version.self])

enum Apply: Command {
  static let name = "apply"
  static let summary = "Compile a recipe, run it and report."
  static let discussion = ["Exit status: 0 done, 1 the data failed, 2 the command line or a document is wrong."]

  static let recipe = Operand("RECIPE", "The recipe.", .path)
  static let inputs = Operands("INPUT", "Read these instead of the recipe's input.", .path, isRequired: false)
  static let operands: [any OperandDeclaration] = [recipe, inputs]

  static let output = Option("output", short: "o", "Write accepted rows here instead of where the recipe says.", .path)
  static let temp = Option("temp", "Where to spill.", .folder)
  static let threads = DefaultedOption(
    "threads", "Workers.", .integer(1...1024), default: 2, shown: "the number of processors")
  static let limit = Option("limit", "Stop after this many records.", .integer(0...Int.max))
  static let memory = Option("memory", "Keep within this much memory.", .size)
  static let set = RepeatedOption("set", "Set a parameter of the recipe.", .assignment)
  static let asOf = Option("as-of", "The run's own time.", .text("TIME"))
  static let json = Flag("json", "Put the report on standard output, as JSON.")
  static let options: [any OptionDeclaration] = [output, temp, threads, limit, memory, set, asOf, json]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    if parsed[json], parsed[output] == "-" { throw .exclusive("--json", "--output -") }
    return .failed
  }
}

enum Plan: Command {
  enum Format: String, CaseIterable, Sendable { case text, json, dot, mermaid }

  static let name = "plan"
  static let summary = "Show the typed plan of a recipe."
  static let recipe = Operand("RECIPE", "The recipe.", .path)
  static let operands: [any OperandDeclaration] = [recipe]
  static let format = DefaultedOption("format", "How to show it.", .choice(Format.self), default: .text)
  static let options: [any OptionDeclaration] = [format]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus { .done }
}

enum Version: Command {
  static let name = "version"
  static let summary = "Show the version."

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus { .interrupted }
}
