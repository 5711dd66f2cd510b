/// What a person is told about a document, as data. Rendering is apart.
package struct Diagnostic: Error, Sendable {
  package enum Severity: String, Sendable { case error, warning, note }

  /// Stable, kebab-case, such as `unknown-column`.
  package let code: String
  package let severity: Severity
  package let message: String
  /// Where the fault stands; nil where no document is to blame.
  package let range: SourceRange?
  /// A few words beside the caret, such as `did you mean 'minutes'?`.
  package let label: String?
  /// What to do, such as the corrected line.
  package let help: String?

  package init(
    _ code: String, _ severity: Severity = .error, _ message: String, at range: SourceRange?, label: String? = nil,
    help: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.range = range
    self.label = label
    self.help = help
  }

  /// An error.
  package init(
    _ code: String, _ message: String, at range: SourceRange?, label: String? = nil, help: String? = nil
  ) {
    self.init(code, .error, message, at: range, label: label, help: help)
  }
}

/// The diagnostics of a compilation, in the order in which they were found.
package struct Diagnostics: Error, Sendable {
  /// At most ``most``, and then a note that there are more.
  package private(set) var all: [Diagnostic] = []
  package private(set) var hasErrors = false

  /// What nobody would read to its end is not kept.
  package static let most = 1_000

  package init(_ all: [Diagnostic] = []) { all.forEach { report($0) } }

  package mutating func report(_ diagnostic: Diagnostic) {
    hasErrors = hasErrors || diagnostic.severity == .error
    if all.count < Self.most {
      all.append(diagnostic)
    } else if all.count == Self.most {
      all.append(Diagnostic("more", .note, "there are more than these \(Self.most) messages", at: nil))
    }
  }

  package mutating func merge(_ other: Diagnostics) {
    other.all.forEach { report($0) }
    hasErrors = hasErrors || other.hasErrors
  }

  /// The diagnostics in the order in which a reader of the documents meets them, each once: what is about no document
  /// first, then file by file as they came up, from top to bottom.
  package var inOrderOfPosition: Diagnostics {
    var files: [ObjectIdentifier: Int] = [:]
    var seen: Set<String> = []
    var placed: [(file: Int, offset: Int, diagnostic: Diagnostic)] = []
    for diagnostic in all {
      let file = diagnostic.range.map { files[ObjectIdentifier($0.file), default: files.count + 1] } ?? 0
      if let range = diagnostic.range { files[ObjectIdentifier(range.file)] = file }
      let offset = diagnostic.range?.lower ?? 0
      guard seen.insert("\(file) \(offset) \(diagnostic.code) \(diagnostic.message)").inserted else { continue }
      placed.append((diagnostic.code == "more" ? Int.max : file, offset, diagnostic))
    }
    // The sort of the standard library is stable.
    var result = Diagnostics(placed.sorted { ($0.file, $0.offset) < ($1.file, $1.offset) }.map(\.diagnostic))
    result.hasErrors = hasErrors
    return result
  }
}
