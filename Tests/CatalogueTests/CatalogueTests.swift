import Databrew
import Documents
import Plans
import Testing
import Trials

/// What every entry of the catalogues must have.
@Suite struct CatalogueTests {
  struct Entry: CustomStringConvertible, Sendable {
    let name: String
    let summary: String
    let options: [any OptionDeclaration]
    let shorthand: String?
    let folder: String
    var description: String { name }
  }

  static let entries =
    catalogue.steps.map {
      Entry(name: $0.name, summary: $0.summary, options: $0.options, shorthand: $0.shorthand?.name, folder: "steps")
    }
    + catalogue.rules.map {
      Entry(name: $0.name, summary: $0.summary, options: $0.options, shorthand: $0.shorthand?.name, folder: "rules")
    }

  @Test(arguments: entries)
  func hasWordsAndCases(_ entry: Entry) {
    #expect(entry.summary.hasSuffix(".") && !entry.summary.contains("\n"), "the summary is one sentence")
    for option in entry.options { #expect(option.help.hasSuffix("."), "help for '\(option.name)'") }
    let names = entry.options.map(\.name)
    #expect(Set(names).count == names.count, "each option once")
    if let shorthand = entry.shorthand { #expect(names.contains(shorthand)) }
    let path = "fixtures/\(entry.folder)/\(entry.name).case"
    guard let text = readText("\(repository)/\(path)") else {
      Issue.record("\(path) is missing")
      return
    }
    for name in names where name != entry.shorthand {
      #expect(text.contains("\(name):"), "\(path) has no case with '\(name)'")
    }
    #expect(text.contains("\n-- quarantine\n") || text.contains("\n-- diagnostics\n"), "\(path) has nothing go wrong")
    #expect(text.contains("\n-- output\n"), "\(path) has no good case")
  }

  @Test func haveNoOtherCases() {
    for folder in ["steps", "rules"] {
      let names = Set(Self.entries.filter { $0.folder == folder }.map { "\($0.name).case" })
      let files = folderNames("\(repository)/fixtures/\(folder)")
      #expect(files.filter { !names.contains($0) } == [], "files of no entry in fixtures/\(folder)")
    }
  }

  @Test func haveOneNameEach() {
    for folder in ["steps", "rules"] {
      let names = Self.entries.filter { $0.folder == folder }.map(\.name)
      #expect(Set(names).count == names.count)
    }
  }

  /// The catalogues list exactly the types that the folders declare.
  @Test(arguments: [("Steps", "Step", "StepCatalogue.swift"), ("Rules", "Rule", "RuleCatalogue.swift")])
  func listsItsFolder(_ room: String, _ kind: String, _ list: String) throws {
    let root = "\(repository)/Sources/\(room)"
    let files = folderNames(root).flatMap { folder in folderNames("\(root)/\(folder)").map { "\(folder)/\($0)" } }
    var declared: [String] = []
    for file in files {
      let text = try #require(readText("\(root)/\(file)"))
      for line in text.split(separator: "\n") where line.hasSuffix(": \(kind) {") {
        declared += line.split(separator: " ").drop { $0 != "enum" }.dropFirst().prefix(1).map { String($0.dropLast()) }
      }
    }
    let words = try #require(readText("\(root)/\(list)")).split { " ,\n[]".contains($0) }
    let listed = words.filter { $0.hasSuffix(".self") }.map { String($0.dropLast(5)) }
    let missing = declared.filter { !listed.contains($0) }
    let stale = listed.filter { !declared.contains($0) }
    #expect(missing == [], "add to \(list): \(missing.map { "\($0).self" }.joined(separator: ", "))")
    #expect(stale == [], "take out of \(list): \(stale.joined(separator: ", "))")
    #expect(listed == listed.sorted(), "\(list) is in alphabetical order")
  }
}
