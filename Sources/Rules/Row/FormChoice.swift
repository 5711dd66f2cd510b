import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

/// A named form, as a rule says it: `email`, `date(%d/%m/%Y)`, `postal_code(DE)`.
struct FormChoice: OptionValue {
  /// Tells whether a text has it.
  let function: Function
  let argument: String?
  /// As it was written.
  let text: String

  static let names = (TextForm.all.map(\.name) + ["date(FORMAT)", "postal_code(COUNTRY)"]).sorted()
  static let valueDescription = "a form such as email or iban"
  static var schema: JSONSchema { .text(suggesting: names) }

  static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> FormChoice? {
    guard let text = node.text(as: .format, &diagnostics) else { return nil }
    let written = text.string
    let open = written.firstIndex(of: "(")
    let name = String(written[..<(open ?? written.endIndex)])
    let argument = open.flatMap { written.last == ")" ? String(written[written.index(after: $0)...].dropLast()) : nil }
    guard open == nil || argument != nil, names.contains(where: { $0 == name || $0.hasPrefix(name + "(") }),
      let function = Function.named("is_\(name)")
    else {
      diagnostics.report(.unknownWord(written, at: node.range, known: names))
      return nil
    }
    guard function.signatures.contains(where: { $0.accepts(count: argument == nil ? 1 : 2) }) else {
      let form = argument == nil ? "'\(name)' needs an argument, as in \(name)(…)" : "'\(name)' takes no argument"
      diagnostics.report(.badOption(form, at: node.range))
      return nil
    }
    if let argument, let problem = problem(name, argument) {
      diagnostics.report(.badOption(problem, at: node.range))
      return nil
    }
    return FormChoice(function: function, argument: argument, text: written)
  }

  /// Why an argument is not valid.
  private static func problem(_ name: String, _ argument: String) -> String? {
    if name == "postal_code" {
      return PostalCode(country: argument) == nil
        ? "postal codes are known of \(PostalCode.known.joined(separator: ", "))" : nil
    }
    do {
      return try TemporalFormat(argument).problem(reading: .date)?.message
    } catch {
      return error.message
    }
  }
}
