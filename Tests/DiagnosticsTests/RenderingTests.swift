import Diagnostics
import Testing

private func diagnostic(
  _ bytes: [UInt8], _ lower: Int, _ upper: Int, label: String? = nil, help: String? = nil
) -> Diagnostic {
  let file = SourceFile(path: "r.yaml", bytes: bytes)
  return Diagnostic("code", .error, "words", at: SourceRange(file, lower, upper), label: label, help: help)
}

/// Where `word` first stands in `text`, rendered.
private func rendered(_ text: String, _ word: String, label: String? = nil, help: String? = nil) -> String {
  let bytes = Array(text.utf8)
  let found = bytes.indices.first { bytes[$0...].starts(with: word.utf8) } ?? bytes.count
  return diagnostic(bytes, found, found + word.utf8.count, label: label, help: help).rendered()
}

@Test func contractExample() {
  let lines = Array(repeating: "#", count: 13) + ["  - set: {ratio: minuts / 50.0}", ""]
  let bytes = Array(lines.joined(separator: "\n").utf8)
  let file = SourceFile(path: "recipes/attendance.yaml", bytes: bytes)
  let range = SourceRange(file, 13 * 2 + 17, 13 * 2 + 23)
  let shown = Diagnostic(
    "unknown-column", .error, "no column 'minuts' at this step", at: range, label: "did you mean 'minutes'?")
  #expect(
    shown.rendered() == """
      recipes/attendance.yaml:14:18: error[unknown-column]: no column 'minuts' at this step
         14 |   - set: {ratio: minuts / 50.0}
            |                  ^^^^^^ did you mean 'minutes'?
      """)
  #expect(
    shown.json.text() == #"{"code":"unknown-column","severity":"error","message":"no column 'minuts' at this step","#
      + #""file":"recipes/attendance.yaml","line":14,"column":18,"end_line":14,"end_column":24,"#
      + #""help":"did you mean 'minutes'?"}"#)
}

private let places: [(text: String, word: String, place: String, line: String, carets: String)] = [
  ("é€😀: x", "x", "1:6", "    1 | é€😀: x", "      |      ^"),
  ("\u{FEFF}a: x", "x", "1:4", "    1 | a: x", "      |    ^"),
  ("a: 1\r\nb: xy\r\n", "xy", "2:4", "    2 | b: xy", "      |    ^^"),
  ("a: 1\rb: xy\r", "xy", "2:4", "    2 | b: xy", "      |    ^^"),
  ("a:\t\tx", "x", "1:5", "    1 | a:\t\tx", "      |   \t\t^"),
  ("a: x\nyz", "x\nyz", "1:4", "    1 | a: x", "      |    ^"),
  ("a: \u{1B}[1m x", "x", "1:9", "    1 | a: \u{FFFD}[1m x", "      |         ^"),
  ("", "", "1:1", "    1 |", "      | ^"),
  ("ab", "none", "1:3", "    1 | ab", "      |   ^"),
]

@Test(arguments: places)
func place(text: String, word: String, place: String, line: String, carets: String) {
  let lines = rendered(text, word).split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines == ["r.yaml:\(place): error[code]: words", line[...], carets[...]])
}

@Test func helpAndColour() {
  #expect(
    rendered("ab", "b", label: "here", help: "one\ntwo") == """
      r.yaml:1:2: error[code]: words
          1 | ab
            |  ^ here
            help: one
                  two
      """)
  let plain = diagnostic([0x61], 0, 1)
  var bare = ""
  var isEscape = false
  for character in plain.rendered(colored: true) {
    if character == "\u{1B}" { isEscape = true }
    if !isEscape { bare.append(character) }
    if character == "m" { isEscape = false }
  }
  #expect(bare.split(separator: "\n").first == "r.yaml:1:1: error[code]: words")
  #expect(plain.rendered(colored: true).contains("\u{1B}[1;31m"))
  #expect(Diagnostic("c", .warning, "m", at: nil, help: "h").rendered() == "warning[c]: m\n      help: h")
}

@Test func longLineIsCut() {
  let text = String(repeating: "x", count: 100_000) + "KEY" + String(repeating: "y", count: 100_000)
  let lines = rendered(text, "KEY").split(separator: "\n")
  #expect(lines.allSatisfy { $0.count < 300 })
  let shown = Array(lines[1].unicodeScalars)
  let carets = Array(lines[2].unicodeScalars)
  let first = carets.firstIndex(of: "^") ?? 0
  #expect(String(String.UnicodeScalarView(shown[first..<(first + 3)])) == "KEY")
}

@Test func positionsOfEveryByte() {
  let text = "\u{FEFF}aé\r\n€b\n\r😀\rz"
  let file = SourceFile(path: "p", bytes: Array(text.utf8))
  var line = 1
  var column = 1
  var offset = 3
  let scalars = Array(text.unicodeScalars.dropFirst())
  for (index, scalar) in scalars.enumerated() {
    #expect(file.position(of: offset).line == line)
    #expect(file.position(of: offset).column == column)
    offset += UTF8.width(scalar)
    column += 1
    if scalar == "\n" || (scalar == "\r" && scalars[index + 1] != "\n") {
      line += 1
      column = 1
    }
  }
  #expect(file.position(of: -5).line == 1)
  #expect(file.position(of: 1_000).line == 5)
}
