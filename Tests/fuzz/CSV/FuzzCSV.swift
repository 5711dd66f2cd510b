import Formats
import FuzzDriver

/// Any bytes as delimited text: nothing traps, the records and what lies between them tile the input, and neither the sizes
/// of reads nor those of batches change what is read.
///
/// The first four bytes choose the dialect, the sizes and the longest record.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let data, count >= 4 else { return 0 }
  let input = UnsafeBufferPointer(start: data, count: count)
  let choice = Choice(input.prefix(4))
  let bytes = Array(input.dropFirst(4))
  let whole = Reading(ArrayByteSource(bytes), choice.dialect, BatchLimits())
  let parts = Reading(ArrayByteSource(bytes, block: choice.block), choice.dialect, choice.limits)
  precondition(whole == parts, "reads of \(choice.block) bytes, batches of \(choice.limits)")
  precondition(whole.accounted == bytes.count || whole.failure != nil, "\(whole.accounted) of \(bytes.count) bytes")
  return 0
}

/// What the first bytes of an input stand for.
private struct Choice {
  var dialect: CSVDialect
  let block: Int
  let limits: BatchLimits

  init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    let bytes = Array(bytes)
    let delimiters = Array(",;\t|".utf8)
    dialect = CSVDialect(
      delimiter: delimiters[Int(bytes[0] & 3)], quote: bytes[0] & 4 == 0 ? UInt8(ascii: "\"") : nil,
      escape: bytes[0] & 8 == 0 ? nil : UInt8(ascii: "\\"), header: bytes[0] & 16 == 0,
      maxRecord: bytes[3] == 0 ? 16 << 20 : Int(bytes[3]))
    dialect.comment = bytes[0] & 32 == 0 ? nil : UInt8(ascii: "#")
    dialect.lineEnd = CSVDialect.LineEnd.allCases[Int(bytes[0] >> 6) % CSVDialect.LineEnd.allCases.count]
    dialect.skippedLines = Int(bytes[1] >> 6)
    dialect.skippedFooter = Int(bytes[1] >> 4 & 3)
    block = Int(bytes[1] & 15) + 1
    limits = BatchLimits(records: Int(bytes[2] & 15) + 1, bytes: Int(bytes[2] >> 4) * 16 + 1)
  }
}

/// Made once, since making it takes longer than reading an input; libFuzzer calls from one thread.
private let batch = RecordBatch()

/// All that a reader says of an input.
private struct Reading: Equatable {
  struct Row: Equatable {
    let offset: UInt64
    let length: Int
    let record: UInt64
    let line: UInt64
    /// The fields' bytes, each after its length; the code of a malformed record.
    var contents: [UInt8]
  }

  private(set) var header: CSVHeader?
  private(set) var rows: [Row] = []
  private(set) var malformed: [Row] = []
  private(set) var failure: InputFailure?
  /// Bytes of records and of all else that was recognised.
  private(set) var accounted = 0

  init(_ source: any ByteSource, _ dialect: CSVDialect, _ limits: BatchLimits) {
    do throws(InputFailure) {
      let reader = try CSVReader(source, dialect, limits: limits)
      header = reader.header
      while try reader.next(into: batch) {
        batch.validate()
        add(batch)
        accounted += batch.recordBytes + batch.blankBytes + batch.commentBytes
      }
      accounted += reader.bomBytes + reader.headerBytes + reader.headerBlankBytes + reader.skippedBytes
    } catch {
      failure = error
    }
  }

  private mutating func add(_ batch: RecordBatch) {
    let columns = (0..<batch.fieldCount).map { batch.cells($0, nulls: NullTokens([])).texts }
    for row in 0..<batch.rows {
      var contents: [UInt8] = []
      for column in columns {
        let field = batch.store.bytes(column[row])
        contents += "\(field.count) ".utf8
        contents += field
      }
      rows.append(
        Row(
          offset: batch.offset(row), length: batch.length(row), record: batch.recordNumber(row), line: batch.line(row),
          contents: contents))
    }
    for record in batch.malformed {
      malformed.append(
        Row(
          offset: batch.baseOffset + UInt64(record.start), length: record.length, record: record.record,
          line: record.line, contents: Array(record.code.name.utf8)))
    }
  }
}

/// Where the program begins.
@_cdecl("FuzzCSV_main")
public func start(_ count: CInt, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  runFuzzer(count, words)
}
