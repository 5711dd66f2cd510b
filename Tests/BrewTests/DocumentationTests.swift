import Glibc
import Testing
import Trials

/// What README and guide show is run: commands as they stand, recipes as files.
@Suite struct DocumentationTests {
  /// A copy of the project's documents and fixtures, in which commands may write.
  private static func project() throws -> Folder {
    let folder = try Folder()
    let copied = try Command.run(
      ["cp", "-r"] + ["recipes", "rules", "fixtures"].map { "\(Command.package)/\($0)" } + ["."], in: folder.path)
    try #require(copied.status == 0, "\(copied.error)")
    return folder
  }

  private static func page(_ name: String) throws -> String {
    String(decoding: try #require(readBytes("\(Command.package)/\(name)")), as: UTF8.self)
  }

  /// The `brew …` lines of a page, without what stands beside them.
  private static func commands(_ name: String) throws -> [String] {
    try page(name).split(separator: "\n").filter { $0.hasPrefix("    brew ") }.map { line in
      let words = line.dropFirst(4)
      return String(words.prefix(upTo: words.firstRange(of: "   ")?.lowerBound ?? words.endIndex))
    }
  }

  @Test(arguments: ["README.md", "docs/guide.md"]) func commandsRun(_ page: String) throws {
    let folder = try Self.project()
    let commands = try Self.commands(page)
    #expect(!commands.isEmpty)
    for command in commands {
      let words = command.split(separator: " ").dropFirst().map(String.init)
      let result = try Command.run([Command.binary] + words, in: folder.path)
      // One file alone is judged without the steps that clean it, and fails.
      let expected: Int32 = command.contains(" validate ") ? 1 : 0
      #expect(result.status == expected, "\(command): \(result.error)")
    }
  }

  private static func blocks(_ page: String, beginning: String) throws -> [String] {
    try Self.page(page).split(separator: "```").map(String.init).filter { $0.hasPrefix(beginning) }
      .map { String($0.drop { $0 != "\n" }.dropFirst()) }
  }

  @Test func recipeOfTheReadme() throws {
    let folder = try Self.project()
    let blocks = try Self.blocks("README.md", beginning: "yaml\nrecipe:")
    #expect(blocks.count == 1)
    try folder.write(blocks[0], to: "recipes/readme.yaml")
    let result = try Command.brew("apply", "recipes/readme.yaml", "--as-of", "2024-12-20", "--json", in: folder)
    #expect(result.status == 0)
    let ledger = try #require(result.json)["ledger"]
    // The counts of unreadable, ill-typed and blank values are fixtures/README.md's.
    #expect(ledger["read"] == 5070)
    #expect(ledger["dropped"] == 18)
    #expect(
      result.json?["reasons"].list.first { $0["column"] == "session_date" && $0["code"] == "cast" }?["rows"] == 12)
    #expect(result.json?["reasons"].list.first { $0["code"] == "ragged" }?["rows"] == 4)
  }

  /// The counts that README and fixture name are those of the shipped recipe.
  @Test func shippedRecipe() throws {
    let folder = try Self.project()
    let result = try Command.brew("apply", "recipes/attendance.yaml", "--as-of", "2024-12-20", "--json", in: folder)
    let report = try #require(result.json)
    let expected = try #require(Value(try Self.page("fixtures/attendance.expected.json").utf8))
    #expect(report["status"] == expected["status"])
    #expect(result.status.map { Int($0) } == expected["exit"].int)
    for (field, name) in [
      ("read", "records"), ("accepted", "accepted"), ("quarantined", "quarantined"), ("dropped", "dropped"),
    ] {
      #expect(report["ledger"][field] == expected[name])
    }
    let readme = try Self.page("README.md")
    #expect(readme.contains("5,070 records 4,914 are accepted, 138 quarantined and 18 dropped"))
  }

  /// The diagnostic that the guide shows is the one that is given.
  @Test func diagnosticOfTheGuide() throws {
    let shown = try #require(try Self.blocks("docs/guide.md", beginning: "\nrecipes/attendance.yaml:14:18").first)
    let folder = try Self.project()
    let lines = (1...13).map { line in
      switch line {
      case 1: "recipe: attendance"
      case 2: "input:"
      case 3: "  path: ../fixtures/attendance/*.csv"
      case 4: "  columns: {minutes: int}"
      case 13: "steps:"
      default: "#"
      }
    }
    let recipe = (lines + ["  - set: {ratio: minuts / 50.0}", "output: ../out/a.csv", ""]).joined(separator: "\n")
    try folder.write(recipe, to: "recipes/attendance.yaml")
    #expect(try Command.brew("check", "recipes/attendance.yaml", in: folder).error.hasPrefix(shown))
  }
}
