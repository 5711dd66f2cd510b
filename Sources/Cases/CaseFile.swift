/// A file of cases: what a recipe makes of an input, in plain text.
///
/// ```
/// == what the case shows
/// -- recipe
/// steps:
///   - trim: name
/// -- input
/// name
/// \sAda\s
/// -- output
/// name
/// Ada
/// ```
///
/// Lines before the first `==` are remarks. In data, `\s` is a space, `\xHH` a byte, `\\` a backslash, `\{ab*300}` a text
/// repeated. `-- file NAME` is a further file. A case without `-- output` publishes none; one without `-- quarantine`
/// refuses no row; one without `-- diagnostics` has none; `-- verdict`, the run's status and its rules', may be left out.
package struct CaseFile: Sendable {
  package var remarks: [String] = []
  package var cases: [Case] = []

  package struct Case: Sendable {
    package let title: String
    package var sections: [Section] = []

    package subscript(name: String) -> [String]? {
      get { sections.first { $0.name == name }?.lines }
      set {
        if let index = sections.firstIndex(where: { $0.name == name }) {
          if let newValue { sections[index].lines = newValue } else { sections.remove(at: index) }
        } else if let newValue {
          sections.append(Section(name: name, lines: newValue))
        }
      }
    }
  }

  package struct Section: Sendable {
    package let name: String
    package var lines: [String]
  }

  package init(_ text: String) throws(CaseFault) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    for line in lines {
      if line.hasPrefix("== ") {
        cases.append(Case(title: String(line.dropFirst(3))))
      } else if cases.isEmpty {
        remarks.append(line)
      } else if line.hasPrefix("-- ") {
        cases[cases.count - 1].sections.append(Section(name: String(line.dropFirst(3)), lines: []))
      } else if cases[cases.count - 1].sections.isEmpty {
        guard line.isEmpty else { throw CaseFault("'\(line)' stands before the case's first section") }
      } else {
        let last = cases[cases.count - 1].sections.count - 1
        cases[cases.count - 1].sections[last].lines.append(line)
      }
    }
    // The empty line before the next case is not a part of this one.
    for index in cases.indices.dropLast() {
      let last = cases[index].sections.count - 1
      if last >= 0, cases[index].sections[last].lines.last == "" { cases[index].sections[last].lines.removeLast() }
    }
  }

  package var text: String {
    let head = remarks.map { $0 + "\n" }.joined()
    return head
      + cases.map { given in
        "== \(given.title)\n"
          + given.sections.map { "-- \($0.name)\n" + $0.lines.map { $0 + "\n" }.joined() }.joined()
      }.joined(separator: "\n")
  }
}

/// The bytes that lines of data stand for, and how bytes are shown.
package enum CaseText {
  package static func bytes(_ lines: [String]) throws(CaseFault) -> [UInt8] {
    var result: [UInt8] = []
    for line in lines { result += try bytes(line[...]) + (line.hasSuffix("\\c") ? [] : [UInt8(ascii: "\n")]) }
    return result
  }

  private static func bytes(_ line: Substring) throws(CaseFault) -> [UInt8] {
    var result: [UInt8] = []
    var rest = Array(line.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "s"): result.append(0x20)
      case UInt8(ascii: "\\"): result.append(byte)
      // The line goes on without a line end.
      case UInt8(ascii: "c"): break
      case UInt8(ascii: "x"):
        guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
          throw CaseFault("\\x without two digits in '\(line)'")
        }
        result.append(value)
        rest = rest.dropFirst(2)
      case UInt8(ascii: "{"):
        let body = String(decoding: rest.prefix { $0 != UInt8(ascii: "}") }, as: UTF8.self).split(separator: "*")
        guard body.count == 2, let count = Int(body[1]) else { throw CaseFault("no \\{text*count} in '\(line)'") }
        result += (0..<count).flatMap { _ in Array(body[0].utf8) }
        rest = rest.drop { $0 != UInt8(ascii: "}") }.dropFirst()
      default: throw CaseFault("an unknown \\ in '\(line)'")
      }
    }
    return result
  }

  /// The lines of bytes; those without a last line end get a `\c` for it.
  package static func lines(_ bytes: [UInt8]) -> [String] {
    if bytes.isEmpty { return [] }
    let isWhole = bytes.last == UInt8(ascii: "\n")
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(shown)
    if isWhole { lines.removeLast() } else { lines[lines.count - 1] += "\\c" }
    return lines
  }

  private static func shown(_ line: ArraySlice<UInt8>) -> String {
    var result = ""
    var rest = Array(String(decoding: line, as: UTF8.self).unicodeScalars)[...]
    guard String(validating: line, as: UTF8.self) != nil else {
      return line.map { (0x21..<0x7F).contains($0) && $0 != 0x5C ? String(UnicodeScalar($0)) : hex($0) }.joined()
    }
    while let scalar = rest.first {
      let run = rest.prefix { $0 == scalar }.count
      if run >= 40 {
        result += "\\{\(scalar)*\(run)}"
        rest = rest.dropFirst(run)
        continue
      }
      rest = rest.dropFirst()
      switch scalar {
      case "\\": result += "\\\\"
      case " " where rest.isEmpty || result.isEmpty: result += "\\s"
      case _ where scalar.value < 0x20 || (0x7F..<0xA1).contains(scalar.value) || scalar.properties.isWhitespace:
        result += scalar == " " ? " " : String(scalar).utf8.map(hex).joined()
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "\\x" + (digits.count < 2 ? "0" : "") + digits
  }
}

/// Why a case file cannot be read.
package struct CaseFault: Error, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}
