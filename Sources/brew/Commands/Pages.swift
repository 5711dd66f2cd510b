import Arguments
import Databrew
import Diagnostics
import Glibc
import Reports

/// `brew steps [NAME]`.
enum Steps: PageCommand {
  static let name = "steps"
  static let summary = "List the steps, or show one with its options."
  static var pages: [ReferencePage] { Reference.steps }
}

/// `brew rules [NAME]`.
enum Rules: PageCommand {
  static let name = "rules"
  static let summary = "List the rules, or show one with its options."
  static var pages: [ReferencePage] { Reference.rules }
}

/// `brew functions [NAME]`.
enum Functions: PageCommand {
  static let name = "functions"
  static let summary = "List the functions, or show one with its types and an example."
  static var pages: [ReferencePage] { Reference.functions }
}

/// A command that shows the reference, or a page of it.
protocol PageCommand: Command {
  static var pages: [ReferencePage] { get }
}

private enum PageOptions {
  static let topic = OptionalOperand("NAME", "Which one.", .text("NAME"))
  static let json = Flag("json", "Writes it as JSON.")
}

extension PageCommand {
  static var operands: [any OperandDeclaration] { [PageOptions.topic] }
  static var options: [any OptionDeclaration] { [PageOptions.json] }

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    let pages = pages
    let colored = parsed.colors(STDOUT_FILENO)
    guard let wanted = parsed[PageOptions.topic] else {
      return parsed[PageOptions.json]
        ? show(.array(pages.map(\.json))) : show(ReferencePage.overview(pages, colored: colored))
    }
    guard let page = pages.first(where: { $0.name == wanted }) else {
      let kind = pages.first?.kind.rawValue ?? ""
      let help = didYouMean(wanted, in: pages.map(\.name)) ?? "'brew \(name)' lists them all"
      let unknown = Diagnostic("unknown-\(kind)", "no \(kind) '\(wanted)'", at: nil, help: help)
      say(unknown.rendered(colored: parsed.colors(STDERR_FILENO)) + "\n")
      return .usage
    }
    return parsed[PageOptions.json] ? show(page.json) : show(page.text(colored: colored))
  }
}
