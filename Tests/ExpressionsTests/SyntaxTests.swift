import Diagnostics
import Glibc
import Testing

@testable import Expressions

@Suite struct SyntaxTests {
  @Test(
    "reads",
    arguments: [
      ("12", "12"), (" 1.50 ", "1.50"), (".5", "0.5"), ("1e3", "1e3"), ("2.5E-10", "2.5E-10"),
      ("007", "007"), ("99999999999999999999999999999999999999.9", "99999999999999999999999999999999999999.9"),
      ("'it''s'", "'it's'"), ("''", "''"), ("'a\nb'", "'a\nb'"), ("'\\d+'", "'\\d+'"), ("'\\'", "'\\'"), ("'“'", "'“'"),
      ("NULL", "null"), ("True", "true"), ("false", "false"),
      ("minutes", "minutes"), ("größe", "größe"), ("\"odd name\"", "`odd name`"), ("`a``b`", "`a`b`"),
      ("\"and\"", "and"), ("\"say \"\"hi\"\"\"", "`say \"hi\"`"), ("date", "date"), ("interval", "interval"),
      ("if", "if"), ("escape", "escape"), ("from", "from"), ("cast", "cast"),
      ("${term}", "${term}"), ("a = ${min-score}", "(= a ${min-score})"),
      ("date '2024-09-01'", "(date '2024-09-01')"), ("TIMESTAMPTZ '2024'", "(timestamptz '2024')"),
      ("check_in > session_date + interval '9 hours'", "(> check_in (+ session_date (interval '9 hours')))"),
      ("round(minutes / 50.0, 4)", "(round (/ minutes 50.0) 4)"), ("now()", "(now)"), ("now ( )", "(now)"),
      ("current_date", "(current_date)"), ("Current_Date()", "(Current_Date)"), ("count(*)", "(count *)"),
      ("date('x')", "(date 'x')"), ("if(a, b, c)", "(if a b c)"),
      ("position('x' in s)", "(position 'x' s)"), ("position(a || b in s)", "(position (|| a b) s)"),
      ("position(a, b)", "(position a b)"), ("position(a = b, c)", "(position (= a b) c)"),
      ("extract(YEAR from d)", "(extract 'year' d)"), ("extract('year', d)", "(extract 'year' d)"),
      ("a <> b", "(<> a b)"), ("a != b", "(<> a b)"), ("a - -1", "(- a (- 1))"), ("+a", "(+ a)"),
      ("a in (1)", "(in a 1)"), ("a not in (1, 'x')", "(not (in a 1 'x'))"),
      ("a not between 1 and 2 and b", "(and (not (between a 1 2)) b)"),
      ("a like 'x%' escape '!'", "(like a 'x%' '!')"), ("a not ilike 'x'", "(not (ilike a 'x'))"),
      ("a is not distinct from null", "(not (distinct a null))"), ("a is not true", "(not (is-true a))"),
      ("case a when 1 then 'x' end", "(case of a 1 'x' null)"),
      ("CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END", "(case a 1 b 2 3)"),
      ("cast(a as decimal(6, 2))", "(cast a (decimal 6 2))"), ("try_cast(a as INT)", "(try_cast a int)"),
      ("a::int::string", "(cast (cast a int) string)"), ("-a::int", "(- (cast a int))"),
      ("a::decimal(6,2) * 2", "(* (cast a (decimal 6 2)) 2)"),
      ("a and b or not c and d", "(or (and a b) (and (not c) d))"), ("a--\u{20}", "comment"), ("((a))", "a"),
    ])
  func reads(text: String, expected: String) {
    if expected == "comment" { return #expect(parsed(text).contains("error[comment]")) }
    #expect(parsed(text) == expected)
  }

  /// DuckDB's own trees: see `Tests/oracles/precedence.py`.
  @Test func agreesWithDuckDB() throws {
    let rows = try fixture("precedence.tsv").split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(rows.count == 850)
    for row in rows where row.count == 2 {
      let print = parsed(String(row[0]))
      #expect((print.contains("error[") ? "error" : print) == String(row[1]), "\(row[0])")
    }
  }

  @Test(
    "positions",
    arguments: [
      ("(a + b) * c", "(a + b) * c", "a + b"), ("x  =  (y)", "x  =  (y)", "x"), ("a::int + 1", "a::int + 1", "a::int"),
      ("(a) and (b) and (c) and (d)", "(a) and (b) and (c) and (d)", "(a) and (b)"),
    ])
  func positions(text: String, whole: String, left: String) throws {
    var diagnostics = Diagnostics()
    let source = SourceText(text, path: "e")
    let expression = try #require(parseExpression(source, into: &diagnostics))
    guard case .binary(_, let operand, _) = expression.kind else {
      Issue.record("no binary")
      return
    }
    #expect(slice(source, expression.lower, expression.upper) == whole)
    #expect(slice(source, operand.lower, operand.upper) == left)
  }

  @Test func callsKnowTheirNames() throws {
    var diagnostics = Diagnostics()
    let source = SourceText("1 + (  round (x, 2))", path: "e")
    let expression = try #require(parseExpression(source, into: &diagnostics))
    guard case .binary(_, _, let call) = expression.kind, case .call(_, let nameUpper, _, _) = call.kind else {
      Issue.record("no call")
      return
    }
    #expect(slice(source, call.lower, nameUpper) == "round")
    #expect(slice(source, call.lower, call.upper) == "round (x, 2)")
  }

  @Test(
    "types",
    arguments: [
      ("int", "int"), ("decimal(6, 2)", "(decimal 6 2)"), (" Decimal ( 6 ) ", "(decimal 6)"),
    ])
  func types(text: String, expected: String) {
    var diagnostics = Diagnostics()
    let type = parseType(SourceText(text, path: "t"), into: &diagnostics)
    #expect(type.map { symbolic($0) } == expected)
    #expect(diagnostics.all.isEmpty)
  }

  /// Machine-written conditions of any length are expressions of little height.
  @Test("long chains", arguments: ["and", "or"])
  func longChains(connective: String) throws {
    let text = (0..<20_000).map { "a\($0) = \($0)" }.joined(separator: " \(connective) ")
    var diagnostics = Diagnostics()
    let expression = try #require(parseExpression(SourceText(text, path: "e"), into: &diagnostics))
    #expect(expression.height <= 18)
    #expect(symbolic(expression).hasPrefix("(\(connective) (= `a0` 0) (= `a1` 1) "))
  }

  /// Every shape that nests ends in one error, not in the stack.
  @Test("depth", arguments: ["(", "f(", "- ", "not ", "case when ", "a + (", "a in (", "case a when 1 then "])
  func depth(piece: String) {
    let text = String(repeating: piece, count: 10_000)
    #expect(codes(text) == ["too-deep"])
  }

  @Test("height", arguments: [" + a", "::int", " is null", " || 'x'", " in (1)"])
  func height(piece: String) {
    #expect(codes("a" + String(repeating: piece, count: 400)) == [])
    #expect(codes("a" + String(repeating: piece, count: 20_000)) == ["too-deep"])
  }

  /// Long texts of what opens and never closes take linear time.
  @Test(
    "linear",
    arguments: [
      "${", "“‘«", "'", "\"", "`a", "case ", "a b ", "f(a b ", ") ", "== ", "\\", "in ", "1.2.3 ", "a < ", "/*", "é",
    ])
  func linear(piece: String) {
    let short = seconds { _ = codes(String(repeating: piece, count: 500)) }
    let long = seconds { _ = codes(String(repeating: piece, count: 32_000)) }
    #expect(long < max(short, 0.001) * 500, "64 times the text")
  }

  /// Processor time of this thread, which does not count what others do meanwhile.
  private func seconds(_ body: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    body()
    return now() - start
  }

  /// Whatever the bytes: an expression without complaint, or complaints and none; positions inside the text.
  @Test func anything() {
    let pieces: [[UInt8]] =
      [
        "a", "1", "'x'", "'", "\"", "`", "(", ")", ",", "::", "+", "- ", "--", "/*", "*", "and", "or", "not", "is",
        "in", "between", "like", "escape", "case", "when", "then", "else", "end", "cast(", "as", "if", "position(",
        "extract(", "from", "distinct", "interval", "date", "${", "}", "${a}", "==", "&&", "1e", "1.2.3", "“", "’",
        "\u{A0}", "≤", ".", ";", "\\", "[", "null", "true", " ", "\n", "f(", "2024-09-01", "é", "😀", "\u{0}",
      ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80]]
    var seed: UInt64 = 42
    func draw(_ count: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(truncatingIfNeeded: (seed >> 33) % UInt64(count))
    }
    for _ in 0..<5_000 {
      var bytes: [UInt8] = []
      for _ in 0...draw(12) { bytes += pieces[draw(pieces.count)] + (draw(2) == 0 ? [0x20] : []) }
      let source = SourceText(
        bytes: bytes, file: SourceFile(path: "e", bytes: bytes), runs: [(0, 0)], end: bytes.count)
      var diagnostics = Diagnostics()
      let expression = parseExpression(source, into: &diagnostics)
      #expect((expression == nil) == diagnostics.hasErrors, "\(source.string)")
      #expect(diagnostics.all.count <= 20)
      for diagnostic in diagnostics.all {
        #expect(diagnostic.range.map { $0.lower >= 0 && $0.upper <= bytes.count } == true, "\(source.string)")
      }
    }
  }

  private func codes(_ text: String) -> [String] {
    var diagnostics = Diagnostics()
    let expression = parseExpression(SourceText(text, path: "e"), into: &diagnostics)
    #expect((expression == nil) == diagnostics.hasErrors)
    return diagnostics.all.map(\.code)
  }

  private func slice(_ source: SourceText, _ lower: Int, _ upper: Int) -> String {
    String(decoding: source.bytes[lower..<upper], as: UTF8.self)
  }
}
