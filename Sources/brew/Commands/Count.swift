import Arguments
import Databrew
import Diagnostics
import Glibc
import Reports

/// `brew count INPUT...`.
enum Count: Command {
  static let name = "count"
  static let summary = "Count the records of CSV files, headers apart; quoted line breaks end no record."

  static let inputs = Operands("INPUT", "A file, or a glob.", .path)
  static let json = Flag("json", "Writes the counts as JSON.")
  static let operands: [any OperandDeclaration] = [inputs]
  static let options: [any OptionDeclaration] = [json]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    switch countRecords(parsed[inputs]) {
    case .counts(let counts):
      return parsed[json] ? show(counts.json) : show(counts.text(colored: parsed.colors(STDOUT_FILENO)))
    case .noFile(let diagnostics):
      return refuse(diagnostics, parsed, asJSON: parsed[json])
    case .failed(let message):
      say("error: " + printable(message) + "\n")
      return .error
    }
  }
}
