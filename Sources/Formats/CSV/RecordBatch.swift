import CScan
import Columns

/// Some hundreds or thousands of records in a row, and where their fields end.
///
/// `rows` are the well-formed records only, from 0; the others are ``malformed``. The source bytes stand in ``store`` from 0
/// on, and kernels append theirs after them. A batch is filled by ``CSVReader``, used, and filled again; it allocates
/// only when it meets more fields than ever before.
///
/// `@unchecked Sendable`: one thread at a time owns a batch; it changes hands only through a turnstile, whose mutex orders
/// the accesses.
package final class RecordBatch: @unchecked Sendable {
  /// A batch has at most so many records, malformed ones included …
  package static let maxRecords = 8192
  /// … and so many bytes of source, unless its first record alone is longer.
  package static let maxBytes = 512 << 10

  package internal(set) var store: ByteStore
  /// Where in the file the batch begins.
  package internal(set) var baseOffset: UInt64 = 0
  /// The number of its first record, well formed or not, and of its first line; both from 1.
  package internal(set) var firstRecord: UInt64 = 1
  package internal(set) var firstLine: UInt64 = 1
  /// Ascending by start.
  package internal(set) var malformed: [Malformed] = []
  package internal(set) var rows = 0

  // What the batch covers in the file: spans of records, blank lines and comments, line ends included, are all of
  // `sourceBytes`.
  package internal(set) var sourceBytes = 0
  package internal(set) var recordBytes = 0
  package internal(set) var blankBytes = 0
  package internal(set) var blankLines = 0
  package internal(set) var commentBytes = 0
  package internal(set) var commentLines = 0
  package internal(set) var lineFeeds = 0

  /// True when the source has a byte from 0x80 up, or a NUL: then ``validate()`` looks at it.
  package internal(set) var mayBeUnsound = false

  private(set) var quote: UInt8?
  private(set) var escape: UInt8?
  private(set) var lineEnd = UInt8(ascii: "\n")
  var fieldEnds: UnsafeMutablePointer<UInt32>
  var fieldEndCapacity: Int
  private(set) var lineEnds: UnsafeMutablePointer<UInt32>
  /// For each row: where it starts, the index of its first field end, and where it ends (the line end left out).
  private(set) var starts, firsts, stops: UnsafeMutablePointer<UInt32>
  package internal(set) var fieldCount = 0
  /// The columns that have quotes somewhere; nil when any may.
  var quotedColumns: Bitmap?
  /// See `brew_scan.opens`.
  let opens: UnsafeMutablePointer<UInt32>
  static let maxOpens = 2048
  /// Rows that a look at one column has found quoted.
  let quotedRows: UnsafeMutablePointer<UInt32>
  private var counted = (offset: 0, feeds: 0)

  package convenience init() { self.init(capacity: Self.roomy) }

  /// A whole batch of source, and some room for what kernels write.
  static let roomy = 768 << 10

  init(capacity: Int) {
    store = ByteStore(capacity: capacity)
    fieldEndCapacity = 1 << 16
    fieldEnds = .allocate(capacity: fieldEndCapacity)
    lineEnds = .allocate(capacity: Self.maxRecords + 64)
    starts = .allocate(capacity: Self.maxRecords)
    firsts = .allocate(capacity: Self.maxRecords)
    stops = .allocate(capacity: Self.maxRecords)
    opens = .allocate(capacity: Self.maxOpens)
    quotedRows = .allocate(capacity: Self.maxRecords + 1)
  }

  deinit {
    fieldEnds.deallocate()
    lineEnds.deallocate()
    starts.deallocate()
    firsts.deallocate()
    stops.deallocate()
    opens.deallocate()
    quotedRows.deallocate()
  }

  /// Every record of the batch, well formed or not.
  package var records: Int { rows + malformed.count }

  /// Where a row begins in the file.
  package func offset(_ row: Int) -> UInt64 { baseOffset + UInt64(start(row)) }

  /// The bytes of a row in the file, without its line end.
  package func length(_ row: Int) -> Int { Int(stops[checked(row)] - starts[row]) }

  package func start(_ row: Int) -> Int { Int(starts[checked(row)]) }

  /// The number of a row's record in its file, from 1, the header apart. O(log malformed).
  package func recordNumber(_ row: Int) -> UInt64 {
    let start = start(row)
    var low = 0
    var high = malformed.count
    while low < high {
      let middle = (low + high) / 2
      if malformed[middle].start < start { low = middle + 1 } else { high = middle }
    }
    return firstRecord + UInt64(row + low)
  }

  /// The number of a row's first line. Counts line feeds from the row asked for before, if that was not a later one.
  package func line(_ row: Int) -> UInt64 { line(at: start(row)) }

  /// A row's bytes as they stand in the file, its line end left out; valid until the store next grows.
  package func rawBytes(_ row: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: store.base + start(row), count: length(row))
  }

  /// What is kept of a malformed record's bytes; valid until the store next grows.
  package func rawBytes(_ record: Malformed) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: store.base + record.start, count: record.kept)
  }

  /// The untouched bytes, quotes and delimiters included, of fields `from ... to` of a row.
  package func rawSpan(_ row: Int, from: Int, to: Int) -> TextSpan {
    precondition(from >= 0 && from <= to && to < fieldCount)
    let first = Int(firsts[checked(row)])
    let begin = from == 0 ? starts[row] : fieldEnds[first + from - 1] + 1
    let end = to == fieldCount - 1 ? stops[row] : fieldEnds[first + to]
    return TextSpan(offset: begin, length: end - begin)
  }

  func line(at offset: Int) -> UInt64 {
    if offset < counted.offset { counted = (0, 0) }
    let feeds = brew_count_byte(store.base.bytes(at: counted.offset), offset - counted.offset, lineEnd)
    counted = (offset, counted.feeds + feeds)
    return firstLine + UInt64(counted.feeds)
  }

  func begin(_ dialect: CSVDialect, baseOffset: UInt64, record: UInt64, line: UInt64) {
    quote = dialect.quote
    escape = dialect.quote == nil ? nil : dialect.escape
    lineEnd = dialect.lineEnd.byte
    if store.capacity > 4 << 20 { store = ByteStore(capacity: Self.roomy) }
    if fieldEndCapacity > 1 << 20 { resizeFieldEnds(to: 1 << 16, keeping: 0) }
    store.reset()
    self.baseOffset = baseOffset
    firstRecord = record
    firstLine = line
    malformed.removeAll(keepingCapacity: true)
    (rows, sourceBytes, recordBytes, blankBytes, blankLines, lineFeeds) = (0, 0, 0, 0, 0, 0)
    (commentBytes, commentLines) = (0, 0)
    counted = (0, 0)
    mayBeUnsound = false
    quotedColumns = nil
  }

  /// Notes which columns have quotes, from the fields in which one opened.
  func noteQuotes(opens count: Int) {
    guard fieldCount > 0, count < Self.maxOpens, blankLines + commentLines == 0, malformed.isEmpty else { return }
    var columns = Bitmap(repeating: false, count: fieldCount)
    for index in 0..<count { columns[Int(opens[index]) % fieldCount] = true }
    quotedColumns = columns
  }

  /// Gives each batch the records of the other.
  func exchange(with other: RecordBatch) {
    swap(&quote, &other.quote)
    swap(&escape, &other.escape)
    swap(&lineEnd, &other.lineEnd)
    swap(&commentBytes, &other.commentBytes)
    swap(&commentLines, &other.commentLines)
    swap(&store, &other.store)
    swap(&quotedColumns, &other.quotedColumns)
    swap(&fieldEnds, &other.fieldEnds)
    swap(&fieldEndCapacity, &other.fieldEndCapacity)
    swap(&lineEnds, &other.lineEnds)
    swap(&starts, &other.starts)
    swap(&firsts, &other.firsts)
    swap(&stops, &other.stops)
    swap(&malformed, &other.malformed)
    swap(&rows, &other.rows)
    swap(&fieldCount, &other.fieldCount)
    swap(&baseOffset, &other.baseOffset)
    swap(&firstRecord, &other.firstRecord)
    swap(&firstLine, &other.firstLine)
    swap(&sourceBytes, &other.sourceBytes)
    swap(&recordBytes, &other.recordBytes)
    swap(&blankBytes, &other.blankBytes)
    swap(&blankLines, &other.blankLines)
    swap(&lineFeeds, &other.lineFeeds)
    swap(&mayBeUnsound, &other.mayBeUnsound)
    swap(&counted, &other.counted)
  }

  func growFieldEnds(keeping count: Int) { resizeFieldEnds(to: fieldEndCapacity * 2, keeping: count) }

  private func resizeFieldEnds(to capacity: Int, keeping count: Int) {
    let grown = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    grown.initialize(from: fieldEnds, count: count)
    fieldEnds.deallocate()
    fieldEnds = grown
    fieldEndCapacity = capacity
  }

  private func checked(_ row: Int) -> Int {
    precondition(row >= 0 && row < rows)
    return row
  }
}

extension UnsafeMutableRawPointer {
  func bytes(at offset: Int) -> UnsafePointer<UInt8> {
    UnsafePointer((self + offset).assumingMemoryBound(to: UInt8.self))
  }
}
