import Databrew
import Diagnostics
import Glibc
import Testing
import Trials

/// Every document of `fixtures/wrong`, and all that is said of it, word for word.
///
/// A document whose first line is `# brew apply …` is looked at as that command would, `# brew check` without its input,
/// and all others by `brew apply`, with their inputs.
/// `BREW_RECORD=1 swift test --filter WrongDocumentTests` writes what was said beside them and fails: read `git diff`.
@Suite struct WrongDocumentTests {
  static let folder = "fixtures/wrong"
  static let documents = folderNames("\(repository)/\(folder)").filter { $0.hasSuffix(".yaml") }.sorted()

  @Test(arguments: documents)
  func isAnswered(_ name: String) throws {
    let said = try Self.diagnostics(name).rendered().replacing("\(repository)/", with: "")
    let path = "\(repository)/\(Self.folder)/\(name.dropLast(5)).expected"
    let expected = readText(path)
    #expect(said == expected, "\(name)")
    if getenv("BREW_RECORD") != nil, said != expected {
      try writeFile(Array(said.utf8), to: path)
      Issue.record("\(path) was written anew; read the difference")
    }
  }

  /// A document with nothing wrong would be no test, and an answer without a document is a leftover.
  @Test func documentsAndAnswersAgree() throws {
    let answers = folderNames("\(repository)/\(Self.folder)").filter { $0.hasSuffix(".expected") }.sorted()
    #expect(answers.map { $0.dropLast(9) } == Self.documents.map { $0.dropLast(5) })
    #expect(Self.documents.count >= 80)
    for answer in answers { #expect(readText("\(repository)/\(Self.folder)/\(answer)")?.isEmpty == false, "\(answer)") }
  }

  /// Everything that is said of a document has its line, in order, and every place lies within its file.
  @Test(arguments: documents)
  func standsInOrder(_ name: String) throws {
    let all = try Self.diagnostics(name).all
    for (first, second) in zip(all, all.dropFirst()) {
      guard let a = first.range, let b = second.range, a.file === b.file else { continue }
      #expect(a.lower <= b.lower, "\(name): \(first.message) before \(second.message)")
    }
    for range in all.compactMap(\.range) {
      #expect((0...range.file.bytes.count).contains(range.lower) && range.upper <= range.file.bytes.count)
      #expect(range.lower == 0 || range.file.bytes.isEmpty || range.upper >= range.lower)
    }
  }

  static func diagnostics(_ name: String) throws -> Diagnostics {
    let path = "\(repository)/\(folder)/\(name)"
    let head = try #require(readText(path)).split(separator: "\n", maxSplits: 1).first ?? ""
    var compile = CompileRequest(path: path)
    let words = head.hasPrefix("# brew ") ? head.dropFirst(7).split(separator: " ") : ["apply"]
    compile.needsInput = words.first != "check"
    compile.isToRun = compile.needsInput
    compile.asOf = "2024-12-20"
    for index in stride(from: 1, to: words.count, by: 2) {
      let (option, value) = (words[index], index + 1 < words.count ? words[index + 1] : "")
      switch option {
      case "--set":
        let parts = value.split(separator: "=", maxSplits: 1)
        try #require(parts.count == 2)
        compile.parameters.append((String(parts[0]), String(parts[1])))
      case "--as-of": compile.asOf = String(value)
      default: Issue.record("\(name) asks for '\(option)', which this test does not know")
      }
    }
    return check(ApplyRequest(compile, threads: 1))
  }
}

/// Every code in the sources is in some answer, so that no message goes unread.
@Suite struct DiagnosticCodeTests {
  /// What no document of a fixture can bring about.
  static let elsewhere = [
    "more": "a thousand messages: DiagnosticsTests",
    "output-taken": "standard output for rows and for the report: BrewTests",
    "rows-left-out": "rows of a further input, found while it is read: fixtures/rules/references.case",
    "recovered": "a journal that was left behind: StorageTests",
  ]

  static let rooms = [
    "Diagnostics", "Documents", "Expressions", "Plans", "Steps", "Rules", "Formats", "Engine", "Databrew",
  ]

  @Test func everyCodeHasADocument() throws {
    var answered: Set<Substring> = []
    for name in folderNames("\(repository)/\(WrongDocumentTests.folder)") where name.hasSuffix(".expected") {
      let text = try #require(readText("\(repository)/\(WrongDocumentTests.folder)/\(name)"))
      answered.formUnion(text.matches(of: /(?:error|warning|note)\[([a-z0-9-]+)\]/).map { $0.output.1 })
    }
    var known: Set<String> = []
    for room in Self.rooms {
      for file in swiftFiles("\(repository)/Sources/\(room)") {
        let text = try #require(readText(file))
        for match in text.matches(of: /Diagnostic\(\s*"([a-z0-9-]+)(\\\(what\))?"/) {
          let code = String(match.output.1)
          known.formUnion(match.output.2 == nil ? [code] : [code + "step", code + "rule"])
        }
      }
    }
    #expect(known.count > 60, "the codes are found in the sources")
    let silent = known.subtracting(answered.map(String.init)).subtracting(Self.elsewhere.keys).sorted()
    #expect(silent.isEmpty, "no document of fixtures/wrong brings about: \(silent.joined(separator: ", "))")
  }
}

/// The Swift files of a folder and those below.
private func swiftFiles(_ folder: String) -> [String] {
  folderNames(folder).flatMap { name in
    name.hasSuffix(".swift") ? ["\(folder)/\(name)"] : name.contains(".") ? [] : swiftFiles("\(folder)/\(name)")
  }
}
