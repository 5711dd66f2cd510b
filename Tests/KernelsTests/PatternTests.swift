import Columns
import Testing

@testable import Kernels

/// Regular expressions against DuckDB, and what PCRE2 adds to it.
struct PatternTests {
  private func pattern(_ text: String?, wholeValue: Bool = false) throws -> Pattern {
    try Pattern(Array((text ?? "").utf8), ignoringCase: false, wholeValue: wholeValue)
  }

  private func check(_ name: String, _ answer: (Pattern, Column, [String?], ByteStore) -> Column) throws {
    let table = TextTable(name)
    #expect(!table.rows.isEmpty)
    for row in table.rows {
      let sample = TextSample()
      let x = sample.column([nil, row[0], nil, row[0]])
      let result = answer(try pattern(row[1], wholeValue: name == "regexp_full_match"), x, row, sample.store)
      let expected = row[row.count - 1]
      #expect(sample.values(result) == [nil, expected, nil, expected], "\(row)")
    }
  }

  @Test func matchesAsDuckDB() throws {
    try check("regexp_matches") { pattern, x, _, store in pattern.matches(x, in: store, rows: nil) }
    try check("regexp_full_match") { pattern, x, _, store in pattern.matches(x, in: store, rows: nil) }
  }

  @Test func extractsAsDuckDB() throws {
    try check("regexp_extract") { pattern, x, _, store in pattern.extract(x, group: 0, in: store) }
    try check("regexp_extract_2") { pattern, x, _, store in pattern.extract(x, group: 2, in: store) }
  }

  @Test(arguments: ["regexp_replace", "regexp_replace_all"])
  func replacesAsDuckDB(_ name: String) throws {
    try check(name) { pattern, x, row, store in
      let template = Array((row[2] ?? "").utf8)
      #expect(pattern.fault(inTemplate: template) == nil)
      return pattern.replace(x, with: template, all: name.hasSuffix("all"), in: store)
    }
  }

  @Test(arguments: [
    ("(", 1, "missing closing parenthesis"), ("a{2,1}", 5, "numbers out of order in {} quantifier"),
    ("[b-a]", 3, "range out of order in character class"), ("*a", 0, "quantifier does not follow a repeatable item"),
    ("é\\C", 4, "using \\C is disabled by the application"),
    ("(?<n>a)(?<n>b)", 12, "two named subpatterns have the same name"),
  ])
  func errors(_ text: String, _ offset: Int, _ message: String) {
    let error = #expect(throws: PatternError.self) { try pattern(text) }
    #expect(error?.offset == offset)
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }

  @Test func bytesThatAreNoPattern() {
    #expect(throws: PatternError.self) { try Pattern([0xFF, 0x61], ignoringCase: false, wholeValue: true) }
  }

  @Test(arguments: [
    ("\\2", 0, "the pattern has only 1 group"), ("a\\", 1, "a backslash stands before a digit or a backslash only"),
    ("\\\\\\x", 2, "a backslash stands before a digit or a backslash only"),
  ])
  func templates(_ template: String, _ offset: Int, _ message: String) throws {
    let fault = try pattern("(a)").fault(inTemplate: Array(template.utf8))
    #expect(fault == PatternError(offset: offset, message: message))
  }

  @Test func groups() throws {
    let dated = try pattern("(?<year>\\d{4})-(?P<month>\\d\\d)(-(\\d\\d))?")
    #expect(dated.groupCount == 4)
    #expect(["year", "month", "day", "", "ye\0ar"].map(dated.group) == [1, 2, nil, nil, nil])
    let sample = TextSample()
    let x = sample.column(["on 2024-09", "2024-9", "1999-12-31"])
    for (group, expected) in [
      (1, ["2024", "", "1999"]), (2, ["09", "", "12"]), (4, ["", "", "31"]), (5, ["", "", ""]),
    ] {
      #expect(sample.values(dated.extract(x, group: group, in: sample.store)) == expected)
    }
    #expect(sample.values(dated.extract(x, group: -1, in: sample.store)) == ["", "", ""])
  }

  /// Alternatives keep their meaning when a match must be the whole text, and `$` never stops before a line feed.
  @Test(arguments: [
    ("a|ab", "ab", true), ("a|ab", "abb", false), ("a", "a\n", false), ("a$", "a\n", false), ("(?=a)a$", "a\n", false),
    (".", "\n", false), (".", "é", true), ("(?s:.)", "\n", true), ("\\w", "é", false), ("\\d", "٣", false),
    ("[^a]", "😀", true), ("\\Ka", "a", true), ("(?i)straße", "STRAßE", true), ("", "", true), ("(a*)*", "aaa", true),
  ])
  func wholeValue(_ text: String, _ value: String, _ expected: Bool) throws {
    let sample = TextSample()
    let result = try pattern(text, wholeValue: true).matches(sample.column([value]), in: sample.store, rows: nil)
    #expect(result.bits[0] == expected)
  }

  @Test(arguments: [("K", "\u{212A}"), ("s", "ſ"), ("[j-l]", "\u{212A}"), ("é", "É"), ("[à-ý]", "É"), ("ab_C", "AB_c")])
  func ignoringCase(_ text: String, _ value: String) throws {
    let sample = TextSample()
    let x = sample.column([value, value.lowercased(), value.uppercased(), "?"])
    let result = try Pattern(Array(text.utf8), ignoringCase: true, wholeValue: true).matches(
      x, in: sample.store, rows: nil)
    #expect(sample.values(result) == ["true", "true", "true", "false"])
  }

  @Test func onlyWantedRowsAreAnswered() throws {
    let sample = TextSample()
    let hostile = String(repeating: "a", count: 60)
    let x = sample.column([String](repeating: "ab", count: 99) + [hostile])
    var wanted = Bitmap(repeating: false, count: 100)
    for row in stride(from: 0, to: 99, by: 7) { wanted[row] = true }
    for text in ["ab?", "(?=ab)ab?", "(?=(a+)+b)ab"] {
      let result = try pattern(text).matches(x, in: sample.store, rows: wanted)
      #expect(result.bits == wanted && result.failures == nil)
    }
    let constant = try pattern("a").matches(sample.constant("a", count: 100), in: sample.store, rows: wanted)
    #expect(constant.bits == wanted)
  }

  /// Without limits each of these would take longer than anyone lives.
  @Test(arguments: ["(?=(a+)+[bd])a", "^(a+)+\\1$", "(?=(?:a?){60}a{60}b)", "((?:aa?)+)+(?!a)\\1[bd]"])
  func hostilePatternsFail(_ text: String) throws {
    let sample = TextSample()
    let x = sample.column([String(repeating: "a", count: 59) + "c", "b", nil])
    let hostile = try pattern(text)
    let time = ContinuousClock().measure {
      for result in [
        hostile.matches(x, in: sample.store, rows: nil), hostile.extract(x, group: 0, in: sample.store),
        hostile.replace(x, with: [], all: true, in: sample.store),
      ] {
        #expect((0..<3).map(result.state) == [.failed, .present, .null])
        #expect(result.failures?.kind(0) == .patternLimit)
      }
    }
    #expect(time < .seconds(2))
  }

  /// Deep, but no more steps than the text is long: needs more stack than there is at first.
  @Test func longTextsMatch() throws {
    let sample = TextSample()
    let x = sample.column([String(repeating: "ab", count: 100_000), "ab"])
    let result = try pattern("(?=a)(?:(a)|(b))*", wholeValue: true).matches(x, in: sample.store, rows: nil)
    #expect(sample.values(result) == ["true", "true"])
  }

  @Test func textsThatAreNoUTF8MatchNothing() throws {
    let sample = TextSample()
    let cells: [[UInt8]] = [
      [0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
    ]
    let x = sample.column(bytes: cells + [[0x61]])
    for text in [".*", "(?=.|)(?s:.*)"] {
      let result = try pattern(text, wholeValue: true).matches(x, in: sample.store, rows: nil)
      #expect(result.bits.rows == [6])
    }
  }
}
