import Databrew
import Glibc
import Reports
import Testing
import Trials

/// The files of `docs/reference` are what the code says of itself.
///
/// `make reference` writes them anew; so does `BREW_RECORD=1 swift test --filter ReferenceTests`, which fails where it had to.
@Suite struct ReferenceTests {
  static let folder = "docs/reference"

  @Test func filesAreUpToDate() throws {
    let files = ReferenceFiles(
      steps: Reference.steps, rules: Reference.rules, functions: Reference.functions,
      diagnostics: try DiagnosticExamples.pages()
    ).files
    try Generated.compare(files.map { ("\(Self.folder)/\($0.path)", $0.text) }, in: Self.folder)
  }

  /// Every step and rule shows an example, and stands in a group of the lists.
  @Test(arguments: Reference.steps.map(\.name) + Reference.rules.map(\.name))
  func hasExample(_ name: String) throws {
    let pages = (Reference.steps + Reference.rules).filter { $0.name == name }
    for page in pages {
      let cases = try #require(page.cases, "fixtures/\(page.kind.rawValue)s/\(name).case is not in the program")
      #expect(!cases.title.isEmpty)
      for section in ["recipe", "input"] { #expect(cases.sections.contains { $0.name == section }, "\(section)") }
      #expect(page.category != nil, "found in no folder of its own")
      #expect(page.text(colored: false).contains("\nexample: \(cases.title)\n"))
    }
  }
}

/// The documents of `fixtures/wrong` by what they are told.
enum DiagnosticExamples {
  /// A page for each code: of the documents that are told it, the one that is told least.
  static func pages() throws -> [DiagnosticPage] {
    let folder = "\(repository)/fixtures/wrong"
    var best: [String: (count: Int, document: String, answer: String)] = [:]
    for name in folderNames(folder) where name.hasSuffix(".yaml") {
      let document = try #require(readText("\(folder)/\(name)"))
      let answer = try #require(readText("\(folder)/\(name.dropLast(5)).expected"))
      // What is not text is no example for a page.
      guard !document.contains("\u{FFFD}"), document.utf8.count < 2000 else { continue }
      let codes = Self.codes(answer)
      for code in Set(codes) where codes.count < best[code]?.count ?? .max {
        best[code] = (codes.count, document, answer)
      }
    }
    return best.keys.sorted().map { code in
      DiagnosticPage(code: code, example: best[code].map { ($0.document, $0.answer) })
    }
  }

  static func codes(_ answer: String) -> [String] {
    answer.matches(of: /(?:error|warning|note)\[([a-z0-9-]+)\]/).map { String($0.output.1) }
  }
}

/// Files of the repository that are made from the code.
enum Generated {
  /// Compares what is made with what is committed; nothing else may stand in `folder`.
  static func compare(_ made: [(path: String, text: String)], in folder: String) throws {
    let isRecording = getenv("BREW_RECORD") != nil
    for (path, text) in made {
      let committed = readText("\(repository)/\(path)")
      guard committed != text else { continue }
      if isRecording {
        makeFolders(above: "\(repository)/\(path)")
        try writeFile(Array(text.utf8), to: "\(repository)/\(path)")
      }
      Issue.record("\(path) \(committed == nil ? "is missing" : "is not what the code says"): run 'make reference'")
    }
    let stale = files(below: folder).filter { path in !made.contains { $0.path == path } }
    for path in stale {
      if isRecording { unlink("\(repository)/\(path)") }
      Issue.record("\(path) is of nothing that is there: run 'make reference'")
    }
  }

  private static func files(below folder: String) -> [String] {
    folderNames("\(repository)/\(folder)").flatMap { name in
      name.contains(".") ? ["\(folder)/\(name)"] : files(below: "\(folder)/\(name)")
    }
  }

  private static func makeFolders(above path: String) {
    let parts = path.split(separator: "/").dropLast()
    for count in 1...max(1, parts.count) { mkdir("/" + parts.prefix(count).joined(separator: "/"), 0o755) }
  }
}
