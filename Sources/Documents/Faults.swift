import Diagnostics

/// The words for what can be wrong with a document.
extension Diagnostic {
  static func invalidUTF8(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "invalid-utf8", .error, "the file is no UTF-8 text", at: range, label: "this byte cannot stand here",
      help: "save the file as UTF-8")
  }

  static func yamlSyntax(
    _ problem: String, at range: SourceRange, label: String? = nil, help: String? = nil
  ) -> Diagnostic {
    Diagnostic("yaml-syntax", .error, "this is no YAML: \(problem)", at: range, label: label, help: help)
  }

  /// A fault that libyaml found: as a slip with the corrected line where it is one, else in libyaml's words.
  static func fault(_ fault: EventStream.Fault, in file: SourceFile) -> Diagnostic {
    let lines = [fault.offset, fault.contextOffset].compactMap { $0 }.map { file.lineIndex(of: $0) }
    for (index, line) in lines.enumerated() where !lines[..<index].contains(line) {
      if let slip = LineSlips.diagnostic(line: line, in: file) { return slip }
    }
    if let start = fault.contextOffset, fault.context == "while scanning a quoted scalar" {
      return .yamlSyntax("the quoted text that begins here never ends", at: SourceRange(file, start, start + 1))
    }
    if let known = knownFault(fault, in: file) { return known }
    let context = fault.context.map { " (\($0))" } ?? ""
    let offset = min(fault.offset, file.bytes.count)
    let begin = fault.contextOffset.map { file.lineIndex(of: $0) }
    let isElsewhere = begin != nil && begin != file.lineIndex(of: offset)
    return .yamlSyntax(
      fault.problem + context, at: SourceRange(file, offset, offset),
      label: isElsewhere ? begin.map { "it begins on line \($0 + 1)" } : nil)
  }

  /// Faults of which more can be said than libyaml does.
  private static func knownFault(_ fault: EventStream.Fault, in file: SourceFile) -> Diagnostic? {
    let offset = min(fault.offset, file.bytes.count)
    let line = file.lineBounds(file.lineIndex(of: offset))
    let indent = file.bytes[line].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    if fault.problem == "found character that cannot start any token", indent.contains(UInt8(ascii: "\t")),
      offset < indent.endIndex
    {
      return .yamlSyntax(
        "a tab indents this line", at: SourceRange(file, offset, indent.endIndex), help: "indent with spaces")
    }
    if fault.problem == "mapping values are not allowed in this context" {
      return .yamlSyntax(
        "a ':' stands where no key can end", at: SourceRange(file, offset, offset + 1),
        help: "begin the line below its neighbours' first letters; a text that holds ': ' needs quotes")
    }
    if fault.problem == "could not find expected ':'", let start = fault.contextOffset {
      let end = file.lineBounds(file.lineIndex(of: start)).upperBound
      return .yamlSyntax(
        "a key is followed by a colon and a space", at: SourceRange(file, start, end), help: "such as: input: data.csv")
    }
    return nil
  }

  static func emptyDocument(_ range: SourceRange) -> Diagnostic {
    Diagnostic("empty-document", .error, "the file holds no document", at: range)
  }

  static func severalDocuments(_ range: SourceRange) -> Diagnostic {
    Diagnostic("several-documents", .error, "a file holds one document, and here a second begins", at: range)
  }

  static func tooDeep(_ range: SourceRange, limit: Int) -> Diagnostic {
    Diagnostic("too-deep", .error, "this is nested more than \(limit) levels deep", at: range)
  }

  static func aliasBomb(_ name: String, at range: SourceRange, limit: Int) -> Diagnostic {
    Diagnostic("alias-bomb", .error, "the aliases of this document stand for more than \(limit) values", at: range)
  }

  static func cyclicAlias(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("cyclic-alias", .error, "'*\(name)' stands inside what it stands for", at: range)
  }

  static func unknownAnchor(_ name: String, at range: SourceRange, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-anchor", .error, "no '&\(name)' stands before this '*\(name)'", at: range,
      label: didYouMean(name, in: known), help: "for a text, write: " + quoted(range))
  }

  /// - Parameter isScalar: whether a single value follows the tag, which may be meant as a text.
  static func unknownTag(_ tag: String, at range: SourceRange, isScalar: Bool) -> Diagnostic {
    Diagnostic(
      "unknown-tag", .error, "'\(tag)' is no tag that is known here", at: range,
      help: isScalar ? "for a text, write: " + quoted(range) : "leave it out")
  }

  /// The line of `range`, what stands there in quotes.
  private static func quoted(_ range: SourceRange) -> String {
    let text = Documents.quoted(range.text)
    return corrected(range.file, [(range.lower, range.upper, text)]) ?? text
  }

  static func duplicateKey(_ name: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "duplicate-key", .error, "'\(name)' is given twice", at: range,
      label: "first given on line \(first.file.lineIndex(of: first.lower) + 1)")
  }

  package static func wrongType(_ message: String, at range: SourceRange, help: String? = nil) -> Diagnostic {
    Diagnostic("wrong-type", .error, message, at: range, help: help)
  }

  /// Something else stands where `expected` (`an integer`) is due.
  package static func wrongType(expected: String, found node: Node, help: String? = nil) -> Diagnostic {
    .wrongType("expected \(expected), found \(node.wording)", at: node.range, help: help)
  }

  package static func invalidValue(_ message: String, at range: SourceRange, help: String? = nil) -> Diagnostic {
    Diagnostic("invalid-value", .error, message, at: range, help: help)
  }

  /// None of `known` is `name`, as for the cases of an enumeration.
  package static func unknownWord(_ name: String, at range: SourceRange, known: [String]) -> Diagnostic {
    let near = didYouMean(name, in: known)
    return Diagnostic(
      "unknown-value", .error, "'\(name)' is not one of \(list(known))", at: range, label: near)
  }

  /// `owner` (`step 'trim'`) has no option `name`.
  package static func unknownKey(
    _ name: String, of owner: String, at range: SourceRange, known: [String]
  ) -> Diagnostic {
    let near = didYouMean(name, in: known)
    let help = near != nil || known.isEmpty ? nil : "known are \(list(known))"
    return Diagnostic("unknown-key", .error, "\(owner) has no '\(name)'", at: range, label: near, help: help)
  }

  package static func missingKey(_ name: String, of owner: String, at range: SourceRange, help: String?) -> Diagnostic {
    Diagnostic("missing-key", .error, "\(owner) needs '\(name)'", at: range, help: help)
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 20 ? shown + " …" : shown
  }
}
