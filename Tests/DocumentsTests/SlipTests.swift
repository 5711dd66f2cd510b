import Diagnostics
import Documents
import Testing

/// A document with a slip, and all that is said of it.
struct SlipCase: Sendable, CustomTestStringConvertible {
  let line: String
  let notation: Notation
  /// What the author wanted to write, which the corrected line must say by YAML's own reading; nil where the value is
  /// no single text.
  let meant: String?
  let rendered: String

  init(_ line: String, _ notation: Notation, meant: String?, _ rendered: String) {
    self.line = line
    self.notation = notation
    self.meant = meant
    self.rendered = rendered
  }

  var testDescription: String { line }
}

/// The value that the case is about: that of key `x`, or the last one in block style.
private func subject(_ node: Node) -> Node {
  if let entry = node.entry("x") ?? (node.isFlow ? nil : node.entries?.last) { return subject(entry.value) }
  if !node.isFlow, let element = node.elements?.last { return subject(element) }
  return node
}

func read(_ text: String, as notation: Notation) -> (text: SourceText?, diagnostics: Diagnostics) {
  var diagnostics = Diagnostics()
  let node = parseYAML(SourceFile(path: "r.yaml", bytes: Array(text.utf8)), into: &diagnostics)
  let found = node.flatMap { subject($0).text(as: notation, &diagnostics) }
  return (found, diagnostics)
}

@Test(arguments: slipCases)
func slip(_ slip: SlipCase) throws {
  let (text, diagnostics) = read(slip.line + "\n", as: slip.notation)
  #expect(text == nil)
  #expect(diagnostics.rendered() == slip.rendered + "\n")
  let help = try #require(diagnostics.all.first?.help?.split(separator: "\n").first)
  let corrected = try #require(help.split(separator: "write: ", maxSplits: 1).last)
  guard let meant = slip.meant else { return }
  let again = read(String(corrected) + "\n", as: slip.notation)
  #expect(again.text?.string == meant)
  #expect(again.diagnostics.all.isEmpty)
}

@Test(arguments: [
  "filter: status = 'a, b' or x > 3", "x: \"decimal(6, 2)\"", "x: '''absent'' = status'", "x: \"'present'\"", "x: a #b",
  "x: f(a) # don't", "{x: 'a b', y: 2}", "x: >-\n  a\n  b", "x: |\n  'a: b' #c", "x: /^score_/", "{x: /^score_/}",
])
func noSlip(_ document: String) {
  let (text, diagnostics) = read(document + "\n", as: .expression)
  #expect(text != nil)
  #expect(diagnostics.all.isEmpty)
}
