import Arguments
import Databrew
import Diagnostics
import Glibc
import Reports

/// `brew check FILE...`.
enum Check: Command {
  static let name = "check"
  static let summary = "Compile recipes and rulesets, and say everything that is wrong with them."
  static let discussion = [
    "Reads no data but the headers of the inputs, and works without those: then undeclared columns are taken on trust."
  ]

  static let files = Operands("FILE", "A recipe or a ruleset.", .path)
  static let json = Flag("json", "Writes the diagnostics, as a JSON array, to standard output.")
  static let operands: [any OperandDeclaration] = [files]
  static let options: [any OptionDeclaration] = [json]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    let paths = parsed[files]
    let diagnostics = check(paths)
    let colored = parsed.colors(STDERR_FILENO)
    let list = diagnostics.rendered(colored: colored)
    let what = paths.count == 1 ? paths.joined() : "\(paths.count) files"
    say(list + (list.isEmpty ? "" : "\n") + printable(what) + ": " + diagnostics.summary(colored: colored) + "\n")
    if parsed[json], show(diagnostics.json) != .done { return .error }
    return diagnostics.hasErrors ? .usage : .done
  }
}
