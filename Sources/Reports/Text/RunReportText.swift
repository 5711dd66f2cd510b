import Diagnostics
import Documents
import Plans

extension RunReport {
  /// The report for people: 80 columns, in ANSI colours where `colored`. Empty sections are left out.
  ///
  /// - Parameter written: the path of the report itself, where there is one.
  package func text(colored: Bool, written: String? = nil) -> String {
    let paint = Paint(isOn: colored)
    var sections = [head(paint), rowLines(paint), furtherLines(paint)]
    if hasVerdicts {
      sections += [ruleLines(paint), reasonLines(paint)]
      if mode == .apply { sections.append(gateLines(paint)) }
    } else {
      sections.append(reasonLines(paint))
    }
    sections += [fileLines(paint, written), [costs(paint)]]
    let page = sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    let notes = diagnostics.rendered(colored: colored)
    return notes.isEmpty ? page : notes + "\n" + page
  }

  /// A run that ended early has judged only a part of the rows: its verdicts are no verdicts.
  private var hasVerdicts: Bool { status == .passed || status == .warned || (status == .failed && problem == nil) }

  // MARK: Sections

  private func head(_ paint: Paint) -> [String] {
    let word = style.apply(status.rawValue, paint)
    var lines = [paint.bold(printable(recipe.name)) + ": " + word + (meaning.map { ", " + $0 } ?? "")]
    if let problem { lines += filled("  ", printable(problem)) }
    return lines
  }

  private var style: Table.Style {
    switch status {
    case .passed: .good
    case .warned: .wary
    case .failed, .stopped, .interrupted, .error: .bad
    }
  }

  private var meaning: String? {
    switch (status, mode) {
    case (.passed, .apply): "and published"
    case (.warned, .apply): "but published"
    case (.failed, .apply), (.stopped, .apply): "nothing was published"
    case (.interrupted, .apply), (.error, .apply): "all files are as they were"
    default: nil
    }
  }

  private func rowLines(_ paint: Paint) -> [String] {
    guard ledger.read > 0 || hasVerdicts else { return [] }
    let words =
      mode == .apply ? (accepted: "accepted", quarantined: "quarantined") : (accepted: "sound", quarantined: "refused")
    var table = Table(.left, .right, .right, .name)
    table.add(.init("read"), .init(grouped(ledger.read)))
    let parts = [
      (words.accepted, ledger.accepted), (words.quarantined, ledger.quarantined), ("dropped", ledger.dropped),
    ]
    for (name, rows) in parts where rows > 0 || name != "dropped" {
      let share = share(rows, of: ledger.read)
      let place = name == "dropped" ? droppingSteps : ""
      table.add(.init(name), .init(grouped(rows)), .init(share), .init(place, .faint))
    }
    return [paint.bold("rows")] + table.lines(paint)
  }

  private var droppingSteps: String {
    let dropping = steps.filter { $0.counts.dropped > 0 }
    let names = dropping.prefix(3).map { step in
      "step \(step.index) \(step.name)" + (dropping.count > 1 ? ": \(grouped(step.counts.dropped))" : "")
    }
    return names.joined(separator: ", ") + (dropping.count > 3 ? ", …" : "")
  }

  private func furtherLines(_ paint: Paint) -> [String] {
    guard !furtherInputs.isEmpty else { return [] }
    var table = Table(.name, .right, .right)
    for input in furtherInputs {
      let rows = input.files.reduce(0) { $0 + $1.rows }
      table.add(
        .init(input.name), .init("\(counted(rows, "row")) read"),
        .init(input.refused > 0 ? "\(grouped(input.refused)) left out" : ""))
    }
    return [paint.bold("further inputs")] + table.lines(paint)
  }

  private func ruleLines(_ paint: Paint) -> [String] {
    guard !rules.isEmpty else { return [] }
    let shown = rules.count <= Self.mostRules ? rules : rules.filter { $0.status != .pass }
    var table = Table(.name, .left, .right, .right, .name)
    for rule in shown.prefix(Self.mostRules) {
      let failing = rule.counts.failing
      let figure = rule.observed.map { Int($0).map(grouped) ?? $0 } ?? grouped(failing)
      let part = rule.observed == nil && failing > 0 ? share(failing, of: rule.counts.evaluated) : ""
      table.add(
        .init(rule.info.name), .init(rule.status.rawValue, rule.style), .init(figure), .init(part),
        .init(rule.remark, .faint))
    }
    let rest = rules.count - min(shown.count, Self.mostRules)
    let more = rest > 0 ? ["  and \(counted(rest, "rule")) more, in the run report"] : []
    return [paint.bold("rules") + paint.faint("  rows that fail, and their share of the rows judged")]
      + table.lines(paint) + more
  }

  private static let mostRules = 50
  private static let mostReasons = 20

  private func reasonLines(_ paint: Paint) -> [String] {
    guard !reasons.isEmpty else { return [] }
    let sorted = reasons.enumerated().sorted { ($1.element.rows, $0.offset) < ($0.element.rows, $1.offset) }
    var table = Table(.name, .right, .place)
    for (_, reason) in sorted.prefix(Self.mostReasons) {
      let name = reason.rule ?? ([reason.code] + (reason.column.map { [$0] } ?? [])).joined(separator: " ")
      table.add(
        .init(name), .init(grouped(reason.rows)), .init("\(reason.firstFile):\(reason.firstLine)", .faint))
    }
    let rest = reasons.count - Self.mostReasons
    let more = rest > 0 ? ["  and \(counted(rest, "reason")) more, in the run report"] : []
    return [paint.bold("reasons") + paint.faint("  rows, and the first place")] + table.lines(paint) + more
  }

  private func gateLines(_ paint: Paint) -> [String] {
    var table = Table(.left, .left, .right, .name)
    for condition in conditions {
      table.add(
        .init(condition.holds ? "holds" : "fails", condition.holds ? .good : .bad), .init(condition.name),
        .init(condition.name == "rules" ? "" : Int(condition.observed).map(grouped) ?? condition.observed),
        .init(condition.name == "rules" && !condition.holds ? "failed: \(condition.observed)" : condition.bounds))
    }
    return [paint.bold("gate")] + table.lines(paint)
  }

  private func fileLines(_ paint: Paint, _ written: String?) -> [String] {
    var table = Table(.place, .right, .right)
    for file in outputs + (quarantine.map { [$0] } ?? []) {
      let path = file.path == "-" ? "standard output" : file.path
      table.add(.init(path), .init(counted(file.rows, "row")), .init(sizeText(file.bytes)))
    }
    if let written { table.add(.init(written), .init("report")) }
    return table.rows.isEmpty ? [] : [paint.bold("files")] + table.lines(paint)
  }

  private func costs(_ paint: Paint) -> String {
    let taken = finished - started
    let bytes = inputs.reduce(0) { $0 + $1.bytes }
    // Of a small file the time is mostly the start.
    let speed =
      hasVerdicts && bytes >= 1_000_000 ? Int(min(Double(bytes) / Double(max(taken, 1)) * 1_000_000, 1e15)) : 0
    let parts = [
      durationText(microseconds: taken), speed > 0 ? "\(sizeText(speed))/s" : "", counted(threads, "thread"),
      "\(sizeText(peakMemory)) of memory at most", bytesSpilled > 0 ? "\(sizeText(bytesSpilled)) spilled" : "",
    ]
    return paint.faint(parts.filter { !$0.isEmpty }.joined(separator: ", "))
  }
}

extension RunReport.RuleResult {
  fileprivate var style: Table.Style {
    switch status {
    case .pass: .good
    case .warn, .vacuous: .wary
    case .fail, .error: .bad
    }
  }

  /// What the figures do not say.
  fileprivate var remark: String {
    var words: [String] = []
    if let bounds { words.append(bounds) }
    if info.severity == .warn { words.append("only warns") }
    if status == .vacuous { words.append("no row was there to be judged") }
    if status == .fail, let limit = info.failOver { words.append("over \(limit)") }
    if counts.errors > 0 { words.append("\(grouped(counts.errors)) could not be judged") }
    return words.joined(separator: ", ")
  }
}

extension RunReport {
  /// What became of the rows up to the step after which they were shown, on one line.
  package func previewText(colored: Bool) -> String {
    let paint = Paint(isOn: colored)
    if let problem { return paint.bad(status.rawValue) + ": " + printable(problem) + "\n" }
    let last = steps.last.map { "step \($0.index) \($0.name)" } ?? "reading"
    var parts = ["\(counted(ledger.accepted, "row")) after \(printable(last))", "\(grouped(ledger.read)) read"]
    if ledger.quarantined > 0 { parts.append("\(grouped(ledger.quarantined)) quarantined") }
    if ledger.dropped > 0 { parts.append("\(grouped(ledger.dropped)) dropped") }
    return paint.faint(parts.joined(separator: ", ")) + "\n"
  }
}
