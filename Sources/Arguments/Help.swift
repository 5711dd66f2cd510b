/// `brew help [COMMAND]`.
enum Help: Command {
  static let name = "help"
  static let summary = "Show what there is, or how to use a command."

  private static let commandName = ValueForm<String>("COMMAND", completion: .command) { .success($0) }
  static let topic = OptionalOperand("COMMAND", "The command to explain.", commandName)
  static let operands: [any OperandDeclaration] = [topic]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    guard let name = parsed[topic] else { return show(parsed.program.overview) }
    guard let command = parsed.program.command(name) else {
      throw .unknownCommand(name, known: parsed.program.commands.map { $0.name })
    }
    return show(parsed.program.help(command))
  }
}

extension Program {
  /// The commands, one a line.
  package var overview: String {
    var page = Page()
    page.paragraph(summary)
    page.line("usage: \(name) COMMAND [ARGUMENTS]")
    page.table("commands", commands.map { ($0.name, $0.summary) })
    page.line("'\(name) help COMMAND' explains one of them.")
    return page.text
  }

  /// Everything about one command, from its declarations.
  package func help(_ command: any Command.Type) -> String {
    var page = Page()
    page.paragraph(command.summary)
    page.hanging("usage: \(name) \(command.name)", usage(command))
    for paragraph in command.discussion { page.paragraph(paragraph) }
    page.table("arguments", command.operands.map { ($0.shape.name, $0.shape.explanation) })
    page.table("options", (command.options + CommonOptions.all).map { ($0.shape.signature, $0.shape.explanation) })
    return page.text
  }

  private func usage(_ command: any Command.Type) -> [String] {
    let operands = command.operands.map { operand in
      let words = operand.shape.isRepeatable ? "\(operand.shape.name)..." : operand.shape.name
      return operand.shape.isRequired ? words : "[\(words)]"
    }
    return operands + ["[OPTIONS]"]
  }
}

extension OptionShape {
  fileprivate var signature: String {
    let value = value.map { " " + ($0.choices.isEmpty ? $0.placeholder : name.uppercased()) } ?? ""
    return (short.map { "-\($0), " } ?? "") + "--\(name)" + value
  }

  fileprivate var explanation: String {
    var notes: [String] = []
    if let value, !value.choices.isEmpty { notes.append(alternatives(value.choices)) }
    if let defaultText { notes.append("default: \(defaultText)") }
    if isRepeatable { notes.append("may be repeated") }
    return summary + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
  }
}

extension OperandShape {
  fileprivate var explanation: String {
    summary + (value.choices.isEmpty ? "" : " (\(alternatives(value.choices)))")
  }
}

/// Text of 80 columns, its parts an empty line apart.
private struct Page {
  private static let width = 80
  private static let widestTerm = 24

  private var parts: [String] = []

  var text: String { parts.joined(separator: "\n\n") + "\n" }

  mutating func line(_ text: String) { parts.append(text) }

  mutating func paragraph(_ text: String) { parts.append(Self.filled(text, indent: 0).joined(separator: "\n")) }

  /// Words that go on below themselves.
  mutating func hanging(_ head: String, _ words: [String]) {
    parts.append(Self.filled(([head] + words).joined(separator: " "), indent: 4).joined(separator: "\n"))
  }

  /// Terms and what they mean, in two columns; nothing where there is no row.
  mutating func table(_ title: String, _ rows: [(term: String, meaning: String)]) {
    guard !rows.isEmpty else { return }
    let widest = rows.map(\.term.count).filter { $0 <= Self.widestTerm }.max() ?? Self.widestTerm
    var lines = ["\(title):"]
    for row in rows {
      let indent = widest + 4
      let meaning = Self.filled(String(repeating: " ", count: indent) + row.meaning, indent: indent)
      guard let first = meaning.first else { continue }
      let term = "  \(row.term)"
      if row.term.count > widest {
        lines += [term] + meaning
      } else {
        lines += [term + first.dropFirst(term.count)] + meaning.dropFirst()
      }
    }
    parts.append(lines.joined(separator: "\n"))
  }

  /// `text` in lines of at most 80 columns, the first as it is indented, the others by `indent`.
  private static func filled(_ text: String, indent: Int) -> [String] {
    var lines: [String] = []
    var line = String(text.prefix { $0 == " " })
    var isFresh = true
    for word in text.split(separator: " ") {
      if !isFresh, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent)
        isFresh = true
      }
      line += (isFresh ? "" : " ") + word
      isFresh = false
    }
    return lines + [line]
  }
}
