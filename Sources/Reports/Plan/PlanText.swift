import Diagnostics
import Plans

extension PlanOutline {
  /// The plan for people: 80 columns, in ANSI colours where `colored`.
  package func text(colored: Bool) -> String {
    let paint = Paint(isOn: colored)
    let sections = [
      head(paint), furtherLines(paint), stageLines(paint), ruleLines(paint), gateLines(paint), targetLines(paint),
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func head(_ paint: Paint) -> [String] {
    var lines = [paint.bold(printable(plan.name)) + paint.faint("  " + printable(file))]
    for (name, value) in parameters { lines += filled("  parameter  ", printable("\(name) = \(value)")) }
    if inputs.isEmpty {
      lines.append("  input      not at hand")
    } else {
      let passes = plan.program.passes
      let bytes = sizeText(inputs.reduce(0) { $0 + $1.bytes })
      let least = plan.leastPasses
      let often =
        passes == least ? "" : ", or \(least == 1 ? "once" : "\(least) times") where all keys it asks fit in memory"
      let times = passes == 1 ? "read once" : "read \(passes) times" + often
      lines.append("  input      \(counted(inputs.count, "file")), \(bytes), \(times)")
      lines += inputs.prefix(10).map { "             " + cut(printable($0.path), to: pageWidth - 13, keepsEnd: true) }
      if inputs.count > 10 { lines.append("             and \(grouped(inputs.count - 10)) more") }
    }
    return lines
  }

  private func furtherLines(_ paint: Paint) -> [String] {
    guard !furtherInputs.isEmpty else { return [] }
    var lines = [paint.bold("further inputs") + paint.faint("  read first; their keys stay in memory, past it on disk")]
    for (place, further) in furtherInputs.enumerated() {
      let readings = plan.readings(of: place)
      let times = readings == 0 ? "not read" : readings == 1 ? "read once" : "read \(readings) times"
      let size = sizeText(further.files.reduce(0) { $0 + $1.bytes })
      let facts = further.files.isEmpty ? "not at hand" : "\(counted(further.files.count, "file")), \(size)"
      lines.append("  " + paint.bold(printable(further.input.name)) + "  \(facts), \(times)")
      lines += further.files.prefix(3).map { "      " + cut(printable($0.path), to: pageWidth - 6, keepsEnd: true) }
      if further.files.count > 3 { lines.append("      and \(grouped(further.files.count - 3)) more") }
      lines += pageLines(of: outlines(of: further.input.program, further.input.schemas), paint)
    }
    return lines
  }

  private func stageLines(_ paint: Paint) -> [String] {
    [paint.bold("stages") + paint.faint("  with their lines, and what of the rows they hold in memory")]
      + pageLines(of: stages, paint)
  }

  private func pageLines(of stages: [StageOutline], _ paint: Paint) -> [String] {
    var lines: [String] = []
    for outline in stages {
      let stage = outline.stage
      let number = spaces(4 - String(stage.index).count) + "\(stage.index)  "
      let name = printable(stage.name + (stage.label.map { " '\($0)'" } ?? ""))
      let line = stage.line.map { ":\($0)" } ?? ""
      let gap = spaces(max(2, 38 - displayWidth(number + name)))
      lines.append(
        number + paint.bold(name) + gap + paint.faint(line + spaces(max(2, 8 - line.count)) + outline.memory.rawValue))
      for (word, texts) in outline.facts where !texts.isEmpty {
        lines += filled("      " + word + spaces(9 - word.count), items: texts.map(printable))
      }
    }
    return lines
  }

  private func ruleLines(_ paint: Paint) -> [String] {
    guard let first = plan.rules.first else { return [] }
    let isOneFile = plan.rules.allSatisfy { $0.file == first.file }
    var table = Table(.right, .name, .left, .place, .left)
    for rule in plan.rules {
      table.add(
        .init("\(rule.id)"), .init(rule.name), .init(rule.code),
        .init((isOneFile ? "" : rule.file) + ":\(rule.line)", .faint),
        .init(rule.severity == .warn ? "only warns" : "", .faint))
    }
    return [paint.bold("rules") + (isOneFile ? paint.faint("  " + printable(first.file)) : "")] + table.lines(paint)
  }

  private func gateLines(_ paint: Paint) -> [String] {
    let conditions = plan.gates.flatMap(\.conditions)
    guard !conditions.isEmpty else { return [] }
    var table = Table(.left, .left)
    for condition in conditions { table.add(.init(condition.figure.rawValue), .init("\(condition.bounds)")) }
    table.add(.init("rules"), .init("no rule fails"))
    return [paint.bold("gate")] + table.lines(paint)
  }

  private func targetLines(_ paint: Paint) -> [String] {
    var table = Table(.left, .place)
    if let output { table.add(.init("accepted"), .init(output == "-" ? "standard output" : output)) }
    if let quarantine { table.add(.init("quarantined"), .init(quarantine)) }
    return table.rows.isEmpty ? [] : [paint.bold("files")] + table.lines(paint)
  }
}

extension ColumnChange {
  /// Whether the names and types of the columns are the same after it.
  fileprivate var keepsSchema: Bool { if case .changed(_, let old, let new) = self { old == new } else { false } }
}

extension StageOutline {
  /// What the stage does, in words, and the columns that leave it.
  fileprivate var facts: [(word: String, texts: [String])] {
    var removed: [String] = []
    var renamed: [String] = []
    var changed: [String] = []
    var added: [String] = []
    for change in changes {
      switch change {
      case .removed(let name): removed.append(name)
      case .renamed(let old, let new): renamed.append("\(old) to \(new)")
      case .changed(let name, let old, let new): changed.append(old == new ? name : "\(name) \(old) to \(new)")
      case .added(let name, let type): added.append("\(name) \(type)")
      }
    }
    let isNew = stage.index == 0 || changes.contains { !$0.keepsSchema }
    let leaves = isNew ? columns.map { "\($0.name) \($0.type)" } : ["as before"]
    return [
      ("removes", removed), ("renames", renamed), ("changes", changed), ("adds", added), ("rows", rows),
      ("columns", leaves),
    ]
  }

  private var rows: [String] {
    switch stage.action {
    case .keep: ["some are dropped"]
    case .reject(let rejection): ["some are refused: \(rejection.code.rawValue)"]
    case .judge(let rules): rules.isEmpty ? [] : ["each is judged by \(counted(rules.count, "rule"))"]
    case .require(let requirements): requirements.isEmpty ? [] : [refusal(requirements)]
    }
  }

  private func refusal(_ requirements: [Requirement]) -> String {
    let names = requirements.map(\.column)
    let list = names.dropLast().joined(separator: ", ") + (names.count > 1 ? " or " : "") + (names.last ?? "")
    let isCast = requirements.allSatisfy { $0.code == .cast }
    return "refused where \(list) " + (isCast ? "does not fit its type" : "cannot be computed")
  }
}
