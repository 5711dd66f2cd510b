import CScan
import Columns
import Glibc

/// Cuts a source of delimited text into batches of records.
///
/// A quote at a field's start opens; inside, two quotes are one; a quote before delimiter, line end or end of input closes.
/// Where that is broken, the record's first line alone is malformed and reading resumes, unquoted, at the next line. What
/// comes out depends on the bytes and the dialect only, never on the sizes of reads.
///
/// `@unchecked Sendable`: a reader is used by one thread at a time, in the reader's turn, and the turnstile's mutex orders
/// the accesses.
package final class CSVReader: @unchecked Sendable {
  /// How the source is spelt; its line end is no longer `auto`.
  package let dialect: CSVDialect
  private let limits: BatchLimits
  package var path: String { source.path }
  /// The header, once it has been read; nil when the dialect has none or the input ends before it.
  package private(set) var header: CSVHeader?
  /// How many fields a record has; nil until a well-formed one was seen.
  package internal(set) var fieldCount: Int?

  // What was read so far, apart from records: together with the batches' `sourceBytes` it is all of the input.
  package private(set) var bomBytes = 0
  package private(set) var headerBytes = 0
  package private(set) var headerBlankBytes = 0
  private var skippedAtStart = 0
  private let footer: FooterSource?
  /// Lines at the start and, once the source has ended, at the end that the dialect leaves out, and comments before the
  /// header.
  package var skippedBytes: Int { skippedAtStart + (footer?.footerBytes ?? 0) }
  /// How many bytes were looked at to find records and lines, those looked at twice counted twice.
  package internal(set) var bytesScanned: UInt64 = 0

  private var source: any ByteSource
  private var ahead = ReadAhead()
  private var sourceEnded = false
  private var position: UInt64 = 0
  private var record: UInt64 = 1
  private var line: UInt64 = 1
  /// How many bytes a batch is expected to need: reading more than that is right, but wasteful.
  private var expected: Int
  private var first: RecordBatch?

  /// Reads the byte order mark and the header or, where there is none, the first batch, so that `fieldCount` is known.
  package init(
    _ source: any ByteSource, _ dialect: CSVDialect, limits: BatchLimits = BatchLimits()
  ) throws(InputFailure) {
    var source = source
    var dialect = dialect
    if dialect.lineEnd == .auto { (source, dialect.lineEnd) = try Self.findLineEnd(source) }
    let footer =
      dialect.skippedFooter > 0
      ? FooterSource(source, lines: dialect.skippedFooter, lineEnd: dialect.lineEnd.byte) : nil
    self.source = footer ?? source
    self.footer = footer
    self.dialect = dialect
    self.limits = limits
    expected = limits.bytes
    let batch = RecordBatch(capacity: dialect.header ? 4 << 10 : RecordBatch.roomy)
    try skipByteOrderMark(batch)
    try skipFirstLines(batch)
    if dialect.header {
      expected = 4 << 10
      repeat {
        try fill(batch, BatchLimits(records: 1))
        headerBlankBytes += batch.blankBytes
        skippedAtStart += batch.commentBytes
      } while batch.records == 0 && batch.sourceBytes > 0
      try takeHeader(batch)
      record = 1
      expected = limits.bytes
    } else {
      try fill(batch, limits)
      first = batch
    }
  }

  /// Fills `batch` with the next records; false at the end of the input.
  ///
  /// A batch may have no rows: where all of its records are malformed, or all of its lines blank.
  package func next(into batch: RecordBatch) throws(InputFailure) -> Bool {
    if let first {
      self.first = nil
      batch.exchange(with: first)
    } else {
      try fill(batch, limits)
    }
    return batch.sourceBytes > 0
  }

  private func skipByteOrderMark(_ batch: RecordBatch) throws(InputFailure) {
    _ = try load(batch, upTo: 3)
    let start = UnsafeRawBufferPointer(start: batch.store.base, count: batch.store.count)
    if start.elementsEqual([0xEF, 0xBB, 0xBF]) {
      bomBytes = 3
      position = 3
    } else {
      ahead.putBack(start)
    }
  }

  /// What ends the lines of a source, and the source as it was before that was looked for.
  private static func findLineEnd(
    _ source: any ByteSource
  ) throws(InputFailure) -> (any ByteSource, CSVDialect.LineEnd) {
    let feed = UInt8(ascii: "\n")
    let (seen, replayed) = try ReplayedSource.look(at: source, limit: 64 << 10) { bytes, before in
      UnsafeRawBufferPointer(rebasing: bytes[before...]).contains(feed)
    }
    let isBare = seen.contains(UInt8(ascii: "\r")) && !seen.contains(feed)
    return (replayed, isBare ? .carriageReturn : .feed)
  }

  private func skipFirstLines(_ batch: RecordBatch) throws(InputFailure) {
    for _ in 0..<dialect.skippedLines {
      batch.store.reset()
      guard try load(batch, upTo: 1) else { return }
      var length = 1
      if batch.store.base.load(as: UInt8.self) != dialect.lineEnd.byte {
        let line = try skipLine(batch, keeping: 0)
        length = line.length + line.lineEnd
      }
      skippedAtStart += length
      position += UInt64(length)
      line += 1
    }
  }

  private func takeHeader(_ batch: RecordBatch) throws(InputFailure) {
    batch.validate()
    headerBytes = batch.recordBytes
    if let fault = batch.malformed.first { throw .malformedHeader(path: path, fault.code, line: fault.line) }
    guard batch.rows == 1 else { return }
    var fields: [String] = []
    for column in 0..<batch.fieldCount {
      fields.append(batch.cells(column, nulls: NullTokens([])).texts.first.map(batch.store.string) ?? "")
    }
    header = CSVHeader(fields: fields, raw: Array(batch.rawBytes(0)), offset: batch.offset(0), line: batch.line(0))
  }

  // MARK: Bytes

  /// Reads until the batch's store holds `target` bytes; false when the input ends before.
  func load(_ batch: RecordBatch, upTo target: Int) throws(InputFailure) -> Bool {
    let store = batch.store
    guard store.count < target else { return true }
    guard store.reserve(target - store.count) else { throw .tooLarge(path: path) }
    store.advance(by: ahead.take(target - store.count, to: store.base + store.count))
    while store.count < target {
      let got = try readSource(into: store.base + store.count, count: target - store.count)
      if got == 0 { return false }
      store.advance(by: got)
    }
    return true
  }

  private func readSource(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    if sourceEnded { return 0 }
    let got = try source.read(into: target, count: count)
    sourceEnded = got == 0
    return got
  }

  /// Leaves out the rest of a line of which the store holds the first bytes, and keeps `kept` bytes of it.
  /// Returns its length in the file, and how many bytes its line end has.
  func skipLine(_ batch: RecordBatch, keeping kept: Int) throws(InputFailure) -> (length: Int, lineEnd: Int) {
    let store = batch.store
    var length = store.count
    var previous = store.base.load(fromByteOffset: length - 1, as: UInt8.self)
    store.truncate(to: min(kept, length))
    let room = 256 << 10
    guard store.reserve(room) else { throw .tooLarge(path: path) }
    let scratch = store.base + store.count
    while true {
      var got = ahead.take(room, to: scratch)
      if got == 0 { got = try readSource(into: scratch, count: room) }
      if got == 0 { return (length, 0) }
      if let found = memchr(scratch, Int32(dialect.lineEnd.byte), got) {
        let used = UnsafeRawPointer(found) - UnsafeRawPointer(scratch)
        ahead.putBack(UnsafeRawBufferPointer(start: scratch + used + 1, count: got - used - 1))
        if used > 0 { previous = scratch.load(fromByteOffset: used - 1, as: UInt8.self) }
        let carriage = previous == UInt8(ascii: "\r") ? 1 : 0
        return (length + used - carriage, 1 + carriage)
      }
      previous = scratch.load(fromByteOffset: got - 1, as: UInt8.self)
      length += got
    }
  }

  // MARK: Records

  private func fill(_ batch: RecordBatch, _ limits: BatchLimits) throws(InputFailure) {
    batch.begin(dialect, baseOffset: position, record: record, line: line)
    var cut = BatchCut(dialect, batch, limits, fields: fieldCount)
    try cut.run(self, window: min(expected, limits.bytes))
    finish(batch, scanned: cut.scanned)
    fieldCount = cut.fields
    batch.fieldCount = cut.fields ?? 0
    batch.noteQuotes(opens: cut.opens)
    expected = batch.records == limits.records ? (batch.sourceBytes * 17 / 16 + 4096) & ~63 : limits.bytes
  }

  private func finish(_ batch: RecordBatch, scanned: UInt64) {
    let store = batch.store
    let used = min(batch.sourceBytes, store.count)
    ahead.putBack(UnsafeRawBufferPointer(start: store.base + used, count: store.count - used))
    store.truncate(to: used)
    position += UInt64(batch.sourceBytes)
    record += UInt64(batch.records)
    line += UInt64(batch.lineFeeds)
    bytesScanned += scanned
  }

  // MARK: Counting

  /// Counts the records that are left, malformed ones included, without looking for their fields.
  package func countRecords() throws(InputFailure) -> UInt64 {
    let batch = RecordBatch()
    var total: UInt64 = 0
    if first != nil {
      _ = try next(into: batch)
      total += UInt64(batch.records)
    }
    while true {
      if let quick = try countQuickly(batch) {
        total += quick
        continue
      }
      guard try next(into: batch) else { return total }
      total += UInt64(batch.records)
    }
  }

  /// Counts the records of one stretch, where every quote in it stands where it may; nil where that is not so, or where the
  /// stretch has no whole record.
  private func countQuickly(_ batch: RecordBatch) throws(InputFailure) -> UInt64? {
    guard dialect.maxRecord >= RecordBatch.maxBytes, dialect.comment == nil else { return nil }
    batch.begin(dialect, baseOffset: position, record: record, line: line)
    _ = try load(batch, upTo: RecordBatch.maxBytes)
    let store = batch.store
    var count = brew_count(scan: dialect.scan, line_start: 1, blank_carriage: 0, records: 0, record_end: 0)
    brew_count_run(&count, store.base.bytes(at: 0), UInt32(store.count))
    let isRegular = count.scan.suspicious == UInt32(BREW_NOWHERE)
    batch.sourceBytes = isRegular ? Int(count.record_end) : 0
    finish(batch, scanned: UInt64(count.scan.position))
    record += UInt64(isRegular ? count.records : 0)
    return isRegular && count.record_end > 0 ? UInt64(count.records) : nil
  }
}

/// The first record of an input, which names the fields.
package struct CSVHeader: Hashable, Sendable {
  /// The names, without quotes; they may repeat, and may be empty.
  package let fields: [String]
  /// The record as it stands in the file, without its line end.
  package let raw: [UInt8]
  package let offset: UInt64
  package let line: UInt64
}

extension CSVDialect {
  /// A scan at the start of a record.
  var scan: brew_scan {
    var scan = brew_scan()
    scan.delimiter = delimiter
    scan.quote = quote ?? 0
    scan.escape = escape ?? 0
    scan.feed = lineEnd.byte
    scan.comment = comment ?? 0
    scan.comments = comment != nil && escape != nil ? 1 : 0
    scan.line_start = 1
    scan.quotes = quote == nil ? 0 : 1
    scan.escapes = escape == nil || quote == nil ? 0 : 1
    scan.may_open = 1
    scan.suspicious = UInt32(BREW_NOWHERE)
    return scan
  }
}
