import Diagnostics
import Documents
import Testing

func parsed(_ text: String) -> (node: Node?, diagnostics: Diagnostics) {
  var diagnostics = Diagnostics()
  let node = parseYAML(SourceFile(path: "r.yaml", bytes: Array(text.utf8)), into: &diagnostics)
  return (node, diagnostics)
}

/// A tree as one line of text, so that trees can be compared.
func outline(_ node: Node?) -> String {
  guard let node else { return "none" }
  if let elements = node.elements { return "[" + elements.map(outline).joined(separator: " ") + "]" }
  if let entries = node.entries {
    return "{" + entries.map { "\($0.name)=\(outline($0.value))" }.joined(separator: " ") + "}"
  }
  return node.scalar?.string ?? "?"
}

private let trees: [(text: String, outline: String)] = [
  ("a: &x {p: 1, q: 2}\nb: *x\n", "{a={p=1 q=2} b={p=1 q=2}}"),
  ("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n", "{a={p=1 q=2} b={p=1 q=3}}"),
  ("a: &x {p: 1}\nb: &y {p: 2, r: 3}\nc: {<<: [*x, *y], s: 4}\n", "{a={p=1} b={p=2 r=3} c={p=1 r=3 s=4}}"),
  ("a: {\"<<\": 1}\n", "{a={<<=1}}"),
  ("a: &x 1\nb: &x 2\nc: *x\n", "{a=1 b=2 c=2}"),
  ("- NO\n- 012\n- 'x'\n- 2024-09-01\n", "[NO 012 x 2024-09-01]"),
  ("&a [1, *a]\n", "[1 ?]"),
  ("{a: !x 1, b: 2}", "{a=? b=2}"),
]

@Test(arguments: trees)
func tree(text: String, expected: String) {
  #expect(outline(parsed(text).node) == expected)
}

private func fails(_ text: String, _ codes: [String], _ places: [String]) -> (String, [String], [String]) {
  (text, codes, places)
}

private let wrong: [(text: String, codes: [String], places: [String])] = [
  fails("", ["empty-document"], ["1:1"]),
  fails("# nothing\n", ["empty-document"], ["1:1"]),
  fails("a: 1\n---\nb: 2\n", ["several-documents"], ["2:1"]),
  fails("é: 1\nb: 2\né: 3\n", ["duplicate-key"], ["3:1"]),
  fails("{a: 1, b: {c: 1, c: 2}, a: 3}\n", ["duplicate-key", "duplicate-key"], ["1:18", "1:25"]),
  fails("a: *nome\nb: &name 1\nc: *nmae\n", ["unknown-anchor", "unknown-anchor"], ["1:4", "3:4"]),
  fails("a: &x [1, *x]\n", ["cyclic-alias"], ["1:11"]),
  fails("a: {<<: 1}\n", ["wrong-type"], ["1:9"]),
  fails("? [a, b]\n: 1\n", ["wrong-type"], ["1:3"]),
  fails("a: [1, 2\nb: 3\n", ["yaml-syntax"], ["2:2"]),
  fails("a: 1\nb: 'x\nc: 2\n", ["yaml-syntax"], ["2:4"]),
  fails("a: 1\n\tb: 2\n", ["yaml-syntax"], ["2:1"]),
  fails("a: \u{7}\n", ["yaml-syntax"], ["1:4"]),
  fails("\u{FEFF}é: \u{7}\n", ["yaml-syntax"], ["1:4"]),
]

@Test(arguments: wrong)
func wrongDocument(text: String, codes: [String], places: [String]) {
  let diagnostics = parsed(text).diagnostics.all
  #expect(diagnostics.map(\.code) == codes)
  #expect(diagnostics.map { "\($0.range?.start.line ?? 0):\($0.range?.start.column ?? 0)" } == places)
}

@Test(
  arguments: [
    ([0x61, 0x3A, 0x20, 0xC3, 0x28], 4), ([0xFF, 0xFE, 0x61, 0x00], 1), ([0x61, 0xC3], 2), ([0xED, 0xA0, 0x80], 1),
    ([0xF0, 0x9F, 0x98], 1),
  ] as [([UInt8], Int)])
func notUTF8(bytes: [UInt8], column: Int) {
  var diagnostics = Diagnostics()
  #expect(parseYAML(SourceFile(path: "r", bytes: bytes), into: &diagnostics) == nil)
  #expect(diagnostics.all.map(\.code) == ["invalid-utf8"])
  #expect(diagnostics.all.first?.range?.start.column == column)
}

@Test func billionLaughs() {
  var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
  for level in 1...60 {
    let alias = "*a\(level - 1)"
    text += "a\(level): &a\(level) [" + Array(repeating: alias, count: 10).joined(separator: ", ") + "]\n"
  }
  let (node, diagnostics) = parsed(text)
  #expect(node == nil)
  #expect(diagnostics.all.map(\.code) == ["alias-bomb"])
  let merges = (1...40).map { level in
    let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
    return "a\(level): &a\(level) {<<: [\(aliases)]}"
  }
  let merged = parsed("a0: &a0 {b: {c: 1}}\n" + merges.joined(separator: "\n"))
  #expect(outline(merged.node?["a40"]) == "{b={c=1}}")
}

@Test(arguments: ["[", "{a: ", "- "])
func deepNesting(open: String) {
  let (node, diagnostics) = parsed(String(repeating: open, count: 50_000))
  #expect(node == nil)
  #expect(diagnostics.all.map(\.code) == ["too-deep"])
  #expect(diagnostics.all.first?.range?.start.column == 100 * open.count + 1)
}

/// As many errors as fit on one line take no more than linear time, and the reader is spared most of them.
@Test func manyErrorsOnOneLine() {
  let (node, diagnostics) = parsed("[" + String(repeating: "*nobody, f(1, 2), ", count: 20_000) + "x]")
  #expect(node?.elements?.count == 40_001)
  #expect(diagnostics.all.count == Diagnostics.most + 1)
  #expect(diagnostics.all.allSatisfy { ($0.help ?? "").utf8.count < 100 })
  #expect(diagnostics.hasErrors)
}

@Test func depthThroughAliases() {
  var text = "a0: &a0 [x]\n"
  for level in 1...120 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
  #expect(parsed(text).diagnostics.all.map(\.code) == ["too-deep"])
}

/// The examples of YAML 1.2.2, section 10.3.2, and what is only text there.
private let resolutions: [(String, Resolved)] = [
  ("null", .null), ("~", .null), ("", .null), ("NULL", .null), ("nULL", .string("nULL")), ("True", .bool(true)),
  ("false", .bool(false)), ("NO", .string("NO")), ("on", .string("on")), ("0", .int(0)), ("0o7", .int(7)),
  ("0x3A", .int(58)), ("-19", .int(-19)), ("012", .int(12)), ("0.", .float(0)), ("-0.0", .float(-0.0)),
  (".5", .float(0.5)), ("+12e03", .float(12000)), ("-2E+05", .float(-200000)), (".inf", .float(.infinity)),
  ("-.Inf", .float(-.infinity)), ("inf", .string("inf")), ("nan", .string("nan")), ("0x", .string("0x")),
  ("1_000", .string("1_000")), ("2024-09-01", .string("2024-09-01")), ("12:30:45", .string("12:30:45")),
  ("'1'", .string("1")), ("!!str 1", .string("1")), (".", .string(".")), ("e5", .string("e5")), ("1e", .string("1e")),
  ("9223372036854775808", .float(9_223_372_036_854_775_808)), ("0x1p3", .string("0x1p3")), ("٣", .string("٣")),
]

@Test(arguments: resolutions)
func resolution(text: String, expected: Resolved) {
  #expect(parsed("k: " + text).node?["k"]?.resolved == expected)
}
