import Cases
import Databrew
import Documents
import Plans
import Testing
import Trials

/// Columns may be selected by patterns wherever several may be named.
@Suite struct SelectionTests {
  struct Entry: CustomStringConvertible, Sendable {
    let name: String
    /// The key that takes columns, and whether it may be left out.
    let option: String
    let isShorthand: Bool
    let file: String
    var description: String { name }
  }

  private static func entry(
    _ name: String, _ options: [any OptionDeclaration], _ shorthand: (any OptionDeclaration)?, _ folder: String
  ) -> Entry? {
    options.first { $0.valueDescription == ColumnSelection.valueDescription }.map { option in
      Entry(
        name: name, option: option.name, isShorthand: shorthand?.name == option.name,
        file: "fixtures/\(folder)/\(name).case")
    }
  }

  static let entries =
    catalogue.steps.compactMap { entry($0.name, $0.options, $0.shorthand, "steps") }
    + catalogue.rules.compactMap { entry($0.name, $0.options, $0.shorthand, "rules") }

  /// A case gives the same when each of its columns is selected by a pattern that matches its name alone.
  @Test(arguments: entries)
  func patternsAreAsGoodAsNames(_ entry: Entry) throws {
    let file = try CaseFile(try #require(readText("\(repository)/\(entry.file)")))
    var tried = 0
    for given in file.cases where tried < 2 && given["diagnostics"] == nil {
      var other = given
      other["recipe"] = given["recipe"].map { lines in lines.map { Self.withPatterns($0, entry) } }
      guard other["recipe"] != given["recipe"] else { continue }
      tried += 1
      let expected = try CaseTests.run(given, CaseTests.ways[0])
      let found = try CaseTests.run(other, CaseTests.ways[0])
      #expect(found.diagnostics == expected.diagnostics, "\(given.title)")
      #expect(found.outputText == expected.outputText, "\(given.title)")
      #expect(found.reasons == expected.reasons, "\(given.title)")
      #expect(CaseTests.verdict(found) == CaseTests.verdict(expected), "\(given.title)")
    }
    #expect(tried > 0, "\(entry.file) has no case that names columns on one line with '\(entry.name)'")
  }

  /// `- trim: [a, b]` as `- trim: [/^a$/, /^b$/]`.
  private static func withPatterns(_ line: String, _ entry: Entry) -> String {
    guard let start = line.firstRange(of: "- \(entry.name): ")?.upperBound else { return line }
    let rest = line[start...]
    for key in ["columns: ", "column: "] {
      guard rest.hasPrefix("{"), let value = rest.firstRange(of: key)?.upperBound else { continue }
      return line[..<value] + patterns(rest[value...])
    }
    return entry.isShorthand && !rest.hasPrefix("{") ? line[..<start] + patterns(rest) : line
  }

  /// A name or a list of names, and what follows, with patterns in place of the names.
  private static func patterns(_ text: Substring) -> String {
    if let list = text.prefixMatch(of: /\[([a-z_0-9]+(?:, [a-z_0-9]+)*)\]/) {
      let names = list.output.1.split(separator: ", ").map { "/^\($0)$/" }
      return "[" + names.joined(separator: ", ") + "]" + text[list.range.upperBound...]
    }
    guard let name = text.prefixMatch(of: /[a-z_0-9]+(?=$|,|})/) else { return String(text) }
    return "/^\(name.output)$/" + text[name.range.upperBound...]
  }

  /// What a selection takes, in the order it takes it: by pattern in the order of the columns, each column once.
  @Test(arguments: [
    ("/^s_/", "s_b,s_a"), ("[/a$/, /^s_/]", "a,s_a,s_b"), ("[s_a, /^s_/]", "s_a,s_b"), ("[/^s_/, s_b]", "s_b,s_a"),
    ("/./", "a,s_b,s_a,X"), ("/x/", nil), ("/X|^a$/", "a,X"), ("'/X/'", nil),
  ])
  func takesEachColumnOnce(_ selection: String, _ header: String?) throws {
    let trial = try Trial("steps:\n  - select: \(selection)\n", "a,s_b,s_a,X\n1,2,3,4\n")
    #expect(trial.outputText?.split(separator: "\n").first.map(String.init) == header)
    #expect(trial.diagnostics.contains("error[unknown-column]") == (header == nil))
  }
}
