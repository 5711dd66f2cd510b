import Arguments
import Databrew
import Glibc
import Reports

/// `brew plan RECIPE`.
enum ShowPlan: Command {
  static let name = "plan"
  static let summary = "Show what a recipe will do: its stages, with the columns and types that leave each."
  static let discussion = [
    "Works without the input at hand: then only declared columns are known, and others are taken on trust."
  ]

  enum Format: String, CaseIterable, Sendable { case text, json, dot, mermaid }

  static let recipe = Operand("RECIPE", "The recipe, or a ruleset.", .path)
  static let format = DefaultedOption("format", "How to show it.", .choice(Format.self), default: .text)
  static let operands: [any OperandDeclaration] = [recipe]
  static let options: [any OptionDeclaration] = [format]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    var compile = CompileRequest(path: try parsed[recipe])
    compile.needsInput = false
    let format = parsed[format]
    switch outline(ApplyRequest(compile, threads: 1)) {
    case .failure(let diagnostics): return refuse(diagnostics, parsed, asJSON: format == .json)
    case .success(let outline):
      say(outline.diagnostics.rendered(colored: parsed.colors(STDERR_FILENO)))
      switch format {
      case .text: return show(outline.text(colored: parsed.colors(STDOUT_FILENO)))
      case .json: return show(outline.json)
      case .dot: return show(outline.dot)
      case .mermaid: return show(outline.mermaid)
      }
    }
  }
}
