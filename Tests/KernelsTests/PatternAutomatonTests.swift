import Columns
import Testing

@testable import Kernels

/// The byte automaton against PCRE2, which it must never contradict.
struct PatternAutomatonTests {
  private static func compiled(_ text: String, _ ignoringCase: Bool, _ wholeValue: Bool) -> (Pattern, Pattern)? {
    let bytes = Array(text.utf8)
    guard let fast = try? Pattern(bytes, ignoringCase: ignoringCase, wholeValue: wholeValue), fast.automaton != nil,
      let slow = try? Pattern(bytes, ignoringCase: ignoringCase, wholeValue: wholeValue, automatic: false)
    else { return nil }
    return (fast, slow)
  }

  /// Patterns by a grammar, texts that nearly match them.
  @Test(arguments: 0..<4)
  func agrees(_ seed: Int) {
    var generator = PatternGenerator(random: SplitMix(state: UInt64(seed)))
    let sample = TextSample()
    var (automatic, trues, compared) = (0, 0, 0)
    for round in 0..<400 {
      let text = generator.pattern()
      guard let (fast, slow) = Self.compiled(text, round % 3 == 0, round % 2 == 0) else { continue }
      automatic += 1
      let x = sample.column((0..<40).map { _ in generator.text() })
      let expected = slow.matches(x, in: sample.store, rows: nil)
      let actual = fast.matches(x, in: sample.store, rows: nil)
      for row in 0..<x.count where expected.isPresent(row) {
        #expect(
          actual.bits[row] == expected.bits[row], "\(text) on \(sample.store.string(x.texts[row]).debugDescription)")
        trues += actual.bits[row] ? 1 : 0
        compared += 1
      }
    }
    // Most patterns of the grammar are simple enough, and both answers are frequent.
    #expect(automatic > 200 && trues > compared / 10 && trues < compared * 9 / 10)
  }

  /// One scalar of every kind against every kind of class.
  @Test(arguments: [
    ".", "[^a]", "[é-ö]", "[\\u{80}-\\u{10FFFF}]", "\\W", "\\D", "\\S", "[^\\d]", "[߿-ࠀ]", "[\\u{FFFF}-\\u{10000}]",
    "[^\\u{800}-\\u{FFFF}]", "[k]", "[^k]", "[r-t]", "[^S]", "\\w",
  ])
  func everyLengthOfScalar(_ text: String) throws {
    // Swift's notation for a scalar, which PCRE2 does not know, so that the table can be read.
    let written = text.split(separator: "\\u{", omittingEmptySubsequences: false).enumerated().map { index, part in
      guard index > 0, let end = part.firstIndex(of: "}"), let value = UInt32(part[..<end], radix: 16),
        let scalar = Unicode.Scalar(value)
      else { return String(part) }
      return String(scalar) + part[part.index(after: end)...]
    }.joined()
    let values: [UInt32] = [
      0, 9, 0x0A, 0x20, 0x2D, 0x30, 0x41, 0x4B, 0x53, 0x5F, 0x61, 0x6B, 0x73, 0x7F, 0x80, 0xA0, 0xE9, 0xF6, 0xF7, 0x17F,
      0x7FF, 0x800, 0xFFF, 0x1000, 0x212A, 0xCFFF, 0xD000, 0xD7FF, 0xE000, 0xFFFF, 0x1_0000, 0x3_FFFF, 0x4_0000,
      0xF_FFFF, 0x10_0000, 0x10_FFFF,
    ]
    let sample = TextSample()
    let x = sample.column(values.compactMap { Unicode.Scalar($0).map { String($0) } })
    for ignoringCase in [false, true] {
      guard let (fast, slow) = Self.compiled(written, ignoringCase, true) else {
        #expect(ignoringCase && written.utf8.contains { $0 >= 0x80 }, "declined")
        continue
      }
      #expect(
        fast.matches(x, in: sample.store, rows: nil).bits.rows == slow.matches(x, in: sample.store, rows: nil).bits.rows
      )
    }
  }

  /// What is not regular, or not plainly so, is PCRE2's.
  @Test(arguments: [
    "(a)\\1", "(?=a)a", "a++", "(?>a)", "\\bab", "(?i)a", "[[:alpha:]]", "a{,3}", "\\x41", "\\p{L}", "(?<!a)b", "a|^b",
    "a$|b",
    "(?:^a)", "\\Qa\\E", "\\R", "(*UCP)a", "[a-\\d]", "(?#x)a", "a{1001}", "(?:a|b)*a(?:a|b){20}", "\\h", "x{", "\\01",
  ])
  func declines(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(ByteAutomaton(pattern: bytes, ignoringCase: false, wholeValue: true) == nil)
  }

  @Test(arguments: [
    "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}", "[A-Z]{2,4}-[0-9]{3}", "^\\d{4}-\\d\\d-\\d\\d$", "(?:yes|no)?",
    "[]a]+", "[^]]", "[a\\]-]", ".*\\.csv", "(?<n>a)(?P<m>b)", "\\(\\d+\\)", "ab{0}c", "é+", "a{2,}?",
  ])
  func takes(_ text: String) {
    #expect(ByteAutomaton(pattern: Array(text.utf8), ignoringCase: false, wholeValue: true) != nil)
  }

  /// Texts of every length around the eight bytes of a word.
  @Test func lengths() throws {
    let sample = TextSample()
    let x = sample.column((0...40).map { String(repeating: "a", count: $0) })
    for count in 0...40 {
      let exact = try Pattern(Array("a{\(count)}".utf8), ignoringCase: false, wholeValue: true)
      #expect(exact.matches(x, in: sample.store, rows: nil).bits.rows == [count])
      let atLeast = try Pattern(Array("a{\(count)}".utf8), ignoringCase: false, wholeValue: false)
      #expect(atLeast.matches(x, in: sample.store, rows: nil).bits.rows == Array(count...40))
    }
  }
}

/// Writes random patterns in the automaton's language, and texts of their letters.
struct PatternGenerator {
  var random: SplitMix

  mutating func pattern() -> String {
    let body = branches(depth: 0)
    let bounds = random.below(8)
    return (bounds & 5 == 5 ? "^" : "") + body + (bounds & 6 == 6 ? "$" : "")
  }

  mutating func text() -> String {
    let letters = [
      "a", "b", "k", "K", "S", "s", "é", "ß", "美", "😀", "1", "-", "_", " ", "\n", ".", "ſ", "\u{212A}", "]", "^",
    ]
    return (0..<random.below(7)).map { _ in letters[random.below(random.below(2) == 0 ? 5 : letters.count)] }.joined()
  }

  private mutating func branches(depth: Int) -> String {
    let count = random.below(4) == 0 ? 2 : 1
    return (0..<count).map { _ in sequence(depth) }.joined(separator: "|")
  }

  private mutating func sequence(_ depth: Int) -> String {
    (0..<(random.below(8) == 0 ? 0 : 1 + random.below(3))).map { _ in quantified(depth) }.joined()
  }

  private mutating func quantified(_ depth: Int) -> String {
    let quantifiers = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,1}", "{1,}", "*?", "+?", "??", "{0,2}?"]
    return item(depth) + quantifiers[random.below(quantifiers.count)]
  }

  private mutating func item(_ depth: Int) -> String {
    switch random.below(depth < 3 ? 10 : 7) {
    case 0, 1, 2: return ["a", "b", "k", "s", "K", "é", "美", "😀", "1", "-", "_", "]", "}", " "][random.below(14)]
    case 3: return ["\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\.", "\\n", "\\-", "\\^"][random.below(10)]
    case 4: return "."
    case 5, 6:
      let members = ["a", "b-k", "é", "0-9", "\\d", "\\w", "s", "美-美", "\\S", "_", "\\]", "^", "[", ".", "$", "a-é"]
      let inside = (0...random.below(3)).map { _ in members[random.below(members.count)] }.joined()
      return "[" + (random.below(3) == 0 ? "^" : "") + inside + (random.below(4) == 0 ? "-" : "") + "]"
    case 7: return "(" + branches(depth: depth + 1) + ")"
    default: return "(?:" + branches(depth: depth + 1) + ")"
    }
  }
}
