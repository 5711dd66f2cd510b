import Diagnostics
import Plans

extension PlanOutline {
  /// The plan as `brew.plan/1`.
  package var json: JSON {
    [
      "schema": "brew.plan/1", "name": .string(plan.name), "file": .string(file), "as_of": .string(instantText(asOf)),
      "parameters": .object(parameters.map { JSON.Member($0.name, .string($0.value)) }),
      "passes": .int(plan.program.passes),
      "least_passes": .int(plan.leastPasses), "inputs": .array(inputs.map(\.json)),
      "further_inputs": .array(
        furtherInputs.enumerated().map { place, further in
          [
            "name": .string(further.input.name), "readings": .int(plan.readings(of: place)),
            "passes": .int(further.input.program.passes), "memory": .string(MemoryClass.whole.rawValue),
            "on_error": .string(further.input.onRefused.rawValue), "files": .array(further.files.map(\.json)),
            "stages": .array(outlines(of: further.input.program, further.input.schemas).map { $0.json(file) }),
          ]
        }),
      "stages": .array(stages.map { $0.json(file) }), "rules": .array(plan.rules.map(\.planJSON)),
      "gate": .array(
        plan.gates.flatMap(\.conditions).map {
          ["name": .string($0.figure.rawValue), "bounds": .string("\($0.bounds)")]
        }),
      "output": .optional(output), "quarantine": .optional(quarantine), "diagnostics": diagnostics.json,
    ]
  }
}

extension PlanOutline.Input {
  fileprivate var json: JSON { ["path": .string(path), "bytes": .int(bytes)] }
}

extension StageOutline {
  fileprivate func json(_ file: String) -> JSON {
    [
      "index": .int(stage.index), "name": .string(stage.name), "label": .optional(stage.label),
      "file": .string(file), "line": .optional(stage.line), "memory": .string(memory.rawValue),
      "drops": .bool(drops), "rules": .array(rules.map { .int($0.id) }),
      "changes": .array(changes.map(\.json)),
      "columns": .array(
        columns.map { column in
          [
            "name": .string(column.name), "type": .string("\(column.type)"),
            "tags": .array(column.tags.sorted().map { .string($0) }),
          ]
        }),
    ]
  }

  private var drops: Bool { if case .keep = stage.action { true } else { false } }
}

extension ColumnChange {
  fileprivate var json: JSON {
    switch self {
    case .added(let name, let type): ["change": "added", "column": .string(name), "type": .string("\(type)")]
    case .removed(let name): ["change": "removed", "column": .string(name)]
    case .renamed(let old, let new): ["change": "renamed", "column": .string(new), "from": .string(old)]
    case .changed(let name, let old, let new):
      [
        "change": "changed", "column": .string(name), "type": .string("\(new)"), "from_type": .string("\(old)"),
      ]
    }
  }
}

extension RuleInfo {
  fileprivate var planJSON: JSON {
    [
      "id": .int(id), "name": .string(name), "code": .string(code), "file": .string(file), "line": .int(line),
      "columns": .array(columns.map { .string($0) }), "severity": .string(severity.rawValue),
      "fingerprint": .string(fingerprint),
    ]
  }
}
