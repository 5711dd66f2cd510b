import Diagnostics

extension ReferencePage {
  /// All there is to say, for people: 80 columns.
  package func text(colored: Bool) -> String {
    let paint = Paint(isOn: colored)
    var sections = [[paint.bold(name)] + filled("  ", summary)]
    sections.append([paint.bold("form")] + forms.flatMap { filled("  ", $0) })
    sections += [Self.list("options", options, paint), Self.list("beside it", modifiers, paint)]
    var facts: [String] = []
    if let nulls { facts += filled("  nulls    ", nulls) }
    if let errors { facts += filled("  errors   ", "the row fails where \(errors)") }
    if let example { facts += filled("  example  ", "\(example.expression) = \(example.result)") }
    sections.append(facts)
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private static func list(_ title: String, _ options: [Option], _ paint: Paint) -> [String] {
    guard !options.isEmpty else { return [] }
    let width = options.map(\.name.count).max() ?? 0
    return [paint.bold(title)]
      + options.flatMap { option in
        var notes: [String] = []
        if option.isRequired { notes.append("needed") }
        notes.append(option.value)
        if let text = option.defaultText { notes.append("default: \(text)") }
        let head = "  " + option.name + spaces(width - option.name.count + 2)
        return filled(head, "\(option.help) (\(notes.joined(separator: "; ")))")
      }
  }

  /// The names and summaries of pages, in groups where they have any.
  package static func overview(_ pages: [ReferencePage], colored: Bool) -> String {
    let paint = Paint(isOn: colored)
    let width = pages.map(\.name.count).max() ?? 0
    var groups: [(title: String, lines: [String])] = []
    for page in pages {
      let lines = filled("  " + page.name + spaces(width - page.name.count + 2), page.summary)
      let title = page.category ?? "\(page.kind.rawValue)s"
      if let place = groups.firstIndex(where: { $0.title == title }) {
        groups[place].lines += lines
      } else {
        groups.append((title, lines))
      }
    }
    let kind = pages.first?.kind.rawValue ?? ""
    return groups.map { ([paint.bold($0.title)] + $0.lines).joined(separator: "\n") }.joined(separator: "\n\n")
      + "\n\n'brew \(kind)s NAME' shows all there is to say of one.\n"
  }
}

extension ReferencePage {
  package var json: JSON {
    [
      "name": .string(name), "kind": .string(kind.rawValue), "category": .optional(category),
      "summary": .string(summary), "forms": .array(forms.map { .string($0) }),
      "options": .array(options.map(\.json)), "modifiers": .array(modifiers.map(\.json)),
      "nulls": .optional(nulls), "errors": .optional(errors),
      "example": example.map { ["expression": .string($0.expression), "result": .string($0.result)] } ?? .null,
    ]
  }
}

extension ReferencePage.Option {
  fileprivate var json: JSON {
    [
      "name": .string(name), "help": .string(help), "value": .string(value), "required": .bool(isRequired),
      "default": .optional(defaultText),
    ]
  }
}
