import Testing

@testable import Formats

/// Which lines are records: line ends, lines at the start and the end, comments.
@Suite struct CSVLinesTests {
  struct Expected: CustomTestStringConvertible {
    var text: String
    /// Fields joined by `|`, then `@` and the line; malformed records as their code.
    var rows: [String]
    var change: @Sendable (inout CSVDialect) -> Void

    var testDescription: String { text.debugDescription }

    init(_ text: String, _ rows: [String], _ change: @escaping @Sendable (inout CSVDialect) -> Void = { _ in }) {
      self.text = text
      self.rows = rows
      self.change = change
    }
  }

  static func comments(_ dialect: inout CSVDialect) { dialect.comment = UInt8(ascii: "#") }

  /// By hand.
  static let table: [Expected] = [
    Expected("a,b\r1,2\r\"3\r\",\"4\"\r", ["1|2@2", "3\r|4@3"]),
    Expected("a,b\r1,\n\r", ["1|\n@2"]) { $0.lineEnd = .carriageReturn },
    Expected("a,b\rc\n3,4\n", ["3|4@2"]),
    Expected("a,b\r1,2\r", []) { $0.lineEnd = .feed },
    Expected("a\r\r1\r\"2\"\r\r3", ["1@3", "2@4", "3@6"]),
    Expected("a\r\"1\"x\r2\r", ["stray_quote@2", "2@3"]),
    Expected("Report of \"today\n\n,,,\na,b\n1,2\n", ["1|2@5"]) { $0.skippedLines = 3 },
    Expected("\u{FEFF}x\r\ny\r\na\r\n1\r\n", ["1@4"]) { $0.skippedLines = 2 },
    Expected("a\n1\n", []) { $0.skippedLines = 5 },
    Expected("a\n1\n2\nTotal \"3\nsigned\n", ["1@2", "2@3"]) { $0.skippedFooter = 2 },
    Expected("a\n1\n2\nTotal", ["1@2", "2@3"]) { $0.skippedFooter = 1 },
    Expected("a\n1\n2\n\n\n", ["1@2", "2@3"]) { $0.skippedFooter = 2 },
    Expected("a\n1\n", []) { $0.skippedFooter = 7 },
    Expected("x\ra\r1\rend\r", ["1@3"]) { ($0.skippedLines, $0.skippedFooter) = (1, 1) },
    Expected("# \"one\n#,\"\na,b\n#1,2\n1,2\n # 3,4\n\"\n#x\",4\n#", ["1|2@5", " # 3|4@6", "\n#x|4@7"], comments),
    Expected("a\n1\n#\"\n2\n#\"\n3\n", ["1@2", "2@4", "3@6"], comments),
    Expected("a\n1\n#,\"\n#,\"\n#,\"\n2\n\"3\n", ["1@2", "2@6", "unclosed_quote@7"], comments),
    Expected("a\r#\"\r1\r", ["1@3"], comments),
    Expected("a\n\"#\"\n\"\"\"#\"\n", ["#@2", "\"#@3"], comments),
    Expected("a\n#\\\"x\n\"1\\\"\n#\"\n", ["1\"\n#@3"]) {
      $0.comment = UInt8(ascii: "#")
      $0.escape = UInt8(ascii: "\\")
    },
    Expected("a\n#234567890\n12345678\n\"#\"\n", ["too_long@3", "#@4"]) {
      $0.comment = UInt8(ascii: "#")
      $0.maxRecord = 8
    },
  ]

  @Test(arguments: table) func `lines are told apart`(_ expected: Expected) throws {
    var dialect = CSVDialect()
    dialect.lineEnd = .auto
    expected.change(&dialect)
    let bytes = Array(expected.text.utf8)
    for block in [1, 2, 3, 1 << 16] {
      for limits in [BatchLimits(), BatchLimits(records: 1), BatchLimits(bytes: 5)] {
        let found = try read(ArrayByteSource(bytes, block: block), dialect, limits)
        #expect(found.rows == expected.rows)
        #expect(found.bytes == bytes.count, "all bytes are accounted for")
      }
    }
  }

  private func read(
    _ source: any ByteSource, _ dialect: CSVDialect, _ limits: BatchLimits = BatchLimits()
  ) throws -> (rows: [String], bytes: Int) {
    let reader = try CSVReader(source, dialect, limits: limits)
    let batch = RecordBatch()
    var rows: [(line: UInt64, text: String)] = []
    var bytes = 0
    while try reader.next(into: batch) {
      batch.validate()
      let columns = (0..<batch.fieldCount).map { batch.cells($0, nulls: NullTokens([])).texts }
      for row in 0..<batch.rows {
        rows.append((batch.line(row), columns.map { batch.store.string($0[row]) }.joined(separator: "|")))
      }
      rows += batch.malformed.map { ($0.line, $0.code.name) }
      #expect(batch.sourceBytes == batch.recordBytes + batch.blankBytes + batch.commentBytes)
      bytes += batch.sourceBytes
    }
    bytes += reader.bomBytes + reader.headerBytes + reader.headerBlankBytes + reader.skippedBytes
    return (rows.sorted { $0.line < $1.line }.map { "\($0.text)@\($0.line)" }, bytes)
  }

  /// A file whose lines end in CR reads as its twin whose lines end in LF.
  @Test func `carriage returns end lines as line feeds do`() throws {
    for number in 0..<400 {
      var one = CSVGrammarTests.nasty(number)
      let twin = one.bytes.map { $0 == 13 ? UInt8(ascii: " ") : $0 }
      let expected = try Transcript(ArrayByteSource(twin), one.dialect).lines
      one.dialect.lineEnd = .carriageReturn
      let turned = ArrayByteSource(twin.map { $0 == 10 ? 13 : $0 }, block: 1 + number % 70)
      let found = try Transcript(turned, one.dialect).lines
      if found.map(feeds) != expected.map(feeds) {
        #expect(found == expected, "case \(number)")
        return
      }
    }
  }

  /// The hexadecimal text of each field with every CR as LF.
  private func feeds(_ line: String) -> String {
    let parts = line.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    return parts.map { part in
      let digits = Array(part)
      guard digits.count % 2 == 0, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
      else { return String(decoding: digits, as: UTF8.self) }
      return unhex(digits[...]).map { $0 == 13 ? "n" : "\($0)" }.joined(separator: ".").replacing("n", with: "10")
    }.joined(separator: "\"")
  }

  /// Comments with lying quotes, put before the records of a sound file, change nothing but offsets and lines.
  @Test func `comments change nothing`() throws {
    var dice = CSVGrammarTests.Dice(state: 35)
    let texts = ["#", "# plain", "#\"", "#,\"", "# it's \"so\"", "#,\"\r", "#\"\",\"\"\"", "#\0"]
    let comments = texts.map { Array(($0 + "\n").utf8) }
    for number in 0..<400 {
      let width = 1 + dice.next(3)
      let cells = ["a", "", "\"\"", "\"x\ny\"", "\"#\n#\"", "\"\"\"\"", "b#"]
      var bare = Array("h,i,j".utf8.prefix(2 * width - 1)) + [10]
      var full: [UInt8] = dice.next(3) == 0 ? comments[dice.next(comments.count)] : []
      full += bare
      for _ in 0..<dice.next(40) {
        let record = Array((0..<width).map { _ in cells[dice.next(cells.count)] }.joined(separator: ",").utf8) + [10]
        bare += record
        if dice.next(3) == 0 { full += comments[dice.next(comments.count)] }
        full += record
      }
      var dialect = CSVDialect()
      dialect.comment = UInt8(ascii: "#")
      let expected = try Transcript(ArrayByteSource(bare), CSVDialect()).lines.map(withoutPlaces)
      for block in [5, 1 << 16] {
        let found = try Transcript(ArrayByteSource(full, block: block), dialect).lines.map(withoutPlaces)
        if found != expected {
          #expect(found == expected, "case \(number): \(String(decoding: full, as: UTF8.self).debugDescription)")
          return
        }
      }
    }
  }

  private func withoutPlaces(_ line: String) -> String {
    let parts = line.split(separator: ", ")
    return parts.filter { !$0.hasPrefix("\"offset\"") && !$0.hasPrefix("\"line\"") }.joined(separator: ", ")
  }

  @Test func `lines at both ends are left out as if they were not there`() throws {
    for number in 0..<400 {
      var one = CSVGrammarTests.nasty(number)
      one.bytes.removeAll { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
      var lines = one.bytes.split(separator: 10, omittingEmptySubsequences: false).map { Array($0) + [10] }
      lines[lines.count - 1].removeLast()
      if lines.last?.isEmpty == true { lines.removeLast() }
      let first = number % 3
      let last = number % 4
      let middle = lines.dropFirst(first).dropLast(last).flatMap { $0 }
      let expected = try Transcript(ArrayByteSource(middle), one.dialect).lines.map(withoutPlaces)
      (one.dialect.skippedLines, one.dialect.skippedFooter) = (first, last)
      let source = ArrayByteSource(one.bytes, block: 1 + number % 90)
      let found = try Transcript(source, one.dialect).lines.map(withoutPlaces)
      if found != expected, expected.first?.hasPrefix("malformed header") != true {
        #expect(found == expected, "case \(number) \(one.bytes)")
        return
      }
    }
  }

  @Test func `comments full of quotes take linear time`() throws {
    for line in ["#,\"\n", "# a \" b\n", "#\"\n1,2\n"] {
      let bytes = Array("a,b\n".utf8) + Array(repeating: Array(line.utf8), count: 200_000).joined()
      var dialect = CSVDialect()
      dialect.comment = UInt8(ascii: "#")
      let reader = try CSVReader(ArrayByteSource(bytes), dialect)
      let batch = RecordBatch()
      while try reader.next(into: batch) { #expect(batch.malformed.isEmpty) }
      #expect(reader.bytesScanned < 4 * UInt64(bytes.count))
    }
  }

  @Test func `records are counted by the same lines`() throws {
    var dialect = CSVDialect()
    dialect.lineEnd = .auto
    (dialect.skippedLines, dialect.skippedFooter) = (1, 1)
    let lines = Array("x\ra\r1\r\r\"2\r3\"\rend\r".utf8)
    #expect(try CSVReader(ArrayByteSource(lines), dialect).countRecords() == 2)
    dialect.comment = UInt8(ascii: "#")
    let commented = Array("x\n#\"\na\n#\"\n1\n#\n".utf8)
    #expect(try CSVReader(ArrayByteSource(commented), dialect).countRecords() == 1)
  }
}
