import Columns
import Diagnostics
import Documents
import Engine
import Formats
import Plans
import Reports
import Storage

/// Where a run's files go and how they are written.
struct Targets {
  let output: String
  let outputDialect: CSVOutputDialect
  let quarantine: String
  let quarantineFormat: QuarantineFormat
  let inputDialect: CSVDialect

  /// Nil, reported, where the documents or the options do not say enough.
  init?(_ recipe: RecipeDocument, _ request: ApplyRequest, _ compilation: Compilation, _ diagnostics: inout Diagnostics)
  {
    guard let inputs = compilation.inputs else { return nil }
    inputDialect = inputs.dialect
    let parameters = Dictionary(compilation.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    guard
      let output = request.output ?? recipe.output.flatMap({ $0.path.value.resolved(parameters, &diagnostics) })
    else {
      if recipe.output == nil { diagnostics.report(.noOutput(in: recipe.file)) }
      return nil
    }
    self.output = output
    guard let choice = Self.choice(recipe.output?.format, known: ["csv"], &diagnostics),
      let dialect = CSVOptions.outputDialect(choice.format, &diagnostics),
      let refused = Self.choice(recipe.quarantine?.format, known: ["jsonl", "csv"], &diagnostics),
      let format = Self.format(refused.format, recipe.quarantine, &diagnostics)
    else { return nil }
    outputDialect = dialect
    quarantineFormat = format
    let written = recipe.quarantine?.path.flatMap { $0.value.resolved(parameters, &diagnostics) }
    let name = output == "-" ? recipe.name : output.hasSuffix(".csv") ? String(output.dropLast(4)) : output
    let ending = if case .csv = format { "csv" } else { "jsonl" }
    quarantine = request.quarantine ?? written ?? "\(name).quarantine.\(ending)"
    let read = inputs.files.map(\.path)
    for path in [output, quarantine] where read.contains(path) {
      diagnostics.report(.outputIsInput(path))
    }
    if output == quarantine { diagnostics.report(.sameTarget(output)) }
    if quarantine == "-" { diagnostics.report(.quarantineNeedsFile) }
    if output == "-", request.outputTaken { diagnostics.report(.outputTaken) }
  }

  private static func choice(
    _ node: Node?, known: [String], _ diagnostics: inout Diagnostics
  ) -> (format: FormatChoice?, Void)? {
    guard let node else { return (nil, ()) }
    return FormatChoice.read(node, known: known, &diagnostics).map { ($0, ()) }
  }

  private static func format(
    _ choice: FormatChoice?, _ document: QuarantineDocument?, _ diagnostics: inout Diagnostics
  ) -> QuarantineFormat? {
    guard let choice, choice.name == "csv" else { return .jsonLines(document?.values ?? .failed) }
    guard let node = choice.options else { return .csv(withSource: false) }
    return Arguments.read(
      node, options: QuarantineFormat.csvOptions, owner: "format 'csv' of the quarantine", into: &diagnostics
    ).map { .csv(withSource: $0[QuarantineFormat.source]) }
  }

  /// Where records go that could not be read, when the quarantine is CSV.
  var unreadable: String? {
    guard case .csv = quarantineFormat else { return nil }
    return (quarantine.hasSuffix(".csv") ? String(quarantine.dropLast(4)) : quarantine) + ".unreadable.jsonl"
  }

  /// The first lines of the files of refused rows.
  func heads(_ plan: BoundPlan, _ inputs: Inputs, _ report: RunReport) -> RunHeads {
    let key = quarantineKey(plan, inputs, report).bytes() + [UInt8(ascii: "\n")]
    guard case .csv(let withSource) = quarantineFormat else { return RunHeads(quarantine: key) }
    var head = plan.inputColumns.map { csvField($0, delimiter: inputDialect.delimiter) }
    let more = ["reasons"] + (withSource ? ["source_file", "source_record", "source_line", "source_offset", "id"] : [])
    head += more.map { csvField($0, delimiter: inputDialect.delimiter) }
    return RunHeads(
      quarantine: Array(head.joined(separator: [inputDialect.delimiter])) + [UInt8(ascii: "\n")], unreadable: key)
  }

  /// The first object of a quarantine file, which is the key to the rest.
  private func quarantineKey(_ plan: BoundPlan, _ inputs: Inputs, _ report: RunReport) -> JSON {
    [
      "schema": "brew.quarantine/1", "run": .string(report.run), "recipe": .string(report.recipe.name),
      "as_of": .string(instantText(report.asOf)),
      "parameters": .object(report.parameters.map { JSON.Member($0.name, .string($0.value)) }),
      "inputs": .array(
        inputs.files.map { file in
          [
            "id": .int(file.id), "file": .string(file.path), "size": .int(file.info.size),
            "modified": .string(instantText(file.info.modified)), "header": file.header.map { .text($0) } ?? .null,
            "dialect": dialectJSON,
          ]
        }),
      "rules": .array(
        plan.rules.map { rule in
          [
            "id": .int(rule.id), "code": .string(rule.code), "name": .string(rule.name),
            "columns": .array(rule.columns.map { .string($0) }), "severity": .string(rule.severity.rawValue),
            "fingerprint": .string(rule.fingerprint), "message": .optional(rule.message),
          ]
        }),
    ]
  }

  private var dialectJSON: JSON {
    [
      "format": "csv", "delimiter": .text([inputDialect.delimiter]),
      "quote": inputDialect.quote.map { .text([$0]) } ?? .null,
      "escape": inputDialect.escape.map { .text([$0]) } ?? .null, "header": .bool(inputDialect.header),
      "encoding": "utf-8",
    ]
  }
}

/// The files of a run while they are written.
struct OpenOutputs {
  private let targets: Targets
  private let output: StagedFile?
  private let quarantine: StagedFile
  private let unreadable: StagedFile?
  let sinks: RunSinks

  init(_ targets: Targets) throws(StorageFailure) {
    self.targets = targets
    let accepted = targets.output == "-" ? nil : try StagedFile(targets.output)
    output = accepted
    quarantine = try StagedFile(targets.quarantine, mode: 0o600)
    var unreadable: StagedFile?
    if let path = targets.unreadable { unreadable = try StagedFile(path, mode: 0o600) }
    self.unreadable = unreadable
    let spare: any ByteSink = if let unreadable { unreadable } else { NullSink() }
    let rows: any ByteSink = if let accepted { accepted } else { DescriptorSink() }
    sinks = RunSinks(accepted: rows, quarantine: quarantine, unreadable: spare)
  }

  /// The files as they are called while they are written.
  var stagedPaths: [String] {
    [output, quarantine, unreadable].compactMap { $0 }.filter { $0.stagedPath != $0.path }.map(\.stagedPath)
  }

  /// Judges the run and moves its files to their places, all or none: the output only if the gate lets it, the
  /// quarantine always, unless the run did not come to an end.
  mutating func settle(
    _ report: inout RunReport, _ outcome: RunOutcome, _ plan: BoundPlan, keep: Bool
  ) throws(StorageFailure) {
    report.judge(outcome, plan)
    guard report.status != .error, report.status != .interrupted else {
      discard()
      return
    }
    let isPublished = report.status == .passed || report.status == .warned
    let keepsRejected = !isPublished && keep && report.status == .failed
    do throws(StorageFailure) {
      if isPublished || keepsRejected { try output?.flush() }
      try quarantine.flush()
      try unreadable?.flush()
      if isPublished {
        try output?.publish()
      } else if keepsRejected {
        try output?.publish(as: targets.output + ".rejected")
      }
      try quarantine.publish()
      if outcome.unreadable > 0 { try unreadable?.publish() }
    } catch {
      discard()
      throw error
    }
    discard()
    report.published = isPublished
    let schema = Schema(plan.program.output.map { Field($0.name, $0.type, tags: $0.tags) })
    let written = targets.output + (keepsRejected ? ".rejected" : "")
    if isPublished || keepsRejected || targets.output == "-" {
      report.outputs = [
        .init(path: written, rows: report.ledger.accepted, bytes: sinks.accepted.bytesWritten, schema: schema)
      ]
    }
    report.quarantine = .init(
      path: targets.quarantine, rows: report.ledger.quarantined, bytes: quarantine.bytesWritten, schema: Schema())
  }

  /// Leaves no trace of what was not published.
  private func discard() {
    output?.discard()
    quarantine.discard()
    unreadable?.discard()
  }
}

extension Diagnostic {
  fileprivate static func noOutput(in file: SourceFile) -> Diagnostic {
    Diagnostic(
      "missing-key", "the recipe does not say where accepted rows go", at: SourceRange(file, 0, 0),
      help: "add 'output: {path: …}', or give --output")
  }

  fileprivate static func outputIsInput(_ path: String) -> Diagnostic {
    Diagnostic("output-is-input", "'\(path)' is read by this run and cannot be written by it", at: nil)
  }

  fileprivate static let outputTaken = Diagnostic(
    "output-taken", "standard output cannot hold both the rows and the report", at: nil,
    help: "give --output PATH for the rows, or --report PATH for the report")

  fileprivate static let quarantineNeedsFile = Diagnostic(
    "bad-path", "refused rows go to a file, not to standard output", at: nil)

  fileprivate static func sameTarget(_ path: String) -> Diagnostic {
    Diagnostic("output-is-input", "'\(path)' is to hold both accepted and refused rows", at: nil)
  }
}
