import Columns
import Glibc
import Testing

@testable import Formats

/// The reader against an independent one in Python, over generated files of the nastiest kind.
@Suite struct CSVGrammarTests {
  struct Case {
    var bytes: [UInt8]
    var dialect: CSVDialect

    var head: String {
      let quote = dialect.quote.map(Int.init) ?? -1
      let escape = dialect.escape.map(Int.init) ?? -1
      return "\(bytes.count) \(dialect.maxRecord) \(dialect.header ? 1 : 0) \(dialect.delimiter) \(quote) \(escape)\n"
    }
  }

  /// SplitMix64, <https://prng.di.unimi.it/splitmix64.c>.
  struct Dice {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return Int((z ^ (z >> 31)) % UInt64(bound))
    }
  }

  static func nasty(_ number: Int) -> Case {
    var dice = Dice(state: UInt64(number))
    var dialect = CSVDialect(header: dice.next(64) > 0)
    if dice.next(4) == 0 { dialect.delimiter = UInt8(ascii: ";") }
    if dice.next(8) == 0 { dialect.quote = dice.next(2) == 0 ? nil : UInt8(ascii: "'") }
    if dice.next(8) == 0, dialect.quote != nil { dialect.escape = UInt8(ascii: "\\") }
    if dice.next(4) == 0 { dialect.maxRecord = 4 + dice.next(60) }
    let delimiter = [dialect.delimiter]
    let quote = [dialect.quote ?? UInt8(ascii: "\"")]
    let wellFormed: [[UInt8]] = [
      Array("a".utf8), Array("bc d".utf8), [], quote + quote, quote + Array("x\ny".utf8) + quote,
      quote + delimiter + quote, quote + quote + quote + quote, Array("ünï".utf8), Array("\r".utf8),
      Array(repeating: UInt8(ascii: "z"), count: dice.next(90)),
    ]
    let broken: [[UInt8]] = [
      quote, quote + quote + Array("q".utf8), Array("a".utf8) + quote, [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80],
      Array("\n".utf8), Array("\r\n".utf8), Array("\\".utf8), quote + Array("\r".utf8), delimiter,
      quote + Array("open\n".utf8), Array("\\".utf8) + quote, [0xF0, 0x9F, 0x98], quote + Array("a\r\n".utf8),
    ]
    let share = [0, 3, 10, 50][dice.next(4)]
    let width = 1 + dice.next(4)
    let lineEnd = Array((dice.next(3) == 0 ? "\r\n" : "\n").utf8)
    var bytes: [UInt8] = dice.next(10) == 0 ? [0xEF, 0xBB, 0xBF] : []
    for record in 0..<dice.next(12) {
      for field in 0..<width {
        if field > 0 { bytes += delimiter }
        let isBroken = record > 0 && dice.next(100) < share
        bytes += isBroken ? broken[dice.next(broken.count)] : wellFormed[dice.next(wellFormed.count)]
      }
      bytes += dice.next(30) == 0 ? [] : lineEnd
      if dice.next(10) == 0 { bytes += lineEnd }
    }
    if dice.next(3) == 0 { bytes.removeLast(min(bytes.count, dice.next(3))) }
    return Case(bytes: bytes, dialect: dialect)
  }

  @Test func `ten thousand nasty files read as the oracle reads them, whatever the read blocks`() throws {
    let cases = (0..<10_000).map(Self.nasty)
    let container = try Python.temporaryPath()
    defer { unlink(container) }
    try write(cases.flatMap { Array($0.head.utf8) + $0.bytes }, to: container)
    var expected: [[String]] = []
    for line in try Python.lines(of: "csv_grammar.py", [container]) {
      if line.hasPrefix("case ") { expected.append([]) } else { expected[expected.count - 1].append(String(line)) }
    }
    try #require(expected.count == cases.count)
    var seen: Set<Malformed.Code> = []
    let batch = RecordBatch()
    for (number, one) in cases.enumerated() {
      for block in [1, 7, 64, 65536] {
        let found = try Transcript(ArrayByteSource(one.bytes, block: block), one.dialect, into: batch)
        if found.lines.first?.hasPrefix("malformed header") == true {
          let last = try #require(expected[number].last)
          #expect(last.contains(#""record": 0"#) && last.contains("\"code\""), "case \(number)")
          continue
        }
        // One comparison, not two expectations a round: the expectations would take longer than the reading.
        if found.lines != expected[number] || found.bytes != one.bytes.count {
          #expect(found.lines == expected[number], "case \(number) block \(block) \(one.dialect) \(one.bytes)")
          #expect(found.bytes == one.bytes.count)
          return
        }
        seen.formUnion(found.codes)
      }
    }
    #expect(seen.count == Malformed.Code.allCases.count, "the files show every code")
  }
}
