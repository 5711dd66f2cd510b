import Diagnostics
import Glibc
import Testing

@testable import Expressions

/// Wrong expressions, and everything that is said about each: `Fixtures/syntax-errors.txt` holds a line `> expression`
/// (with `\u{…}` for characters that cannot be seen) and below it the rendered diagnostics.
@Suite struct SyntaxErrorTests {
  @Test func says() throws {
    let golden = try fixture("syntax-errors.txt")
    var actual = ""
    var count = 0
    for line in golden.split(separator: "\n") where line.hasPrefix("> ") {
      let complaints = parsed(unescaped(String(line.dropFirst(2))))
      #expect(complaints.contains("error["), "\(line)")
      actual += "\(line)\n\(complaints)\n"
      count += 1
    }
    #expect(count > 100)
    if getenv("BREW_RECORD") != nil {
      try write(actual, to: "syntax-errors.txt")
      Issue.record("recorded: read the difference")
    }
    #expect(actual == golden)
  }

  @Test(
    "types",
    arguments: [
      ("", "empty-expression"), ("5", "unexpected-token"), ("decimal(6", "unclosed-parenthesis"),
      ("decimal(6, 2) x", "unexpected-token"), ("decimal()", "unexpected-token"), ("int)", "unexpected-token"),
      ("decimal(1.5)", "unexpected-token"), ("null", "unexpected-token"), ("decimal(1_0)", "odd-number"),
    ])
  func types(text: String, code: String) {
    var diagnostics = Diagnostics()
    #expect(parseType(SourceText(text, path: "t"), into: &diagnostics) == nil)
    #expect(diagnostics.all.map(\.code) == [code])
  }

  private func unescaped(_ text: String) -> String {
    var result = ""
    for (index, part) in text.split(separator: "\\u{", omittingEmptySubsequences: false).enumerated() {
      let digits = part.prefix { $0 != "}" }
      guard index > 0, let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else {
        result += part
        continue
      }
      result.unicodeScalars.append(scalar)
      result += part.dropFirst(digits.count + 1)
    }
    return result
  }
}
