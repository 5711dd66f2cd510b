import Cases
import Glibc

/// Writes a Swift file with what the reference takes from case files and from where declarations stand.
///
///     embed-reference OUTPUT FILE…
///
/// The case files are `…/steps/NAME.case` and `…/rules/NAME.case`; the Swift files are those of the folders that steps and
/// rules are declared in, `…/Steps/FOLDER/*.swift`.
@main struct EmbedReference {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let output = arguments.first else { end("no output is named") }
    do {
      let text = try source(Array(arguments.dropFirst()))
      guard let file = fopen(output, "w"), fputs(text, file) >= 0, fclose(file) == 0 else {
        end("cannot write \(output)")
      }
    } catch {
      end("\(error)")
    }
  }

  private static func end(_ message: String) -> Never {
    let bytes = Array("embed-reference: \(message)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
    exit(1)
  }

  private static func source(_ paths: [String]) throws -> String {
    var examples = ""
    var folders = ""
    for path in paths {
      let parts = path.split(separator: "/")
      guard let text = read(path), parts.count > 2 else { end("cannot read \(path)") }
      if path.hasSuffix(".case") {
        let key = "\(parts[parts.count - 2])/\(parts[parts.count - 1].dropLast(5))"
        examples += "  case \(literal(key)): \(page(try CaseFile(text)))\n"
      } else {
        let folder = parts[parts.count - 2]
        let room = parts[parts.count - 3].lowercased()
        for name in declaredNames(text) {
          folders += "  case \(literal("\(room)/\(name)")): \(literal(folder.lowercased()))\n"
        }
      }
    }
    return """
      import Reports

      /// What the case file `steps/NAME` or `rules/NAME` shows; nil where there is none.
      func embeddedExample(_ key: String) -> ReferencePage.Cases? {
        switch key {
      \(examples)  default: nil
        }
      }

      /// The folder that `steps/NAME` or `rules/NAME` is declared in; nil where there is none of that name.
      func embeddedFolder(_ key: String) -> String? {
        switch key {
      \(folders)  default: nil
        }
      }

      """
  }

  /// The names that a file declares: `static let name = "trim"`.
  private static func declaredNames(_ text: String) -> [Substring] {
    text.split(separator: "\n").compactMap { line in
      let start = "  static let name = \""
      guard line.hasPrefix(start), line.hasSuffix("\"") else { return nil }
      return line.dropFirst(start.count).dropLast()
    }
  }

  private static func page(_ file: CaseFile) -> String {
    let reasons = file.cases.flatMap { ($0["quarantine"] ?? []).flatMap(reasonCodes) }
    let codes = file.cases.flatMap { ($0["diagnostics"] ?? []).flatMap(diagnosticCodes) }
    let first = file.cases.first
    let sections = (first?.sections ?? []).map { section in
      ".init(\(literal(section.name)), \(literal(section.lines.map(shown).joined(separator: "\n"))))"
    }
    return """
      ReferencePage.Cases(
          title: \(literal(first?.title ?? "")), sections: [\(sections.joined(separator: ", "))],
          reasons: \(list(reasons)), diagnostics: \(list(codes)))
      """
  }

  /// A line of a case as readers see it: spaces that would not be seen are drawn.
  private static func shown(_ line: String) -> String {
    line.split(separator: "\\\\", omittingEmptySubsequences: false).map { part in
      part.split(separator: "\\s", omittingEmptySubsequences: false).joined(separator: "␣")
    }.joined(separator: "\\\\")
  }

  /// The codes of `3: cast minutes "x", in status "y"`.
  private static func reasonCodes(_ line: String) -> [String] {
    guard let start = line.firstRange(of: ": ")?.upperBound else { return [] }
    var bare = ""
    var isQuoted = false
    var isEscaped = false
    for character in line[start...] {
      if character == "\"", !isEscaped { isQuoted.toggle() } else if !isQuoted { bare.append(character) }
      isEscaped = character == "\\" && !isEscaped
    }
    return bare.split(separator: ", ").compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  /// The codes of `recipe.yaml:3:5: error[unknown-column]: …`.
  private static func diagnosticCodes(_ line: String) -> [String] {
    for severity in ["error[", "warning["] {
      guard let start = line.firstRange(of: ": " + severity)?.upperBound else { continue }
      return [String(line[start...].prefix { $0 != "]" })]
    }
    return []
  }

  private static func list(_ words: [String]) -> String {
    "[" + Set(words).sorted().map(literal).joined(separator: ", ") + "]"
  }

  /// A literal in which nothing is special, on one line.
  private static func literal(_ text: some StringProtocol) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      default: scalar.value < 0x20 ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = fread(&block, 1, block.count, file)
      if got == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<got]
    }
  }
}
