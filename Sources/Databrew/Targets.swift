import Columns
import Diagnostics
import Documents
import Engine
import Formats
import Plans
import Reports
import Storage

extension Compilation {
  /// Where a run's files go, nil where that is not known, and all that was found in the documents, that included.
  func targets(_ request: ApplyRequest) -> (targets: Targets?, diagnostics: Diagnostics) {
    var diagnostics = diagnostics
    let targets = recipe.flatMap { Targets($0, request, self, &diagnostics) }
    return (targets, diagnostics.inOrderOfPosition)
  }
}

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
    inputDialect = compilation.inputs?.dialect ?? CSVDialect()
    let parameters = Dictionary(compilation.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    guard
      let output = request.output ?? recipe.output.flatMap({ $0.path.value.resolved(parameters, &diagnostics) })
    else {
      if !recipe.namesOutput { diagnostics.report(.noOutput(in: recipe.file)) }
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
    let plain = Compression.plainName(output)
    let name = output == "-" ? recipe.name : plain.hasSuffix(".csv") ? String(plain.dropLast(4)) : plain
    let ending = if case .csv = format { "csv" } else { "jsonl" }
    quarantine = request.quarantine ?? written ?? "\(name).quarantine.\(ending)"
    let outputPlace = request.output == nil ? recipe.output?.path.range : nil
    let quarantinePlace = request.quarantine == nil ? recipe.quarantine?.path?.range : nil
    let targets = [(output, outputPlace), (quarantine, quarantinePlace), (request.report ?? "-", nil)]
    for (path, place) in targets where path != "-" && Self.isRead(path, by: compilation, recipe) {
      diagnostics.report(.outputIsInput(path, at: place))
    }
    if output == quarantine { diagnostics.report(.sameTarget(output, at: quarantinePlace ?? outputPlace)) }
    if let report = request.report, report != "-", [output, quarantine].contains(report) {
      diagnostics.report(.reportIsTarget(report))
    }
    if quarantine == "-" { diagnostics.report(.quarantineNeedsFile) }
    if output == "-", request.outputTaken { diagnostics.report(.outputTaken) }
  }

  /// Whether a path, by whatever name or link, is an input of the run or a document that it was compiled from.
  private static func isRead(_ path: String, by compilation: Compilation, _ recipe: RecipeDocument) -> Bool {
    let read = [recipe.input] + recipe.furtherInputs.map(\.input)
    let declared = read.flatMap { $0.columns.sound.map(\.range.file.path) }
    let documents = Set([recipe.file.path] + declared + (compilation.plan?.rules.map(\.file) ?? []))
    let inputs = compilation.allFiles
    if documents.contains(path) || inputs.contains(where: { $0.path == path }) { return true }
    guard let target = FileInfo(path), target.isRegular else { return false }
    let known = inputs.map(\.info) + documents.compactMap { FileInfo($0) }
    return known.contains { $0.device == target.device && $0.number == target.number }
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
    let plain = Compression.plainName(quarantine)
    return (plain.hasSuffix(".csv") ? String(plain.dropLast(4)) : plain) + ".unreadable.jsonl"
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
      "encoding": .string(inputDialect.encoding.rawValue),
    ]
  }
}

/// The files of a run while they are written: one set, the report among them.
struct OpenOutputs {
  private let targets: Targets
  private let staging: Staging
  private let output: StagedFile
  private let quarantine: StagedFile
  private let unreadable: StagedFile?
  private let report: StagedFile?
  /// Those of the sinks that pack their bytes.
  private let packers: [CompressedSink]
  let sinks: RunSinks

  init(_ targets: Targets, report: String?, _ sideFiles: SideFiles) throws(StorageFailure) {
    self.targets = targets
    staging = Staging(sideFiles: sideFiles)
    output = try staging.open(targets.output)
    quarantine = try staging.open(targets.quarantine, mode: 0o600)
    var unreadable: StagedFile?
    if let path = targets.unreadable { unreadable = try staging.open(path, mode: 0o600) }
    self.unreadable = unreadable
    var written: StagedFile?
    if let report { written = try staging.open(report) }
    self.report = written
    var packers: [CompressedSink] = []
    func packed(_ file: StagedFile) throws(StorageFailure) -> any ByteSink {
      guard let compression = Compression(name: file.path) else { return file }
      let packer = try CompressedSink(compression, to: file)
      packers.append(packer)
      return packer
    }
    let rest: any ByteSink = if let unreadable { try packed(unreadable) } else { NullSink() }
    sinks = RunSinks(accepted: try packed(output), quarantine: try packed(quarantine), unreadable: rest)
    self.packers = packers
  }

  /// What was found to settle of runs before, for people to know.
  var recoveries: [Diagnostic] { staging.recoveries.map { Diagnostic("recovered", .note, $0.message, at: nil) } }

  /// Publishes what the judged run lets out, all or nothing: the output only if the gate holds, the quarantine unless the
  /// run did not come to an end, the report always.
  func settle(
    _ run: inout RunReport, _ outcome: RunOutcome, _ plan: BoundPlan, _ request: ApplyRequest
  ) throws(StorageFailure) {
    let isWhole = run.status != .error && run.status != .interrupted
    let isPublished = run.status == .passed || run.status == .warned
    let keepsRejected = request.keep && run.status == .failed
    if keepsRejected { output.setAside(".rejected") } else if !isPublished { output.drop() }
    if isWhole { for packer in packers { try packer.finish() } } else { quarantine.drop() }
    // A file of an earlier run must not pass for this one's.
    let hasUnreadable = outcome.unreadable > 0 || targets.unreadable.flatMap { FileInfo($0) } != nil
    if !isWhole || !hasUnreadable { unreadable?.drop() }
    run.published = isPublished
    let schema = Schema(plan.program.output.map { Field($0.name, $0.type, tags: $0.tags) })
    if isPublished || keepsRejected || (isWhole && targets.output == "-") {
      let path = targets.output + (keepsRejected && output.stagedPath != nil ? ".rejected" : "")
      run.outputs = [.init(path: path, rows: run.ledger.accepted, bytes: output.bytesWritten, schema: schema)]
    }
    if isWhole {
      run.quarantine = .init(
        path: targets.quarantine, rows: run.ledger.quarantined, bytes: quarantine.bytesWritten, schema: Schema())
    }
    if request.digest { run.addDigests(output: output.stagedPath, quarantine: quarantine.stagedPath) }
    run.finish()
    if let report { try report.write(run) }
    try staging.commit()
  }
}

extension ByteSink {
  /// Writes a report as people and programs read it.
  func write(_ report: RunReport) throws(StorageFailure) {
    let bytes = report.json.bytes(indented: true) + [UInt8(ascii: "\n")]
    var failure: StorageFailure?
    bytes.withUnsafeBytes { raw in
      do throws(StorageFailure) { try write(raw) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

extension Diagnostic {
  fileprivate static func noOutput(in file: SourceFile) -> Diagnostic {
    Diagnostic(
      "missing-key", "the recipe does not say where accepted rows go", at: SourceRange(file, 0, 0),
      help: "add 'output: {path: …}', or give --output")
  }

  fileprivate static func outputIsInput(_ path: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("output-is-input", "'\(path)' is read by this run and cannot be written by it", at: range)
  }

  fileprivate static let outputTaken = Diagnostic(
    "output-taken", "standard output cannot hold both the rows and the report", at: nil,
    help: "give --output PATH for the rows, or --report PATH for the report")

  fileprivate static let quarantineNeedsFile = Diagnostic(
    "bad-path", "refused rows go to a file, not to standard output", at: nil)

  fileprivate static func reportIsTarget(_ path: String) -> Diagnostic {
    Diagnostic("output-is-input", "'\(path)' is to hold both rows and the run report", at: nil)
  }

  fileprivate static func sameTarget(_ path: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("output-is-input", "'\(path)' is to hold both accepted and refused rows", at: range)
  }
}
