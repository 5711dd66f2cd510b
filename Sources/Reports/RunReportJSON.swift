import Columns
import Diagnostics
import Kernels
import Plans

extension RunReport {
  /// The report as `brew.run/1`.
  package var json: JSON {
    [
      "schema": "brew.run/1", "run": .string(run), "status": .string(status.rawValue), "exit": .int(Int(exit)),
      "published": .bool(published),
      "recipe": [
        "name": .string(recipe.name), "file": .string(recipe.file), "fingerprint": .string(recipe.fingerprint),
      ],
      "engine": .string(engine), "as_of": .string(instantText(asOf)),
      "parameters": .object(parameters.map { JSON.Member($0.name, .string($0.value)) }),
      "started": .string(instantText(started)), "finished": .string(instantText(finished)),
      "seconds": .double(Double(finished - started) / 1_000_000), "threads": .int(threads),
      "peak_memory": .int(peakMemory), "bytes_spilled": .int(bytesSpilled), "inputs": .array(inputs.map(\.json)),
      "further_inputs": .array(furtherInputs.map(\.json)),
      "ledger": ledger.json,
      "steps": .array(steps.map(\.json)), "rules": .array(rules.map(\.json)), "reasons": .array(reasons.map(\.json)),
      "gate": [
        "status": .string(gateHolds ? "passed" : "failed"), "conditions": .array(conditions.map(\.json)),
      ],
      "outputs": .array(outputs.map(\.json)), "quarantine": quarantine?.quarantineJSON ?? .null,
      "problem": .optional(problem), "diagnostics": diagnostics.json,
    ]
  }
}

extension RunReport.Input {
  fileprivate var json: JSON {
    withDigest(
      [
        "path": .string(path), "bytes": .int(bytes), "rows": .int(rows), "modified": .string(instantText(modified)),
      ], sha256)
  }
}

extension RunReport.FurtherInput {
  fileprivate var json: JSON {
    ["name": .string(name), "refused": .int(refused), "files": .array(files.map(\.json))]
  }
}

extension Ledger {
  fileprivate var json: JSON {
    [
      "read": .int(read), "accepted": .int(accepted), "quarantined": .int(quarantined), "dropped": .int(dropped),
      "expanded": .int(steps.reduce(0) { $0 + $1.expanded }), "added": .int(steps.reduce(0) { $0 + $1.added }),
      "merged": .int(steps.reduce(0) { $0 + $1.merged }),
    ]
  }
}

extension RunReport.Step {
  fileprivate var json: JSON {
    [
      "index": .int(index), "name": .string(name), "line": .optional(line), "in": .int(counts.entered),
      "out": .int(counts.left), "quarantined": .int(counts.quarantined), "dropped": .int(counts.dropped),
      "dropped_null": .int(counts.droppedNull), "expanded": .int(counts.expanded), "added": .int(counts.added),
      "merged": .int(counts.merged),
    ]
  }
}

extension RunReport.Place {
  fileprivate var json: JSON { ["file": .string(file), "record": .int(record), "line": .int(line)] }
}

extension RunReport.RuleResult {
  fileprivate var json: JSON {
    [
      "id": .int(info.id), "name": .string(info.name), "code": .string(info.code), "file": .string(info.file),
      "line": .int(info.line), "columns": .array(info.columns.map { .string($0) }),
      "severity": .string(info.severity.rawValue), "status": .string(status.rawValue),
      "evaluated": .int(counts.evaluated), "skipped": .int(counts.skipped), "nulls": .int(counts.nulls),
      "passed": .int(counts.passed), "failed": .int(counts.failed), "errors": .int(counts.errors),
      "observed": .optional(observed), "bounds": .optional(bounds), "fingerprint": .string(info.fingerprint),
      "tags": .array(info.tags.map { .string($0) }), "owner": .optional(info.owner),
      "description": .optional(info.description), "message": .optional(info.message),
      "samples": .array(samples.map(\.json)),
    ]
  }
}

extension RunReport.Reason {
  fileprivate var json: JSON {
    [
      "code": .string(code), "rule": .optional(rule), "column": .optional(column), "rows": .int(rows),
      "first_line": .int(firstLine), "first_file": .string(firstFile),
    ]
  }
}

extension RunReport.Condition {
  fileprivate var json: JSON {
    [
      "name": .string(name), "bounds": .string(bounds), "observed": .string(observed),
      "status": .string(holds ? "passed" : "failed"),
    ]
  }
}

extension RunReport.Output {
  fileprivate var json: JSON {
    withDigest(
      [
        "path": .string(path), "rows": .int(rows), "bytes": .int(bytes),
        "schema": .array(schema.fields.map { ["name": .string($0.name), "type": .string("\($0.type)")] }),
      ], sha256)
  }

  fileprivate var quarantineJSON: JSON {
    withDigest(["path": .string(path), "rows": .int(rows), "bytes": .int(bytes)], sha256)
  }
}

private func withDigest(_ json: JSON, _ sha256: String?) -> JSON {
  guard let sha256, case .object(let members) = json else { return json }
  return .object(members + [JSON.Member("sha256", .string(sha256))])
}

/// An instant, in microseconds since the epoch, as canonical text: `2024-09-01 08:00:00Z`.
package func instantText(_ instant: Int64) -> String {
  let store = ByteStore(capacity: 64)
  let column = Column(.timestamptz, .integers([instant]), count: 1)
  return store.string(Temporal.texts(column, in: store)[0])
}
