import Columns
import Testing

@testable import Formats

@Suite struct CSVWriterTests {
  private func written(
    _ rows: [[String?]], _ dialect: CSVOutputDialect = CSVOutputDialect(), only chosen: [Int]? = nil
  ) throws -> String {
    let store = ByteStore(capacity: 64)
    var output = OutputBuffer(capacity: 1)
    var columns: [CSVOutputColumn] = []
    for column in 0..<(rows.first?.count ?? 0) {
      var texts = ContiguousArray<TextSpan>()
      var validity = Bitmap(repeating: true, count: rows.count)
      for (row, fields) in rows.enumerated() {
        texts.append(try #require(store.append(fields[column] ?? "")))
        if fields[column] == nil { validity[row] = false }
      }
      columns.append(CSVOutputColumn(texts: texts, validity: validity))
    }
    var bits = Bitmap(repeating: chosen == nil, count: rows.count)
    for row in chosen ?? [] { bits[row] = true }
    var writer = CSVWriter(dialect)
    #expect(writer.write(columns, rows: bits, in: store, to: &output) == bits.population)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  @Test func `quotes stand only where they are needed`() throws {
    #expect(try written([["a", "b c", "d"]]) == "a,b c,d\n")
    #expect(try written([["a,b", "\"", "x\ny", "r\r", ""]]) == "\"a,b\",\"\"\"\",\"x\ny\",\"r\r\",\n")
    let long = String(repeating: "x", count: 50)
    #expect(try written([[long + ",", long]]) == "\"\(long),\",\(long)\n")
    #expect(try written([["a,b;c"]], CSVOutputDialect(delimiter: UInt8(ascii: ";"))) == "\"a,b;c\"\n")
  }

  @Test func `null and empty`() throws {
    #expect(try written([[nil, "", "x"]]) == ",,x\n")
    #expect(try written([[nil], [""], ["x"]]) == "\"\"\n\"\"\nx\n")
    let dialect = CSVOutputDialect(nullText: Array("NA".utf8))
    #expect(try written([[nil, "", "NA", "NAN"]], dialect) == "NA,,\"NA\",NAN\n")
  }

  @Test func `only the chosen rows are written`() throws {
    let rows = (0..<200).map { ["\($0)", "v"] }
    let chosen = [0, 63, 64, 127, 199]
    #expect(try written(rows, only: chosen) == chosen.map { "\($0),v\n" }.joined())
    #expect(try written(rows, only: []).isEmpty)
  }

  @Test func `a constant column is written on every row`() throws {
    let store = ByteStore(capacity: 64)
    let word = try #require(store.append("same"))
    let constant = Column(.string, .texts([word]), count: 3, isConstant: true)
    var output = OutputBuffer()
    var writer = CSVWriter()
    let every = Bitmap(repeating: true, count: 3)
    writer.write([CSVOutputColumn(constant)], rows: every, in: store, to: &output)
    #expect(String(decoding: output.bytes, as: UTF8.self) == "same\nsame\nsame\n")
  }

  @Test(arguments: [1, 2, 5]) func `what is written is read back`(_ width: Int) throws {
    var dice = CSVGrammarTests.Dice(state: UInt64(width))
    let alphabet: [Character] = ["a", "ü", ",", "\"", "\n", "\r", " ", ";", "'", "\r\n", "0"]
    let rows: [[String?]] = (0..<5_000).map { _ in
      (0..<width).map { _ in
        let length = dice.next(10) == 0 ? dice.next(80) : dice.next(5)
        return length == 0 ? nil : String((0..<length).map { _ in alphabet[dice.next(alphabet.count)] })
      }
    }
    let text = try written(rows)
    let reader = try CSVReader(ArrayByteSource(Array(text.utf8)), CSVDialect(header: false))
    let batch = RecordBatch()
    var found: [[String?]] = []
    while try reader.next(into: batch) {
      #expect(batch.malformed.isEmpty)
      let columns = (0..<batch.fieldCount).map { batch.cells($0) }
      for row in 0..<batch.rows {
        found.append(columns.map { $0.isPresent(row) ? batch.store.string($0.texts[row]) : nil })
      }
    }
    #expect(found.map { $0.map { $0.map { Array($0.utf8) } } } == rows.map { $0.map { $0.map { Array($0.utf8) } } })
  }

  @Test func `the header is quoted like any record`() {
    var output = OutputBuffer()
    CSVWriter().writeHeader(["a", "b,c", "d\"e"], to: &output)
    CSVWriter().writeHeader([""], to: &output)
    #expect(String(decoding: output.bytes, as: UTF8.self) == "a,\"b,c\",\"d\"\"e\"\n\"\"\n")
  }
}
