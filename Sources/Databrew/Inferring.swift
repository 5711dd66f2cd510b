import Diagnostics
import Engine
import Formats
import Glibc
import Inference
import Reports
import Storage

/// What `brew infer` is asked to do.
package struct InferRequest: Sendable {
  package var paths: [String]
  package var hints = DialectHints()
  package var threshold = Threshold.standard
  /// Nil: after the file.
  package var name: String?
  /// Where the recipe is to be written; nil: to standard output, for a file in the working folder.
  package var output: String?
  package var options: RunOptions

  package init(paths: [String], threads: Int) {
    self.paths = paths
    options = RunOptions(threads: threads)
  }
}

/// What came of looking at a file.
package enum InferOutcome: Sendable {
  case found(InferenceReport)
  case refused(Diagnostics)
  case failed(String)
  case interrupted
}

/// Finds out how files are spelt and what their columns hold, from all of their records, and writes the recipe where it
/// is to be written.
package func infer(_ request: InferRequest, progress: RunProgress = RunProgress()) -> InferOutcome {
  var diagnostics = Diagnostics()
  var request = request
  request.options.progress = progress
  guard let paths = Inputs.find(request.paths, &diagnostics), let first = paths.first else {
    return .refused(diagnostics)
  }
  do throws(RunEnd) {
    let look = try FirstLook(first, request.hints)
    if look.names.isEmpty { diagnostics.report(.noColumns(first)) }
    guard !diagnostics.hasErrors,
      let inputs = Inputs.open(paths, look.dialect, [first: look.content], names: look.names, &diagnostics)
    else { return .refused(diagnostics) }
    let isKnown = inputs.files.allSatisfy(\.content.isVerbatim)
    progress.total.store(isKnown ? inputs.files.reduce(0) { $0 + $1.info.size } : 0, ordering: .relaxed)
    let report = try report(inputs, look, request)
    if let output = request.output { try write(report.recipe, to: output) }
    return .found(report)
  } catch {
    if case .interrupted = error { return .interrupted }
    return .failed(error.message)
  }
}

/// How a file is spelt, by its beginning.
private struct FirstLook {
  var dialect: CSVDialect
  /// What its columns are called, each by a name of its own.
  let names: [String]
  /// Whether these stand in place of the header's.
  private(set) var replacesHeader = false
  let content: InputContent

  init(_ path: String, _ hints: DialectHints) throws(RunEnd) {
    do throws(InputFailure) {
      var content = try InputContent(path: path, encoding: hints.encoding ?? .utf8)
      let (sample, isWhole) = try content.sample(DialectDetection.sampleSize)
      var known = hints
      // What was given is decoded already; a pipe cannot be begun anew in another encoding.
      if hints.encoding != nil { known.encoding = .utf8 }
      dialect = DialectDetection.detect(sample, isWhole: isWhole, known)
      if let encoding = hints.encoding { dialect.encoding = encoding }
      if dialect.encoding != content.encoding {
        guard !content.isFleeting else { throw .otherEncoding(path: path, found: dialect.encoding) }
        content = try InputContent(path: path, encoding: dialect.encoding)
      }
      self.content = content
      let reader = try CSVReader(content.look(), dialect)
      guard let header = reader.header else {
        names = dialect.header ? [] : (0..<(reader.fieldCount ?? 0)).map { "column_\($0 + 1)" }
        return
      }
      names = Self.distinct(header.fields)
      guard names != header.fields else { return }
      // A recipe reads such columns by their order.
      replacesHeader = true
      dialect.header = false
      dialect.skippedLines = Int(clamping: header.line) - 1 + header.raw.count { $0 == UInt8(ascii: "\n") } + 1
    } catch {
      throw .input(error)
    }
  }

  /// The names, those that are empty or were there before replaced.
  private static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.enumerated().map { index, name in
      let wanted = name.isEmpty ? "column_\(index + 1)" : name
      var result = wanted
      var number = 2
      while taken.contains(result) || (result != name && names.contains(result)) {
        result = "\(wanted)_\(number)"
        number += 1
      }
      taken.insert(result)
      return result
    }
  }
}

private func report(_ inputs: Inputs, _ look: FirstLook, _ request: InferRequest) throws(RunEnd) -> InferenceReport {
  let scan = try FormScan.run(inputs, readings: 2, request.options)
  let names = inputs.schema.names ?? []
  let findings = zip(names, scan.columns).map { ColumnFinding(name: $0, $1, threshold: request.threshold) }
  let wrong = findings.indices.filter { findings[$0].nonconforming > 0 }
  var refused = scan.unreadable + wrong.reduce(0) { $0 + findings[$1].nonconforming }
  if wrong.count > 1 {
    // A row may have several values that do not fit.
    let readings = wrong.map { index in
      TypedReading(
        column: index, type: findings[index].type, formats: findings[index].formats,
        nulls: findings[index].nulls.map(\.word))
    }
    refused = try countMisfitRows(inputs, readings, request.options)
  }
  let stem = recipeName(inputs.files[0].path)
  let place = request.output.map { folder(of: $0) } ?? "."
  return InferenceReport(
    name: request.name ?? stem,
    files: zip(inputs.files, scan.recordsByFile).map { .init(path: $0.path, records: $1) },
    dialect: look.dialect, threshold: request.threshold, columns: findings,
    malformed: scan.malformed.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key.name, $0.value) },
    refused: refused, replacesHeader: look.replacesHeader,
    paths: request.paths.map { path(to: $0, from: place) }, output: "\(stem).clean.csv")
}

/// `2024-09` of `fixtures/2024-09.csv.gz`
private func recipeName(_ path: String) -> String {
  if path == "-" { return "input" }
  let file = path.split(separator: "/").last.map(String.init) ?? path
  let plain = Compression.plainName(file)
  let stem = plain.lastIndex(of: ".").map { String(plain[..<$0]) } ?? plain
  return stem.isEmpty ? "input" : stem
}

/// A path of the working folder as a document in `folder` names it.
private func path(to path: String, from folder: String) -> String {
  if path.hasPrefix("/") || path == "-" || folder == "." { return path }
  let parts = folder.split(separator: "/")
  if !folder.hasPrefix("/"), !parts.contains("..") {
    return parts.filter { $0 != "." }.map { _ in "../" }.joined() + path
  }
  guard let working = getcwd(nil, 0) else { return path }
  defer { free(working) }
  return String(cString: working) + "/" + path
}

private func write(_ text: String, to path: String) throws(RunEnd) {
  do throws(StorageFailure) {
    let staging = Staging()
    let file = try staging.open(path)
    var failure: StorageFailure?
    Array(text.utf8).withUnsafeBytes { bytes in
      do throws(StorageFailure) { try file.write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
    try staging.commit()
  } catch {
    throw .storage(error)
  }
}

extension Diagnostic {
  fileprivate static func noColumns(_ path: String) -> Diagnostic {
    Diagnostic("no-input", "\(path) has no columns: it is empty", at: nil)
  }
}
