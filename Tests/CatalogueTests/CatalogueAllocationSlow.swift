import Cases
import Databrew
import Expressions
import Glibc
import Testing
import Trials

/// Memory is asked for by the batch, never by the row, in every step, rule and function: of the release program, over the
/// rows of their cases and the values of their examples, again and again.
@Suite(
  .enabled(
    if: getenv("BREW_SLOW") != nil && AllocationCounter.binary != nil, "slow: set BREW_SLOW and BREW_BINARY"))
struct CatalogueAllocationSlow {
  /// More than this, in a batch of 8,192 rows beside one of 512, is not by the batch. Tables that double as they grow, and
  /// what is kept of all rows, take a few.
  static let slack = 48

  /// What still asks for memory by the row: texts of floats past 15 bytes, which the standard library writes; digests, as
  /// libcrypto makes a context for each; what replaces invalid values; and a rule whose cases are refused all.
  static let known = [
    "fixtures/steps/replace_invalid.case", "fixtures/rules/finite.case", "fixtures/rules/format.case",
    "fixtures/rules/no_formula.case", "radians", "hmac", "md5", "sha1", "sha256", "sha512",
  ]

  private func holdingBack(_ name: String, _ body: () throws -> Void) throws {
    if Self.known.contains(name) { withKnownIssue { try body() } } else { try body() }
  }

  // MARK: steps and rules

  /// Rules that refuse rows which come again: what is refused is written for people row by row, and takes memory by the row.
  static let ofOrder = ["unique", "increasing", "decreasing"]

  @Test(arguments: CaseTests.files.filter { file in !ofOrder.contains { file == "fixtures/rules/\($0).case" } })
  func ofCases(_ name: String) throws { try holdingBack(name) { try tryCases(name) } }

  private func tryCases(_ name: String) throws {
    let counter = try AllocationCounter()
    let file = try CaseFile(try #require(readText("\(repository)/\(name)")))
    var tried = 0
    for given in file.cases where tried < 2 {
      guard let sample = try Sample(given) else { continue }
      tried += 1
      let (many, few) = try counter.perBatch(sample.recipe, more: sample.files, input: sample.input)
      #expect(abs(many - few) <= Self.slack, "\(given.title): \(many) a batch of many rows, \(few) a batch of few")
    }
    #expect(tried > 0, "no case of \(name) can be enlarged")
  }

  @Test(arguments: ofOrder)
  func ofNumberedRows(_ rule: String) throws {
    let column = rule == "decreasing" ? "falling" : "rising"
    let recipe = Trial.completed(
      "input: {path: input.csv, columns: {rising: int, falling: int}}\nrules: [{\(rule): \(column)}]\n")
    let (many, few) = try AllocationCounter().perBatch(recipe) { rows, bytes in
      let padding = String(repeating: "x", count: bytes - 17)
      let lines = (0..<rows).map { "\(1_000_000 + $0),\(9_000_000 - $0),\(padding)\n" }
      return Array(("rising,falling,padding\n" + lines.joined()).utf8)
    }
    #expect(abs(many - few) <= Self.slack, "\(many) a batch of many rows, \(few) a batch of few")
  }

  /// A case whose input can be made longer and wider: rows of one line that are not refused, repeated, with a column more.
  struct Sample {
    let recipe: String
    let files: [(name: String, bytes: [UInt8])]
    private let header: [UInt8]
    private let rows: [[UInt8]]

    init?(_ given: CaseFile.Case) throws {
      guard given["diagnostics"]?.contains(where: { $0.contains("error[") }) != true, let lines = given["input"],
        let recipe = given["recipe"], Self.readsPlainly(recipe)
      else { return nil }
      let refused = Set((given["quarantine"] ?? []).compactMap { Int($0.prefix { $0 != ":" }) })
      let all = try lines.map { try CaseText.bytes([$0]).dropLast() }
      guard let head = all.first, all.dropFirst().allSatisfy({ $0.count { $0 == UInt8(ascii: "\"") } % 2 == 0 }) else {
        return nil
      }
      // What is refused is written for people row by row, and takes memory by the row.
      let sound = all.dropFirst().enumerated().filter { !refused.contains($0.offset + 1) && $0.element.count <= 60 }
      guard !sound.isEmpty else { return nil }
      rows = sound.map { Array($0.element) }
      header = Array(head)
      self.recipe = Trial.completed(recipe.map { $0 + "\n" }.joined())
      files = try given.sections.filter { $0.name.hasPrefix("file ") }.map { section in
        (String(section.name.dropFirst(5)), try CaseText.bytes(section.lines))
      }
    }

    /// Whether the input is the case's, with a header, commas and quotes.
    private static func readsPlainly(_ recipe: [String]) -> Bool {
      let text = recipe.joined(separator: "\n")
      let isOther = recipe.contains { $0.hasPrefix("input:") } && !text.contains("path: input.csv")
      return !isOther && !text.contains("format: {") && !text.contains("headers:")
    }

    func input(_ count: Int, _ bytes: Int) -> [UInt8] {
      let lines = rows.map { row in
        row + [UInt8(ascii: ",")] + padding(max(0, bytes - row.count - 2)) + [UInt8(ascii: "\n")]
      }
      return header + Array(",padding\n".utf8) + repeated(lines, count)
    }
  }

  // MARK: functions

  @Test(arguments: Function.all.map(\.name))
  func ofExamples(_ name: String) throws { try holdingBack(name) { try tryExample(name) } }

  private func tryExample(_ name: String) throws {
    guard let call = Call(try #require(Function.named(name))) else { return }
    let (many, few) = try AllocationCounter().perBatch(call.recipe, input: call.input)
    #expect(abs(many - few) <= Self.slack, "\(call.expression): \(many) a batch of many rows, \(few) a batch of few")
  }

  /// The examples that no column can stand in: of constants alone, or with nothing to be given.
  @Test func fewExamplesAreLeftOut() {
    let left = Function.all.filter { Call($0) == nil }.map(\.name)
    #expect(left.count * 5 < Function.all.count, "\(left)")
  }

  /// The example of a function with columns in place of its literals, so that it is computed row by row.
  struct Call {
    private(set) var expression: String
    private var columns: [(type: String, value: String)]

    /// Nil where no literal can be a column.
    init?(_ function: Function) {
      let text = function.example.expression
      let literals = Self.literals(of: text)
      // Patterns, formats and units are constants: as many literals as may be become columns, the first of them at least.
      for count in stride(from: literals.count, through: 1, by: -1) {
        var expression = text
        for (index, literal) in literals.prefix(count).enumerated().reversed() {
          expression.replaceSubrange(literal.range, with: " c\(index) ")
        }
        self.expression = expression
        columns = literals.prefix(count).map { ($0.type, $0.value) }
        let trial = try? Trial(recipe, files: [("input.csv", input(1, 64))])
        if trial?.report?.ledger.accepted == 1 { return }
      }
      return nil
    }

    private struct Literal {
      let range: Range<String.Index>
      let type: String
      let value: String
    }

    /// `'a'`, `date '2024-09-01'`, `1.5`, wherever they stand.
    private static func literals(of text: String) -> [Literal] {
      let words = text.matches(of: /'([^']*)'|([a-z_]+)[a-z_0-9]*(?: '([^']*)')?|[0-9]+(?:\.[0-9]+)?/)
      return words.compactMap { word in
        if let quoted = word.output.1 { return Literal(range: word.range, type: "string", value: String(quoted)) }
        if let name = word.output.2 {
          guard ["date", "time", "timestamp"].contains(name), let quoted = word.output.3 else { return nil }
          return Literal(range: word.range, type: String(name), value: String(quoted))
        }
        let type = word.output.0.contains(".") ? "\"decimal(18, 6)\"" : "int"
        return Literal(range: word.range, type: type, value: String(word.output.0))
      }
    }

    var recipe: String {
      let types = columns.enumerated().map { "    c\($0): \($1.type)\n" }.joined()
      let step = "steps:\n  - set:\n      result: >-\n        \(expression)\n"
      return Trial.completed("input:\n  path: input.csv\n  columns:\n    x: int\n\(types)\(step)")
    }

    func input(_ count: Int, _ bytes: Int) -> [UInt8] {
      let cells = "12," + columns.map { "\"\($0.value)\"," }.joined()
      let line = Array(cells.utf8) + padding(max(0, bytes - cells.utf8.count - 1)) + [UInt8(ascii: "\n")]
      return Array(("x," + columns.indices.map { "c\($0)," }.joined() + "padding\n").utf8) + repeated([line], count)
    }
  }
}

private func padding(_ count: Int) -> [UInt8] { [UInt8](repeating: UInt8(ascii: "x"), count: count) }

/// Lines over and over, `count` of them.
private func repeated(_ lines: [[UInt8]], _ count: Int) -> [UInt8] {
  let (rounds, rest) = count.quotientAndRemainder(dividingBy: lines.count)
  let block = Array(lines.joined())
  var text: [UInt8] = []
  text.reserveCapacity((rounds + 1) * block.count)
  for _ in 0..<rounds { text += block }
  return text + lines.prefix(rest).joined()
}
