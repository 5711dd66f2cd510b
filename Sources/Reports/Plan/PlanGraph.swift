import Plans

/// The plan as a picture: boxes, and arrows between them.
struct PlanGraph {
  struct Box {
    enum Shape { case file, stage, gate }
    let id: String
    let shape: Shape
    let lines: [String]
  }

  struct Arrow {
    let from: String
    let to: String
    let label: String
  }

  private(set) var boxes: [Box] = []
  private(set) var arrows: [Arrow] = []

  init(_ outline: PlanOutline) {
    for (index, input) in outline.inputs.prefix(20).enumerated() {
      boxes.append(Box(id: "input\(index + 1)", shape: .file, lines: [input.path]))
    }
    if outline.inputs.isEmpty { boxes.append(Box(id: "input1", shape: .file, lines: ["input not at hand"])) }
    var last = boxes.map(\.id)
    for (index, stage) in outline.stages.enumerated() {
      let id = "stage\(index)"
      boxes.append(Box(id: id, shape: .stage, lines: stage.lines))
      arrows += last.map { Arrow(from: $0, to: id, label: "") }
      if stage.canRefuse { arrows.append(Arrow(from: id, to: "quarantine", label: "refused")) }
      last = [id]
    }
    add(outline.furtherInputs, of: outline.plan)
    boxes.append(Box(id: "quarantine", shape: .file, lines: [outline.quarantine ?? "quarantine"]))
    let conditions = outline.plan.gates.flatMap(\.conditions).map { "\($0.figure.rawValue) \($0.bounds)" }
    boxes.append(Box(id: "gate", shape: .gate, lines: ["gate"] + (conditions.isEmpty ? ["no rule fails"] : conditions)))
    boxes.append(Box(id: "output", shape: .file, lines: [outline.output ?? "output"]))
    arrows += last.map { Arrow(from: $0, to: "gate", label: "accepted") }
    arrows.append(Arrow(from: "gate", to: "output", label: ""))
  }
}

extension PlanGraph {
  /// The further inputs, each with an arrow to the stages, or the inputs, that ask it.
  private mutating func add(_ inputs: [PlanOutline.FurtherInput], of plan: BoundPlan) {
    for (place, further) in inputs.enumerated() {
      let id = "further\(place + 1)"
      let files = further.files.isEmpty ? ["not at hand"] : further.files.prefix(5).map(\.path)
      boxes.append(Box(id: id, shape: .file, lines: [further.input.name] + files))
      for stage in plan.program.stages.indices where plan.program.asks(place, at: stage) {
        arrows.append(Arrow(from: id, to: "stage\(stage)", label: "keys"))
      }
      for (other, asking) in inputs.enumerated() where asking.input.program.asked.contains(place) {
        arrows.append(Arrow(from: id, to: "further\(other + 1)", label: "keys"))
      }
    }
  }
}

extension RowProgram {
  /// Whether a stage asks for the keys of a further input.
  fileprivate func asks(_ input: Int, at stage: Int) -> Bool {
    facts.contains { fact in
      if case .membership(let lookup) = fact.kind { fact.stage == stage && lookup.input == input } else { false }
    }
  }
}

extension StageOutline {
  fileprivate var canRefuse: Bool {
    switch stage.action {
    case .require(let requirements): !requirements.isEmpty
    case .keep: false
    case .reject: true
    case .judge: rules.contains { $0.severity == .error }
    }
  }

  fileprivate var lines: [String] {
    let place = stage.line.map { " :\($0)" } ?? ""
    let head = "\(stage.index) \(stage.label ?? stage.name)\(place)"
    let what: String? =
      switch stage.action {
      case .judge(let rules): counted(rules.count, "rule")
      case .keep: "drops rows"
      case .reject: "refuses rows"
      case .require: changes.isEmpty ? nil : counted(changes.count, "column") + " changed"
      }
    return [head] + (what.map { [$0] } ?? []) + ["\(counted(columns.count, "column")), \(memory.rawValue)"]
  }
}

extension PlanOutline {
  /// The plan in Graphviz' language.
  package var dot: String {
    let graph = PlanGraph(self)
    var lines = ["digraph \(dotText([plan.name])) {", "  rankdir=TB;", "  node [fontname=\"sans-serif\"];"]
    for box in graph.boxes {
      let shape =
        switch box.shape {
        case .file: "note"
        case .stage: "box"
        case .gate: "diamond"
        }
      lines.append("  \(box.id) [shape=\(shape), label=\(dotText(box.lines))];")
    }
    for arrow in graph.arrows {
      lines.append("  \(arrow.from) -> \(arrow.to)" + (arrow.label.isEmpty ? ";" : " [label=\"\(arrow.label)\"];"))
    }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  /// The plan as a Mermaid flowchart.
  package var mermaid: String {
    let graph = PlanGraph(self)
    var lines = ["flowchart TB"]
    for box in graph.boxes {
      let text = mermaidText(box.lines)
      switch box.shape {
      case .file: lines.append("  \(box.id)([\(text)])")
      case .stage: lines.append("  \(box.id)[\(text)]")
      case .gate: lines.append("  \(box.id){\(text)}")
      }
    }
    for arrow in graph.arrows {
      lines.append("  \(arrow.from) -->" + (arrow.label.isEmpty ? "" : "|\(arrow.label)|") + " \(arrow.to)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// A quoted string of Graphviz, its lines centred.
private func dotText(_ lines: [String]) -> String {
  let escaped = lines.map { line in
    line.map { character -> String in
      switch character {
      case "\"", "\\": "\\\(character)"
      case "\n", "\r\n", "\r": " "
      default: String(character)
      }
    }.joined()
  }
  return "\"" + escaped.joined(separator: "\\n") + "\""
}

/// A quoted text of Mermaid, in which characters of its own language are named by their numbers.
private func mermaidText(_ lines: [String]) -> String {
  let escaped = lines.map { line in
    line.unicodeScalars.map { scalar -> String in
      "\"#&<>;`\n\r".unicodeScalars.contains(scalar) ? "#\(scalar.value);" : String(scalar)
    }.joined()
  }
  return "\"" + escaped.joined(separator: "<br/>") + "\""
}
