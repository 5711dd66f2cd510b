import Diagnostics

/// What a text in a document is written in.
package enum Notation: String, Sendable {
  case expression, pattern, format, path, type

  var wording: String {
    switch self {
    case .expression: "an expression"
    default: "a \(rawValue)"
    }
  }
}

extension Node {
  /// The text of a scalar that is written in `notation`, with the place of each byte. YAML's classic slips are
  /// recognised: each is an error with the corrected line.
  package func text(as notation: Notation, _ diagnostics: inout Diagnostics) -> SourceText? {
    let children = elements ?? entries?.map(\.value) ?? [self]
    if children.contains(where: \.isUnknown) { return nil }
    guard let scalar, !isNothing else {
      diagnostics.report(listSlip ?? .wrongType(expected: notation.wording, found: self))
      return nil
    }
    if let found = commentSlip ?? blockSlip ?? (notation == .pattern ? escapeSlip : nil) {
      FoundSlip.diagnostics([found], in: range.file).forEach { diagnostics.report($0) }
      return nil
    }
    if notation == .expression, scalar.style == .single || scalar.style == .double, isName(scalar.text.bytes) {
      diagnostics.report(.quotedName(scalar.string, at: range))
      return nil
    }
    return scalar.text
  }

  private var isOnOneLine: Bool { range.file.lineIndex(of: range.lower) == range.file.lineIndex(of: range.upper) }

  private var listSlip: Diagnostic? {
    guard isFlow, isOnOneLine else { return nil }
    let found = FoundSlip(entries == nil ? .list : .mapping, range.lower, range.upper, in: range.file)
    return FoundSlip.diagnostics([found], in: range.file).first
  }

  /// A plain text that stops at ` #` with a quote or bracket open.
  private var commentSlip: FoundSlip? {
    guard let scalar, scalar.style == .plain, isOnOneLine, Documents.isOpen(scalar.text.bytes) else { return nil }
    let file = range.file
    let line = file.lineBounds(file.lineIndex(of: range.lower))
    guard range.upper < line.upperBound else { return nil }
    let rest = file.bytes[range.upper..<line.upperBound].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard rest.first == UInt8(ascii: "#"), rest.startIndex > range.upper else { return nil }
    return FoundSlip(.comment, range.lower, line.upperBound, in: file)
  }

  /// `> 5`, of which YAML makes an empty block.
  private var blockSlip: FoundSlip? {
    guard let scalar, scalar.style == .folded || scalar.style == .literal, scalar.text.bytes.isEmpty else { return nil }
    let file = range.file
    let line = file.lineBounds(file.lineIndex(of: range.lower))
    let mark: Character = scalar.style == .folded ? ">" : "|"
    return FoundSlip(.block(mark), range.lower, max(range.lower, line.upperBound), in: file)
  }

  /// `"\b"`, which YAML makes a control character of before the pattern is seen.
  private var escapeSlip: FoundSlip? {
    guard let scalar, scalar.style == .double, isOnOneLine else { return nil }
    let raw = Array(range.text.utf8)
    var at = 0
    while at + 1 < raw.count {
      guard raw[at] == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      if "bvaNPL_".utf8.contains(raw[at + 1]) {
        let written = String(decoding: raw[at...(at + 1)], as: UTF8.self)
        let inner = range.file.text(range.lower + 1, range.upper - 1)
        return FoundSlip(
          .control(written), range.lower, range.upper, in: range.file, replacement: quoted(inner))
      }
      at += 2
    }
    return nil
  }

  private func isName(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return bytes.allSatisfy(isWord)
  }
}

extension Diagnostic {
  static func quotedName(_ name: String, at range: SourceRange) -> Diagnostic {
    let text = corrected(range.file, [(range.lower, range.upper, "\"'\(name)'\"")]) ?? "\"'\(name)'\""
    let column = corrected(range.file, [(range.lower, range.upper, name)]) ?? name
    return Diagnostic(
      "quoted-name", .error, "the quotes are YAML's, so that this is the column '\(name)' and no text", at: range,
      help: "for the text, write: \(text)\nfor the column, write: \(column)")
  }
}
