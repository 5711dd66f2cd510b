import Columns
import Diagnostics
import Documents
import Formats
import Plans
import Storage

/// A file of an input, as it was when the run began.
package struct InputFile: Sendable {
  /// Its place among the run's input files, from 1.
  package let id: Int
  package let path: String
  package let info: FileInfo
  /// The bytes of its header record; nil without one.
  package let header: [UInt8]?
  /// For each of the plan's input columns, its place in this file.
  let columns: [Int]
  /// Its text, as often as the run needs it.
  package let content: InputContent
  /// What ends its lines.
  let lineEnd: CSVDialect.LineEnd
}

/// The files of an input, looked at before the first record is read.
package struct Inputs: Sendable {
  package let files: [InputFile]
  package let dialect: CSVDialect
  package let schema: InputSchema

  /// The size of all files, as the system gives it.
  package var bytes: Int { files.reduce(0) { $0 + $1.info.size } }

  /// Finds the files of an input and reads their headers.
  ///
  /// - Parameters:
  ///   - override: paths that stand in place of the document's.
  ///   - isRequired: false for `brew check`, which goes on without the files.
  /// - Returns: nil, reported, where the files cannot be had.
  package static func look(
    at document: InputDocument, paths override: [String], parameters: [String: String], isRequired: Bool,
    _ diagnostics: inout Diagnostics
  ) -> Inputs? {
    var choice: FormatChoice?
    if let format = document.format {
      guard let read = FormatChoice.read(format, known: ["csv"], &diagnostics) else { return nil }
      choice = read
    }
    guard let dialect = CSVOptions.inputDialect(choice, &diagnostics) else { return nil }
    guard
      let patterns = override.isEmpty
        ? patterns(document, parameters, &diagnostics) : override.map({ Pattern(path: $0, range: nil) })
    else { return nil }
    guard let paths = find(patterns, isRequired: isRequired, &diagnostics) else { return nil }
    guard !paths.isEmpty else {
      let path = patterns.first?.path ?? "the input"
      return Inputs(
        files: [], dialect: dialect, schema: InputSchema(names: nil, path: path, nulls: dialect.nulls))
    }
    let opening = Opening(
      dialect: dialect, declared: document.columns.sound.map(\.source), matchesByName: document.matchesByName,
      range: document.range)
    return open(paths, opening, &diagnostics)
  }

  /// The files of paths and globs; nil, reported, where there are none and they must be had.
  package static func find(_ patterns: [String], _ diagnostics: inout Diagnostics) -> [String]? {
    find(patterns.map { Pattern(path: $0, range: nil) }, isRequired: true, &diagnostics)
  }

  /// Opens files that are spelt in one way, without a document that says so; nil, reported, where that cannot be.
  ///
  /// - Parameters:
  ///   - contents: those that were opened already, by path.
  ///   - names: what the fields are called where the files have no header.
  package static func open(
    _ paths: [String], _ dialect: CSVDialect, _ contents: [String: InputContent], names: [String],
    _ diagnostics: inout Diagnostics
  ) -> Inputs? {
    var found = Diagnostics()
    let nowhere = SourceRange(SourceFile(path: "", bytes: []), 0, 0)
    let opening = Opening(dialect: dialect, declared: names, matchesByName: false, contents: contents, range: nowhere)
    let inputs = open(paths, opening, &found)
    for fault in found.all {
      diagnostics.report(Diagnostic(fault.code, fault.severity, fault.message, at: nil, help: fault.help))
    }
    return inputs
  }

  /// How files are opened.
  private struct Opening {
    let dialect: CSVDialect
    /// The declared columns, which name the fields by their order where there is no header.
    let declared: [String]
    let matchesByName: Bool
    var contents: [String: InputContent] = [:]
    /// What faults are reported at.
    let range: SourceRange
  }

  private static func find(
    _ patterns: [Pattern], isRequired: Bool, _ diagnostics: inout Diagnostics
  ) -> [String]? {
    var paths: [String] = []
    for pattern in patterns {
      let found = find(pattern.path, isRequired: isRequired)
      if found.isEmpty {
        diagnostics.report(.noInput(pattern.path, at: pattern.range, isRequired: isRequired))
      }
      paths += found.filter { !paths.contains($0) }
    }
    return isRequired && diagnostics.hasErrors ? nil : paths
  }

  /// The files of a pattern. Without a run to come, nothing is taken from standard input and pipes.
  private static func find(_ pattern: String, isRequired: Bool) -> [String] {
    if pattern == "-" { return isRequired ? [pattern] : [] }
    return expandGlob(pattern).filter { path in
      guard let info = FileInfo(path) else { return false }
      return !info.isFolder && (isRequired || info.isRegular)
    }
  }

  private struct Pattern {
    let path: String
    let range: SourceRange?
  }

  private static func patterns(
    _ document: InputDocument, _ parameters: [String: String], _ diagnostics: inout Diagnostics
  ) -> [Pattern]? {
    let found = document.paths.map { located -> Pattern? in
      located.value.resolved(parameters, &diagnostics).map { Pattern(path: $0, range: located.range) }
    }
    let sound = found.compactMap { $0 }
    return sound.count == found.count ? sound : nil
  }

  private static func open(
    _ paths: [String], _ opening: Opening, _ diagnostics: inout Diagnostics
  ) -> Inputs? {
    var names: [String]?
    var files: [InputFile] = []
    for path in paths {
      guard let look = look(path, opening, &diagnostics) else { continue }
      let known = names ?? look.names
      guard !known.isEmpty || look.names.isEmpty, let columns = columns(of: look.names, as: known, opening) else {
        diagnostics.report(.headersDiffer(path, paths[0], look.names, known, at: opening.range))
        continue
      }
      if names == nil, !look.names.isEmpty { names = look.names }
      files.append(
        InputFile(
          id: files.count + 1, path: path, info: look.content.info, header: look.header, columns: columns,
          content: look.content, lineEnd: look.lineEnd))
    }
    guard !diagnostics.hasErrors else { return nil }
    // What has no header lacks no column either: it has those that are declared, and no row.
    if names == nil, opening.dialect.header { diagnostics.report(.emptyInput(paths, at: opening.range)) }
    let schema = InputSchema(names: names ?? opening.declared, path: paths[0], nulls: opening.dialect.nulls)
    return Inputs(files: files, dialect: opening.dialect, schema: schema)
  }

  private struct Look {
    let content: InputContent
    let lineEnd: CSVDialect.LineEnd
    let names: [String]
    let header: [UInt8]?
  }

  private static func look(
    _ path: String, _ opening: Opening, _ diagnostics: inout Diagnostics
  ) -> Look? {
    let dialect = opening.dialect
    do {
      let content: InputContent
      if let known = opening.contents[path] {
        content = known
      } else {
        content = try InputContent(path: path, encoding: dialect.encoding)
      }
      let reader = try CSVReader(content.look(), dialect)
      let lineEnd = reader.dialect.lineEnd
      if let header = reader.header {
        return Look(content: content, lineEnd: lineEnd, names: header.fields, header: header.raw)
      }
      // Without a header the declared columns name the fields by their order.
      let declared = opening.declared
      let count = dialect.header ? 0 : reader.fieldCount ?? declared.count
      let names = (0..<count).map { $0 < declared.count ? declared[$0] : "column_\($0 + 1)" }
      return Look(content: content, lineEnd: lineEnd, names: names, header: nil)
    } catch {
      diagnostics.report(.cannotRead(error, at: opening.range))
      return nil
    }
  }

  /// Where each known column stands in a file; nil where the headers do not agree. An empty file agrees with any.
  private static func columns(of names: [String], as known: [String], _ opening: Opening) -> [Int]? {
    if names == known || names.isEmpty { return Array(known.indices) }
    guard opening.matchesByName, names.count == known.count else { return nil }
    let position = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    let places = known.compactMap { position[$0] }
    return places.count == known.count ? places : nil
  }
}

extension PathText {
  /// Whether a parameter is put into the path.
  package func names(_ parameter: String) -> Bool { text.string.contains("${\(parameter)}") }

  /// The path from where the run was started, with parameters put in; nil, reported, where a parameter is unknown or is
  /// no part of a path.
  package func resolved(_ parameters: [String: String], _ diagnostics: inout Diagnostics) -> String? {
    guard !text.bytes.isEmpty else {
      diagnostics.report(.badPath("the path is empty", at: text.range))
      return nil
    }
    var result = ""
    var rest = text.string[...]
    while let start = rest.firstRange(of: "${") {
      result += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "}") else {
        diagnostics.report(.badPath("'${' is not closed", at: text.range))
        return nil
      }
      let name = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      guard let value = parameters[name] else {
        diagnostics.report(.unknownPathParameter(name, at: text.range, known: parameters.keys.sorted()))
        return nil
      }
      guard !value.contains("/"), !value.contains("..") else {
        diagnostics.report(
          .badPath("parameter '\(name)' is '\(value)', and in a path it has no '/' or '..'", at: text.range))
        return nil
      }
      result += value
    }
    return resolve(result + rest, besides: text.file.path)
  }
}

extension Diagnostic {
  fileprivate static func noInput(_ path: String, at range: SourceRange?, isRequired: Bool) -> Diagnostic {
    // A glob is not one name, and has no neighbour.
    let isGlob = path.contains { "*?[".contains($0) }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let names = isGlob ? [] : expandGlob("\(folder)*").map { String($0.dropFirst(folder.count)) }
    let message = isGlob ? "no file matches '\(path)'" : "no file '\(path)'"
    return Diagnostic(
      "no-input", isRequired ? .error : .note, isRequired ? message : "\(message): compiled without the input",
      at: range,
      label: didYouMean(String(path.dropFirst(folder.count)), in: names))
  }

  fileprivate static func cannotRead(_ failure: InputFailure, at range: SourceRange?) -> Diagnostic {
    Diagnostic("no-input", failure.message, at: range)
  }

  fileprivate static func emptyInput(_ paths: [String], at range: SourceRange?) -> Diagnostic {
    let which = paths.count == 1 ? "\(paths[0]) is empty" : "all \(paths.count) files of the input are empty"
    return Diagnostic(
      "empty-input", .warning, "\(which): there is no header, and no row", at: range,
      help: "only columns declared under 'columns:' are known")
  }

  fileprivate static func headersDiffer(
    _ path: String, _ first: String, _ names: [String], _ known: [String], at range: SourceRange?
  ) -> Diagnostic {
    let missing = known.filter { !names.contains($0) }
    let more = names.filter { !known.contains($0) }
    var facts = missing.isEmpty ? [] : ["it lacks " + missing.prefix(5).joined(separator: ", ")]
    if !more.isEmpty { facts.append("it has also " + more.prefix(5).joined(separator: ", ")) }
    let help =
      facts.isEmpty ? "the order differs: write 'headers: by_name' to allow that" : facts.joined(separator: "; ")
    return Diagnostic("headers-differ", "the header of \(path) is not that of \(first)", at: range, help: help)
  }

  fileprivate static func badPath(_ message: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("bad-path", message, at: range)
  }

  fileprivate static func unknownPathParameter(_ name: String, at range: SourceRange?, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-parameter", "no parameter '\(name)' is declared", at: range,
      label: nearest(name, in: known).map { "did you mean '\($0)'?" })
  }
}

extension InputFailure {
  /// `cannot open a.csv: No such file or directory`
  package var message: String {
    switch self {
    case .cannotOpen(let path, let code): "cannot open \(path): \(systemMessage(code))"
    case .cannotRead(let path, let code): "cannot read \(path): \(systemMessage(code))"
    case .malformedHeader(let path, let code, let line):
      "the header of \(path), line \(line), is malformed: \(code.name)"
    case .tooLarge(let path): "a record of \(path) does not fit in memory"
    case .packed(let path, let compression, let fault):
      "\(path) is no sound \(compression.rawValue) file: \(fault.description)"
    case .noByteOrderMark(let path):
      "\(path) has no byte order mark: write 'encoding: utf-16le' or 'encoding: utf-16be'"
    case .otherByteOrder(let path, let said, let found):
      "\(path) has the byte order mark of \(found.rawValue), and was to be \(said.rawValue)"
    case .otherEncoding(let path, let found):
      "\(path) looks like \(found.rawValue), and can be read only once: say so with '--encoding \(found.rawValue)'"
    case .footerTooLong(let path): "the footer of \(path) does not fit in memory"
    case .changed(let path): "\(path) was changed while it was read"
    case .cannotKeep(let path, let code): "cannot keep \(path) for a second reading: \(systemMessage(code))"
    case .alreadyRead(let path): "\(path) can be read only once"
    }
  }
}

extension Inputs {
  /// A file that was read must still be what it was when it is read again, and when what came of it is published.
  func checkUnchanged() throws(RunEnd) {
    for file in files where !file.content.isFleeting && FileInfo(file.path) != file.info { throw .changed(file.path) }
  }

  /// Says how many times the files will be read, so that what can be read only once is kept for the later readings.
  func prepare(readings: Int, _ resources: RunResources) {
    let spool = Spool { () throws(StorageFailure) in try resources.temporaryFolder() }
    for file in files { file.content.prepare(readings: readings, spool: spool) }
  }
}
