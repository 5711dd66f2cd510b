import Diagnostics

extension ReferencePage {
  /// All there is to say, for people: 80 columns, but for examples.
  package func text(colored: Bool) -> String {
    let paint = Paint(isOn: colored)
    var sections = [[paint.bold(name)] + filled("  ", summary)]
    sections.append([paint.bold("form")] + forms.flatMap { filled("  ", $0) })
    sections += [Self.list("options", options, paint), Self.list("beside it", modifiers, paint)]
    sections += [details.map { filled("", $0) } ?? [], facts, example(paint)]
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

  private var facts: [String] {
    var facts: [String] = []
    if let nulls { facts += filled("  nulls    ", nulls) }
    if let errors { facts += filled("  errors   ", "the row fails where \(errors)") }
    if let call { facts += filled("  example  ", "\(call.expression) = \(call.result)") }
    guard let cases else { return facts }
    if !cases.reasons.isEmpty { facts += filled("  reasons  ", items: cases.reasons) }
    if !cases.diagnostics.isEmpty { facts += filled("  refused  ", items: cases.diagnostics) }
    return facts
  }

  private func example(_ paint: Paint) -> [String] {
    guard let cases else { return [] }
    var lines = [paint.bold("example") + ": " + cases.title]
    for section in cases.sections {
      lines.append("  " + paint.faint(section.name))
      lines += section.text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
    }
    return lines + (cases.drawsCharacters ? ["  " + paint.faint(Cases.legend)] : [])
  }

  /// The names and summaries of pages, in groups where they have any.
  package static func overview(_ pages: [ReferencePage], colored: Bool) -> String {
    let paint = Paint(isOn: colored)
    let width = pages.map(\.name.count).max() ?? 0
    let lists = groups(pages).map { group in
      ([paint.bold(group.title)]
        + group.pages.flatMap { filled("  " + $0.name + spaces(width - $0.name.count + 2), $0.summary) })
        .joined(separator: "\n")
    }
    let kind = pages.first?.kind.rawValue ?? ""
    return lists.joined(separator: "\n\n") + "\n\n'brew \(kind)s NAME' shows all there is to say of one.\n"
  }

  /// Pages by what they are about, in the order in which the groups first come.
  package static func groups(_ pages: [ReferencePage]) -> [(title: String, pages: [ReferencePage])] {
    var groups: [(title: String, pages: [ReferencePage])] = []
    for page in pages {
      let title = page.category ?? "other"
      if let place = groups.firstIndex(where: { $0.title == title }) {
        groups[place].pages.append(page)
      } else {
        groups.append((title, [page]))
      }
    }
    return groups.sorted { $0.title < $1.title }
  }
}

extension ReferencePage.Cases {
  /// Whether the example shows bytes that are drawn.
  var drawsCharacters: Bool { sections.contains { $0.text.contains("␣") || $0.text.contains("\\x") } }

  static let legend = "␣ is a space, \\xHH a byte"
}

extension ReferencePage {
  package var json: JSON {
    [
      "name": .string(name), "kind": .string(kind.rawValue), "category": .optional(category),
      "summary": .string(summary), "forms": .array(forms.map { .string($0) }),
      "options": .array(options.map(\.json)), "modifiers": .array(modifiers.map(\.json)),
      "nulls": .optional(nulls), "details": .optional(details), "errors": .optional(errors),
      "example": call.map { ["expression": .string($0.expression), "result": .string($0.result)] } ?? cases?.json
        ?? .null,
      "reasons": .array((cases?.reasons ?? []).map { .string($0) }),
      "diagnostics": .array((cases?.diagnostics ?? []).map { .string($0) }),
    ]
  }
}

extension ReferencePage.Cases {
  fileprivate var json: JSON {
    .object([.init("title", .string(title))] + sections.map { .init($0.name, .string($0.text)) })
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
