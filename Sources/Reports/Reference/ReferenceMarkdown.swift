import Diagnostics

/// The reference as files of Markdown: an index, a page for each step and rule, one for each group of functions, one for all
/// diagnostics.
package struct ReferenceFiles: Sendable {
  package struct File: Sendable {
    /// Relative to the folder of the reference.
    package let path: String
    package let text: String
  }

  package let files: [File]

  package init(
    steps: [ReferencePage], rules: [ReferencePage], functions: [ReferencePage], diagnostics: [DiagnosticPage]
  ) {
    let groups = ReferencePage.groups(functions)
    files =
      [
        File(path: "README.md", text: Self.index(steps: steps, rules: rules, functions: groups)),
        File(path: "diagnostics.md", text: DiagnosticPage.markdown(diagnostics)),
      ]
      + (steps + rules).map { File(path: "\($0.kind.rawValue)s/\($0.name).md", text: $0.markdown + footer) }
      + groups.map { File(path: "functions/\($0.title).md", text: Self.functions($0) + footer) }
  }

  private static func index(
    steps: [ReferencePage], rules: [ReferencePage], functions: [(title: String, pages: [ReferencePage])]
  ) -> String {
    var blocks = [
      "# Reference",
      "Made from the code by `make reference`; `brew steps`, `brew rules`, `brew functions` show the same.",
    ]
    for (title, pages) in [("Steps", steps), ("Rules", rules)] {
      blocks.append("## \(title)")
      for group in ReferencePage.groups(pages) {
        blocks += ["### \(title): \(group.title)", table(["", ""], group.pages.map { [$0.link, $0.summary] })]
      }
      let beside = pages.flatMap(\.modifiers)
      var seen: Set<String> = []
      let options = beside.filter { seen.insert($0.name).inserted }
      let kind = pages.first?.kind.rawValue ?? ""
      blocks += ["### Beside a \(kind)", ReferencePage.Option.table(options)]
    }
    blocks.append("## Functions")
    for group in functions {
      blocks += [
        "### Functions: \(group.title)",
        table(["", ""], group.pages.map { ["[`\($0.name)`](functions/\(group.title).md#\($0.name))", $0.summary] }),
      ]
    }
    blocks += ["## Diagnostics", "[All of them](diagnostics.md), each with a document that brings it about."]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func functions(_ group: (title: String, pages: [ReferencePage])) -> String {
    (["# Functions: \(group.title)"] + group.pages.map(\.functionMarkdown)).joined(separator: "\n\n") + "\n"
  }
}

/// What a document is told under one code.
package struct DiagnosticPage: Sendable {
  package let code: String
  /// A document that brings it about, and all that is said of it; nil where no document can.
  package let example: (document: String, answer: String)?
  /// What brings it about, where no document can.
  package let note: String?

  package init(code: String, example: (document: String, answer: String)?, note: String? = nil) {
    self.code = code
    self.example = example
    self.note = note
  }

  static func markdown(_ pages: [DiagnosticPage]) -> String {
    let head = [
      "# Diagnostics",
      "What is said of a document that is wrong, by code, each with a document that brings it about and all that it is "
        + "told. Documents are those of `fixtures/wrong`.",
    ]
    return (head + pages.map(\.markdown)).joined(separator: "\n\n") + "\n"
  }

  private var markdown: String {
    var blocks = ["## \(code)"]
    if let note { blocks.append("\(note).") }
    if let example { blocks += [fenced(example.document, "yaml"), fenced(example.answer, "")] }
    return blocks.joined(separator: "\n\n")
  }
}

private let footer = "\n[All of the reference](../README.md)\n"

extension ReferencePage {
  fileprivate var link: String { "[`\(name)`](\(kind.rawValue)s/\(name).md)" }

  /// The page of a step or rule.
  fileprivate var markdown: String {
    var blocks = ["# \(name)", summary, fenced(forms.joined(separator: "\n"), "yaml")]
    if !options.isEmpty { blocks.append(Option.table(options)) }
    if !modifiers.isEmpty {
      let names = modifiers.map { "`\($0.name)`" }.joined(separator: ", ")
      blocks.append("Beside it: \(names) ([what they do](../README.md#beside-a-\(kind.rawValue))).")
    }
    if let nulls { blocks.append("A null \(nulls).") }
    if let details { blocks.append(details) }
    guard let cases else { return blocks.joined(separator: "\n\n") + "\n" }
    if !cases.reasons.isEmpty {
      let codes = cases.reasons.map { "`\($0)`" }.joined(separator: ", ")
      blocks.append("Rows are refused with \(codes).")
    }
    if !cases.diagnostics.isEmpty {
      let codes = cases.diagnostics.map { "[`\($0)`](../diagnostics.md#\($0))" }.joined(separator: ", ")
      blocks.append("Documents are refused with \(codes), among others.")
    }
    blocks += ["## Example", cases.title.prefix(1).uppercased() + cases.title.dropFirst() + "."]
    for section in cases.sections {
      blocks += ["\(section.name):", fenced(section.text, section.name == "recipe" ? "yaml" : "")]
    }
    if cases.drawsCharacters { blocks.append(Cases.legend + ".") }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// The section of a function.
  fileprivate var functionMarkdown: String {
    var blocks = ["## \(name)", summary, fenced(forms.joined(separator: "\n"), "")]
    var facts: [String] = []
    if let nulls { facts.append("- nulls: \(nulls)") }
    if let errors { facts.append("- errors: the row fails where \(errors)") }
    if let call { facts.append("- example: `\(call.expression)` = `\(call.result)`") }
    if !facts.isEmpty { blocks.append(facts.joined(separator: "\n")) }
    return blocks.joined(separator: "\n\n")
  }
}

extension ReferencePage.Option {
  fileprivate static func table(_ options: [Self]) -> String {
    Reports.table(
      ["key", "what for", "takes", "default"],
      options.map { option in
        ["`\(option.name)`", option.help, option.value]
          + [option.isRequired ? "*needed*" : option.defaultText.map { "`\($0)`" } ?? ""]
      })
  }
}

private func table(_ head: [String], _ rows: [[String]]) -> String {
  let lines = [head, head.map { _ in "---" }] + rows
  return lines.map { cells in
    let escaped = cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
    return "| " + escaped.joined(separator: " | ") + " |"
  }.joined(separator: "\n")
}

/// A block of code, whatever is in it.
private func fenced(_ text: String, _ language: String) -> String {
  let fence = text.contains("```") ? "````" : "```"
  let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
  return "\(fence)\(language)\n\(body)\n\(fence)"
}
