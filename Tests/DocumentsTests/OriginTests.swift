import Diagnostics
import Documents
import Testing

private func located(_ text: String) -> SourceText? {
  var diagnostics = Diagnostics()
  let node = parseYAML(SourceFile(path: "r.yaml", bytes: Array(text.utf8)), into: &diagnostics)
  return node?["k"]?.scalar?.text
}

/// Documents, a word of the value of `k`, and the line and column at which a person sees it.
private let words: [(text: String, word: String, line: Int, column: Int)] = [
  ("k: alpha beta", "beta", 1, 10),
  ("k: 'alpha beta'", "beta", 1, 11),
  ("k: 'it''s here'", "here", 1, 11),
  ("k: \"a \\\"q\\\" here\"", "here", 1, 13),
  ("k: \"a \\u00e9 \\U0001F600 here\"", "here", 1, 25),
  ("é: 1\nk: é€ here", "here", 2, 7),
  ("\u{FEFF}k: here", "here", 1, 4),
  ("\u{FEFF}é: 1\r\nk: 'x here'\r\n", "here", 2, 7),
  ("k: alpha\n  beta\n\n  here", "here", 4, 3),
  ("k: alpha\r\n  beta\r\n\r\n  here\r\n", "here", 4, 3),
  ("k: 'alpha\n  \n   here'", "here", 3, 4),
  ("k: \"alpha \\\n   here\"", "here", 2, 4),
  ("k: |\n  alpha\n\n    here\n", "here", 4, 5),
  ("k: |2\n    alpha\n  here\n", "here", 3, 3),
  ("k: >-\n  alpha\n  beta\n\n  here\n", "here", 5, 3),
  ("k: >-\r\n  alpha\r\n    more\r\n\r\n  here\r\n", "here", 5, 3),
  ("k: >+ # note\n\n\n  é alpha\n  here\n\n", "here", 5, 3),
  ("k: &name !!str\n  here", "here", 2, 3),
  ("{k: é here , b: 1}", "here", 1, 7),
]

@Test(arguments: words)
func word(text: String, word: String, line: Int, column: Int) throws {
  let value = try #require(located(text))
  let lower = try #require(value.bytes.indices.first { value.bytes[$0...].starts(with: word.utf8) })
  let range = value.range(lower, lower + word.utf8.count)
  #expect(range.text == word)
  #expect([range.start.line, range.start.column] == [line, column])
}

@Test func escapeIsOnePlace() throws {
  let quotes = try #require(located("k: \"a \\\"q\\\"\""))
  #expect(quotes.string == "a \"q\"")
  #expect(quotes.range(2, 3).text == "\\\"")
  #expect(quotes.range(2, 5).text == "\\\"q\\\"")
  #expect(try #require(located("k: 'it''s'")).range(2, 3).text == "''")
  // What is missing at the end of a block is missing after its last character.
  let end = try #require(located("k: >-\n  a\n  b\n")).range(3, 3).start
  #expect([end.line, end.column] == [3, 4])
}

/// A small generator (SplitMix64), so that a failure can be repeated.
struct Dice {
  var state: UInt64

  mutating func roll(_ sides: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(sides))
  }

  mutating func text(_ parts: [String], _ count: Int) -> String {
    (0..<roll(count)).map { _ in parts[roll(parts.count)] }.joined()
  }
}

/// Every byte of a value comes from the same byte of the file, from a line break that was folded, or from an escape.
@Test func everyByteHasItsOrigin() {
  var dice = Dice(state: 1)
  let headers = ["", "'", "\"", "|\n", ">\n", "|-\n", ">+\n", ">2\n", "|2-\n", "!!str ", "&a "]
  let parts = [
    "a", "é", "b c", " ", "\n  ", "\r\n  ", "\n\n  ", "\n    ", "''", "\\\"", "\\n", "\\u00e9", "\t", "\\\n  ", "x",
  ]
  var found = 0
  for _ in 0..<20_000 {
    let header = headers[dice.roll(headers.count)]
    let quote = header == "'" || header == "\"" ? header : ""
    let body = (header.hasSuffix("\n") ? "  " : "") + dice.text(parts, 12)
    guard let text = located("é: 1\nk: " + header + body + quote + "\n") else { continue }
    // A block of nothing but blanks does not show its indentation, and nobody points into it.
    if text.bytes.allSatisfy({ $0 == 32 || $0 == 10 }) { continue }
    found += 1
    for (index, byte) in text.bytes.enumerated() {
      let range = text.range(index, index + 1)
      let origin = range.lower < text.file.bytes.count ? text.file.bytes[range.lower] : 10
      let isFolded = (byte == 32 || byte == 10) && (origin == 10 || origin == 13)
      let isEscape = origin == 0x5C || (byte == 0xA9 && text.runs.contains { $0.file == range.lower - 1 })
      if byte != origin, !isFolded, !isEscape {
        let source = text.file.text(0, 200)
        Issue.record("byte \(index) of \(text.string.debugDescription), from \(source.debugDescription)")
        return
      }
    }
  }
  #expect(found > 5_000)
}

/// No text whatever stops the reader.
@Test func anyBytesAreRead() {
  var dice = Dice(state: 2)
  let parts = [
    "a", ": ", "- ", "[", "]", "{", "}", ",", "'", "\"", "#", "&a ", "*a", "<<: ", "|", ">", "\n", "  ", "\\", "%", "`",
    "é",
    "\u{FEFF}", "\r", "? ", "!", "\u{0}", "(", ")", "...", "---", "\u{2028}",
  ]
  var trees = 0
  for round in 0..<20_000 {
    var bytes = Array(dice.text(parts, 24).utf8)
    if round % 10 == 0, !bytes.isEmpty { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256)) }
    var diagnostics = Diagnostics()
    let node = parseYAML(SourceFile(path: "r", bytes: bytes), into: &diagnostics)
    _ = node?.text(as: .pattern, &diagnostics)
    if node != nil { trees += 1 }
    if node == nil { #expect(diagnostics.hasErrors) }
    _ = diagnostics.rendered()
  }
  #expect(trees > 100)
}
