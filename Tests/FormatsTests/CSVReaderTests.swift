import Columns
import Testing

@testable import Formats

@Suite struct CSVReaderTests {
  struct Expected: CustomTestStringConvertible {
    var text: String
    var rows: [String]
    var malformed: [String]
    var maxRecord = 16 << 20

    var testDescription: String { text.debugDescription }
  }

  /// The rule of docs/architecture.md, by hand: fields joined by `|`, malformed records as code@record:line+length.
  static let table: [Expected] = [
    Expected(text: "", rows: [], malformed: []),
    Expected(text: "a,b", rows: [], malformed: []),
    Expected(text: "a,b\n", rows: [], malformed: []),
    Expected(text: "\u{FEFF}a,b\r\n1,2\r\n", rows: ["1|2"], malformed: []),
    Expected(text: "\n\na,b\n\n1,2\n\n", rows: ["1|2"], malformed: []),
    Expected(text: "a,b\n1,2", rows: ["1|2"], malformed: []),
    Expected(text: "a,b\n1,\n,2", rows: ["1|", "|2"], malformed: []),
    Expected(text: "a,b\n\"1,\n\"\"x\",2\n", rows: ["1,\n\"x|2"], malformed: []),
    Expected(text: "a,b\n1\n1,2\n1,2,3\n", rows: ["1|2"], malformed: ["ragged@1:2+1", "ragged@3:4+5"]),
    Expected(text: "a,b\n1\"x,2\n3,4\n", rows: ["3|4"], malformed: ["stray_quote@1:2+5"]),
    Expected(text: "a,b\n\"1\"x,2\n3,4\n", rows: ["3|4"], malformed: ["stray_quote@1:2+6"]),
    Expected(text: "a,b\n\"1\n3,4\n5,6\n", rows: ["3|4", "5|6"], malformed: ["unclosed_quote@1:2+2"]),
    Expected(
      text: "a,b\n\"1\n3,4\n5,\"6\n7,8\n", rows: ["3|4", "7|8"],
      malformed: [
        "stray_quote@1:2+2", "unclosed_quote@3:4+4",
      ]),
    Expected(text: "a,b\n\"1\"\r,2\n3,4\n", rows: ["3|4"], malformed: ["stray_quote@1:2+6"]),
    Expected(text: "a,b\n1,2\0\n3,4\n", rows: ["3|4"], malformed: ["nul_byte@1:2+4"]),
    Expected(text: "a,b\n123456,7\n3,4\n", rows: ["3|4"], malformed: ["too_long@1:2+8"], maxRecord: 8),
    Expected(text: "a,b\n12345,7\n3,4\n", rows: ["12345|7", "3|4"], malformed: [], maxRecord: 8),
    Expected(
      text: "a,b\n\"1\n2\n3\n4\",5\n3,4\n", rows: ["3|4"],
      malformed: [
        "too_long@1:2+2", "ragged@2:3+1", "ragged@3:4+1", "stray_quote@4:5+4",
      ], maxRecord: 8),
  ]

  @Test(arguments: table) func `malformed records are told apart`(_ expected: Expected) throws {
    let dialect = CSVDialect(maxRecord: expected.maxRecord)
    let reader = try CSVReader(ArrayByteSource(Array(expected.text.utf8)), dialect)
    let batch = RecordBatch()
    var rows: [String] = []
    var malformed: [String] = []
    while try reader.next(into: batch) {
      batch.validate()
      let columns = (0..<batch.fieldCount).map { batch.cells($0).texts }
      rows += (0..<batch.rows).map { row in columns.map { batch.store.string($0[row]) }.joined(separator: "|") }
      malformed += batch.malformed.map { "\($0.code.name)@\($0.record):\($0.line)+\($0.length)" }
    }
    #expect(rows == expected.rows)
    #expect(malformed == expected.malformed)
  }

  @Test func `invalid UTF-8 condemns its record alone`() throws {
    let bytes = Array("a,b\n1,2\n3,".utf8) + [0xC3] + Array("\n5,6\n".utf8)
    let transcript = try Transcript(ArrayByteSource(bytes), CSVDialect())
    #expect(transcript.lines.filter { $0.contains("invalid_utf8") }.count == 1)
    #expect(transcript.lines.filter { $0.contains(#""kind": "row""#) }.count == 2)
  }

  @Test func `the header gives its names as data`() throws {
    let reader = try CSVReader(ArrayByteSource(Array("x,\"a\"\"b\",x,\n".utf8)), CSVDialect())
    #expect(reader.header?.fields == ["x", "a\"b", "x", ""])
    #expect(reader.header.map { String(decoding: $0.raw, as: UTF8.self) } == "x,\"a\"\"b\",x,")
    #expect(try CSVReader(ArrayByteSource([]), CSVDialect()).header == nil)
    let malformed = InputFailure.malformedHeader(path: "memory", .strayQuote, line: 1)
    #expect(throws: malformed) { try CSVReader(ArrayByteSource(Array("a\"b\n".utf8)), CSVDialect()) }
  }

  @Test func `ten thousand columns are read and passed through`() throws {
    let line = (0..<10_000).map { "c\($0)" }.joined(separator: ",")
    let text = line + "\n" + line + "\n" + line
    let reader = try CSVReader(ArrayByteSource(Array(text.utf8)), CSVDialect())
    let batch = RecordBatch()
    #expect(try reader.next(into: batch))
    #expect(batch.rows == 2 && batch.fieldCount == 10_000)
    #expect(batch.cells(9_999).texts.map(batch.store.string) == ["c9999", "c9999"])
    #expect(batch.store.string(batch.rawSpan(1, from: 5000, to: 5001)) == "c5000,c5001")
    #expect(batch.store.string(batch.rawSpan(1, from: 0, to: 9_999)) == line)
  }

  @Test func `empty cells are null, quoted or not, and so are the tokens`() throws {
    let text = "a\n\"\"\nNA\n\"NA\"\nx\n\"\"\"\"\n"
    let reader = try CSVReader(ArrayByteSource(Array(text.utf8)), CSVDialect())
    let batch = RecordBatch()
    #expect(try reader.next(into: batch))
    func present(_ nulls: [[UInt8]]) -> [Int] {
      let column = batch.cells(0, nulls: NullTokens(nulls))
      return (0..<column.count).filter(column.isPresent)
    }
    #expect(present([[]]) == [1, 2, 3, 4])
    #expect(present([[], Array("NA".utf8)]) == [3, 4])
    #expect(present([Array("\"".utf8)]) == [0, 1, 2, 3])
    #expect(present([]) == [0, 1, 2, 3, 4])
  }

  @Test func `one stray quote condemns one record of many, and every record keeps its place`() throws {
    var bytes = Array("id,text\n".utf8)
    var starts: [Int] = []
    for number in 1...50_000 {
      starts.append(bytes.count)
      bytes += Array((number == 10 ? "10,in\"side\n" : "\(number),text of \(number)\n").utf8)
    }
    let reader = try CSVReader(ArrayByteSource(bytes, block: 4096), CSVDialect())
    let batch = RecordBatch()
    var rows = 0
    var malformed: [Malformed] = []
    while try reader.next(into: batch) {
      #expect(batch.records <= RecordBatch.maxRecords && batch.sourceBytes <= RecordBatch.maxBytes)
      malformed += batch.malformed
      let identifiers = batch.cells(0).texts
      for row in stride(from: 0, to: batch.rows, by: 37) {
        let number = try #require(Int(batch.store.string(identifiers[row])))
        #expect(batch.recordNumber(row) == UInt64(number))
        #expect(batch.line(row) == UInt64(number + 1))
        #expect(batch.offset(row) == UInt64(starts[number - 1]))
      }
      rows += batch.rows
    }
    #expect(rows == 49_999)
    #expect(malformed.map(\.code) == [.strayQuote] && malformed.map(\.record) == [10])
    let count = try CSVReader(ArrayByteSource(bytes), CSVDialect()).countRecords()
    #expect(count == 50_000)
  }

  @Test(arguments: LyingQuotes.lines)
  func `a file of stray quotes is scanned in linear time`(_ line: String) throws {
    let bytes = 8 << 20
    #expect(try LyingQuotes.scanned(line, bytes: bytes) < 5 * UInt64(bytes))
  }

  @Test func `a line past max_record keeps a mebibyte, its exact length, and what follows it`() throws {
    let long = Array(repeating: UInt8(ascii: "x"), count: 3 << 20)
    let bytes = Array("a,b\n1,2\n".utf8) + long + Array("\r\n3,4\n".utf8)
    let reader = try CSVReader(ArrayByteSource(bytes, block: 999), CSVDialect(maxRecord: 1000))
    let batch = RecordBatch()
    var malformed: [Malformed] = []
    var rows: [UInt64] = []
    while try reader.next(into: batch) {
      malformed += batch.malformed
      rows += (0..<batch.rows).map(batch.recordNumber)
      if let last = batch.malformed.last { #expect(batch.rawBytes(last).count == 1 << 20) }
    }
    #expect(rows == [1, 3])
    #expect(malformed.map(\.length) == [3 << 20] && malformed.map(\.code) == [.tooLong])
  }

  @Test func `a file that cannot be opened or read says so`() {
    #expect(throws: InputFailure.cannotOpen(path: "/nowhere/at-all.csv", errno: 2)) {
      try FileByteSource(path: "/nowhere/at-all.csv")
    }
    #expect(throws: InputFailure.cannotRead(path: "/", errno: 21)) {
      try CSVReader(FileByteSource(path: "/"), CSVDialect())
    }
  }

  @Test(arguments: 0..<400) func `counting agrees with reading`(_ number: Int) throws {
    var one = CSVGrammarTests.nasty(number)
    one.dialect.maxRecord = 16 << 20
    guard case .success(let reader) = Transcript.open(ArrayByteSource(one.bytes), one.dialect),
      case .success(let counter) = Transcript.open(ArrayByteSource(one.bytes), one.dialect)
    else { return }
    let batch = RecordBatch()
    var records: UInt64 = 0
    while try reader.next(into: batch) { records += UInt64(batch.records) }
    #expect(try counter.countRecords() == records)
  }
}
