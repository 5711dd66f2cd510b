import Databrew
import Diagnostics
import Glibc
import Testing
import Trials

/// The JSON Schemas: what is committed, and what Python's `jsonschema` makes of every document there is.
@Suite struct SchemaTests {
  static let folder = "docs/schema"

  @Test func filesAreUpToDate() throws {
    try Generated.compare(
      SchemaKind.allCases.map { ("\(Self.folder)/\($0.rawValue).schema.json", $0.text) }, in: Self.folder)
  }

  /// An editor has something to say of every option.
  @Test func everyOptionHasASchema() {
    for (name, options) in catalogue.steps.map({ ($0.name, $0.options) })
      + catalogue.rules.map({ ($0.name, $0.options) })
    {
      for option in options {
        #expect(option.schema.json != .object([]), "'\(option.name)' of '\(name)': give its type a 'schema'")
      }
    }
  }

  /// What the schema refuses in a document that is told one of these codes.
  static let structural: Set = [
    "empty-document", "missing-key", "stray-option", "two-kinds", "unknown-document", "unknown-key", "unknown-rule",
    "unknown-step", "unknown-value", "when-changes-shape", "wrong-type",
  ]

  /// Documents with such a code that no schema can refuse, and why.
  static let beyond = [
    "column-precision": "'precision' is due where the type is a decimal and 'scale' is given",
    "fill-missing-options": "what is left out is null to YAML, and null can be filled with",
    "no-output": "the output may be named on the command line",
    "rule-row-count": "one bound at least, of four",
    "rules-name-for-path": "any text may be a path",
  ]

  /// What only the compiler can tell, by kind.
  static let compilers: [String: [String]] = [
    "YAML itself": [
      "alias-bomb", "cyclic-alias", "duplicate-key", "invalid-utf8", "quoted-name", "several-documents", "too-deep",
      "unknown-anchor", "unknown-tag", "yaml-slip", "yaml-syntax",
    ],
    "columns": [
      "column-exists", "duplicate-column", "missing-column", "no-columns", "not-a-column", "unknown-column",
    ],
    "types": [
      "bad-argument", "bad-literal", "bad-value", "constant-fails", "not-a-condition", "not-constant",
      "null-comparison",
      "type-mismatch", "unknown-type", "untyped-null", "when-changes-type", "wrong-arguments", "wrong-operator",
    ],
    "the syntax of expressions": [
      "bare-date", "chained-operator", "comment", "empty-expression", "empty-name", "escaped-quote", "group-place",
      "interval-place",
      "missing-end", "needs-parentheses", "odd-number", "smart-quote", "star-place", "unclosed-name",
      "unclosed-parenthesis", "unclosed-string", "unexpected-token", "unknown-character", "unknown-function",
    ],
    "values that contradict one another, patterns, formats": [
      "bad-format", "bad-option", "bad-path", "bad-pattern", "duplicate-name", "foreign-modifier", "invalid-value",
      "needless-key",
      "unknown-zone",
    ],
    "further inputs": ["input-cycle", "unheard-rules", "unknown-input"],
    "parameters": ["bad-parameter", "missing-parameter", "unknown-parameter"],
    "files": ["headers-differ", "no-document", "no-input", "not-a-recipe", "output-is-input"],
  ]

  struct Verdict {
    let kind: Substring
    let name: Substring
    /// Empty where the schema is content.
    let complaint: Substring
  }

  static let python = "\(repository)/.deps/venv/bin/python"

  static func verdicts() throws -> [Verdict] {
    let folder = try Folder()
    let status = try spawn(
      "/bin/sh", ["-c", "exec '\(python)' '\(repository)/Tests/oracles/schemas.py' > '\(folder["verdicts"])'"],
      environment: [])
    try #require(status == 0, "Tests/oracles/schemas.py")
    return try #require(readText("\(folder.path)/verdicts")).split(separator: "\n").map { line in
      let parts = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      try #require(parts.count == 3)
      return Verdict(kind: parts[0], name: parts[1], complaint: parts[2])
    }
  }

  @Test(
    .enabled(
      if: (try? spawn(python, ["-c", "import jsonschema, yaml"], environment: [])) == 0,
      "needs jsonschema and PyYAML in .deps/venv: run scripts/setup"))
  func judgeEveryDocument() throws {
    let verdicts = try Self.verdicts()
    let good = verdicts.filter { $0.kind == "good" }
    let wrong = verdicts.filter { $0.kind == "wrong" }
    #expect(good.count > 100 && wrong.count > 190)
    for verdict in good { #expect(verdict.complaint.isEmpty, "\(verdict.name)") }
    let blind = Set(Self.compilers.values.joined())
    for verdict in wrong {
      let answer = try #require(readText("\(repository)/fixtures/wrong/\(verdict.name).expected"))
      // What is wrong in a file that the document names is not in sight of its schema.
      let own = answer.split(separator: "\n").filter { $0.hasPrefix("fixtures/wrong/\(verdict.name).yaml:") }
      let codes = Set(own.joined(separator: "\n").matches(of: /: error\[([a-z0-9-]+)\]/).map { String($0.output.1) })
      let isStructural = !codes.isDisjoint(with: Self.structural) && Self.beyond[String(verdict.name)] == nil
      if isStructural { #expect(!verdict.complaint.isEmpty, "\(verdict.name): \(codes.sorted())") }
      let unknown = codes.subtracting(Self.structural).subtracting(blind).sorted()
      #expect(unknown.isEmpty, "say in SchemaTests whether a schema can refuse this")
    }
    for name in Self.beyond.keys {
      #expect(wrong.contains { $0.name == name && $0.complaint.isEmpty }, "'\(name)' is refused, or not there")
    }
  }
}
