import Columns
@testable import Formats

/// What a reader makes of an input, spelt as `csv_grammar.py` spells it.
struct Transcript {
  private(set) var lines: [String] = []
  private(set) var bytes = 0
  private(set) var codes: Set<Malformed.Code> = []

  init(_ source: any ByteSource, _ dialect: CSVDialect, into batch: RecordBatch = RecordBatch()) throws {
    let reader: CSVReader
    switch Self.open(source, dialect) {
    case .success(let opened): reader = opened
    case .failure(.malformedHeader(_, let code, let line)):
      lines = ["malformed header \(code.name) \(line)"]
      return
    case .failure(let failure): throw failure
    }
    if let header = reader.header {
      let fields = header.fields.map { "\"\(Array($0.utf8).withUnsafeBytes(Self.hex))\"" }.joined(separator: ", ")
      lines.append(
        #"{"kind": "header", "offset": \#(header.offset), "length": \#(header.raw.count), "record": 0, "#
          + #""line": \#(header.line), "fields": [\#(fields)]}"#)
    }
    var recordBytes = reader.headerBytes
    var blankBytes = reader.headerBlankBytes
    while try reader.next(into: batch) {
      batch.validate()
      append(batch)
      recordBytes += batch.recordBytes
      blankBytes += batch.blankBytes
      bytes += batch.sourceBytes
    }
    bytes += reader.bomBytes + reader.headerBytes + reader.headerBlankBytes
    lines.append(#"{"kind": "end", "record_bytes": \#(recordBytes), "blank_bytes": \#(blankBytes)}"#)
  }

  static func open(_ source: any ByteSource, _ dialect: CSVDialect) -> Result<CSVReader, InputFailure> {
    Result { () throws(InputFailure) in try CSVReader(source, dialect) }
  }

  private mutating func append(_ batch: RecordBatch) {
    let columns = (0..<batch.fieldCount).map { batch.cells($0, nulls: NullTokens([])).texts }
    var malformed = batch.malformed[...]
    for row in 0...batch.rows {
      while let next = malformed.first, row == batch.rows || next.start < batch.start(row) {
        lines.append(
          #"{"kind": "malformed", "offset": \#(batch.baseOffset + UInt64(next.start)), "length": \#(next.length), "#
            + #""record": \#(next.record), "line": \#(next.line), "code": "\#(next.code.name)"}"#)
        codes.insert(next.code)
        malformed.removeFirst()
      }
      if row == batch.rows { return }
      let fields = columns.map { "\"\(Self.hex(batch.store.bytes($0[row])))\"" }.joined(separator: ", ")
      lines.append(
        #"{"kind": "row", "offset": \#(batch.offset(row)), "length": \#(batch.length(row)), "#
          + #""record": \#(batch.recordNumber(row)), "line": \#(batch.line(row)), "fields": [\#(fields)]}"#)
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func hex(_ bytes: UnsafeRawBufferPointer) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { target in
      for index in 0..<bytes.count {
        target[index * 2] = digits[Int(bytes[index] >> 4)]
        target[index * 2 + 1] = digits[Int(bytes[index] & 15)]
      }
      return bytes.count * 2
    }
  }
}
