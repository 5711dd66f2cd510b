import CScan
import Columns
import Glibc

/// The work of filling one batch: which bytes are records, and where the batch ends.
struct BatchCut {
  private let batch: RecordBatch
  /// Records of this batch at most.
  private let limit: Int
  /// Bytes of this batch at most, unless its first record alone has more.
  private let most: Int
  private let maxRecord: Int
  private let lineEnd: UInt8
  /// The byte that begins a comment; -1 for none.
  private let comment: Int
  private(set) var fields: Int?
  private(set) var scanned: UInt64 = 0
  var opens: Int { Int(scan.open_count) }

  private var scan: brew_scan
  private let fresh: brew_scan
  /// Where the next record starts, and the index of its first field end.
  private var start = 0
  private var first = 0
  private var isClosed = false
  private var inputEnded = false

  init(_ dialect: CSVDialect, _ batch: RecordBatch, _ limits: BatchLimits, fields: Int?) {
    self.batch = batch
    limit = limits.records
    most = limits.bytes
    self.fields = fields
    maxRecord = dialect.maxRecord
    lineEnd = dialect.lineEnd.byte
    comment = dialect.comment.map(Int.init) ?? -1
    fresh = dialect.scan
    scan = fresh
  }

  /// Takes records until the batch is full or the input ends.
  ///
  /// A batch ends before the record that would pass the limits, unless that is its first.
  mutating func run(_ reader: CSVReader, window: Int) throws(InputFailure) {
    var window = window
    inputEnded = try !reader.load(batch, upTo: window)
    while !isClosed {
      let end = min(batch.store.count, start == 0 ? window : min(window, most))
      look(end)
      let isAhead = try takeLines(reader)
      if isClosed { break }
      if !isAhead { continue }
      if scan.suspicious != UInt32(BREW_NOWHERE) {
        let isLong = Int(scan.suspicious) - start >= maxRecord
        try takeLine(as: isLong ? .tooLong : .strayQuote, reader)
      } else if Int(scan.position) < end || scan.line_count >= scan.line_limit {
        if scan.end_capacity - scan.end_count < 128 { batch.growFieldEnds(keeping: Int(scan.end_count)) }
      } else if inputEnded && end == batch.store.count {
        try takeRest(reader)
      } else if window < most {
        window = most
        try extend(reader, to: window)
      } else if start > 0 {
        isClosed = true
      } else if end > maxRecord {
        try takeLine(as: .tooLong, reader)
      } else {
        window = min(window * 2, max(most, maxRecord + 1))
        try extend(reader, to: window)
      }
    }
    batch.sourceBytes += start
    batch.lineFeeds += Int(scan.line_feeds) + feeds(from: Int(scan.position), to: min(start, batch.store.count))
    batch.mayBeUnsound = scan.saw_high | scan.saw_nul != 0
  }

  private mutating func extend(_ reader: CSVReader, to count: Int) throws(InputFailure) {
    if batch.store.count < count, try !reader.load(batch, upTo: count) { inputEnded = true }
  }

  private mutating func look(_ end: Int) {
    scan.ends = batch.fieldEnds
    scan.end_capacity = UInt32(batch.fieldEndCapacity)
    scan.lines = batch.lineEnds
    scan.line_count = 0
    scan.opens = batch.opens
    scan.open_limit = UInt32(RecordBatch.maxOpens)
    scan.line_limit = UInt32(max(1, limit - batch.records))
    let before = scan.position
    if Int(before) < end { brew_scan_run(&scan, batch.store.base.bytes(at: 0), UInt32(end)) }
    scanned += UInt64(scan.position - before)
  }

  // MARK: Records

  /// Takes the records whose line ends the scan has found; false when the scan was set back.
  private mutating func takeLines(_ reader: CSVReader) throws(InputFailure) -> Bool {
    let count = Int(scan.line_count)
    var index = 0
    while true {
      index = takePlain(from: index)
      if batch.records >= limit || start >= most { isClosed = true }
      if isClosed || index == count { return true }
      guard try takeOdd(index, reader) else { return false }
      index += 1
    }
  }

  /// Takes well-formed records that end within the batch; stops at the first line that asks for a closer look.
  private mutating func takePlain(from index: Int) -> Int {
    let bytes = batch.store.base.bytes(at: 0)
    let ends = batch.fieldEnds
    let lines = batch.lineEnds
    let expected = fields ?? -1
    let longest = maxRecord
    let comment = comment
    let room = most
    let lastRow = limit - batch.malformed.count
    let before = start
    var row = batch.rows
    var index = index
    while index < Int(scan.line_count), row < lastRow {
      let ordinal = Int(lines[index])
      let feed = Int(ends[ordinal])
      let stop = feed > start && bytes[feed &- 1] == UInt8(ascii: "\r") ? feed &- 1 : feed
      guard
        ordinal &- first &+ 1 == expected, stop > start, feed &- start < longest, feed < room,
        Int(bytes[start]) != comment
      else { break }
      batch.starts[row] = UInt32(truncatingIfNeeded: start)
      batch.firsts[row] = UInt32(truncatingIfNeeded: first)
      batch.stops[row] = UInt32(truncatingIfNeeded: stop)
      row &+= 1
      start = feed &+ 1
      first = ordinal &+ 1
      index &+= 1
    }
    batch.rows = row
    batch.recordBytes += start - before
    return index
  }

  /// Takes a line that is blank, ragged, long, a comment, or the first of its input; false when the scan was set back.
  private mutating func takeOdd(_ index: Int, _ reader: CSVReader) throws(InputFailure) -> Bool {
    let ordinal = Int(batch.lineEnds[index])
    let feed = Int(batch.fieldEnds[ordinal])
    if isComment, !hasLineEnd(before: feed), feed < most || start == 0 {
      batch.commentLines += 1
      batch.commentBytes += feed + 1 - start
      start = feed + 1
      first = ordinal + 1
    } else if isComment {
      try takeLine(as: .ragged, reader)
      return false
    } else if feed >= most && start > 0 {
      isClosed = true
    } else if feed - start >= maxRecord {
      try takeLine(as: .tooLong, reader)
      return false
    } else {
      let bytes = batch.store.base.bytes(at: 0)
      let stop = feed > start && bytes[feed - 1] == UInt8(ascii: "\r") ? feed - 1 : feed
      take(stop: stop, next: feed + 1, ordinal: ordinal)
    }
    return true
  }

  /// Takes the bytes from `start` to `stop` as a blank line, a row or a ragged record; the next record starts at `next`.
  private mutating func take(stop: Int, next: Int, ordinal: Int) {
    let count = ordinal - first + 1
    if stop == start {
      batch.blankLines += 1
      batch.blankBytes += next - start
    } else {
      if count == fields ?? count {
        fields = count
        batch.starts[batch.rows] = UInt32(truncatingIfNeeded: start)
        batch.firsts[batch.rows] = UInt32(truncatingIfNeeded: first)
        batch.stops[batch.rows] = UInt32(truncatingIfNeeded: stop)
        batch.rows += 1
      } else {
        append(.ragged, length: stop - start, kept: stop - start)
      }
      batch.recordBytes += next - start
    }
    start = next
    first = ordinal + 1
  }

  /// Takes what follows the last line end of the input.
  private mutating func takeRest(_ reader: CSVReader) throws(InputFailure) {
    let end = batch.store.count
    if end == start || (end > most && start > 0) {
      isClosed = true
    } else if end - start > maxRecord || isComment {
      try takeLine(as: .tooLong, reader)
    } else if scan.inside != 0 {
      try takeLine(as: .unclosedQuote, reader)
    } else if scan.closed_carriage != 0 {
      try takeLine(as: .strayQuote, reader)
    } else {
      let ordinal = Int(scan.end_count)
      batch.fieldEnds[ordinal] = UInt32(truncatingIfNeeded: end)
      take(stop: end, next: end, ordinal: ordinal)
      isClosed = true
    }
  }

  // MARK: Lines of comments and malformed records

  /// Whether what begins at `start`, of which a byte has been read, is a comment.
  private var isComment: Bool { comment >= 0 && Int(batch.store.base.bytes(at: 0)[start]) == comment }

  /// Whether a line ends between `start` and `stop`: then a quote within a comment was taken for one that opens.
  private func hasLineEnd(before stop: Int) -> Bool {
    memchr(batch.store.base + start, Int32(lineEnd), stop - start) != nil
  }

  /// Takes the first line from `start` on as a comment, if it is one, or else as malformed, and sets the scan back to the
  /// line after it.
  private mutating func takeLine(as code: Malformed.Code, _ reader: CSVReader) throws(InputFailure) {
    let feed = try findFeed(reader)
    let end = feed ?? batch.store.count
    let isWhole = feed != nil || inputEnded
    let next = feed.map { $0 + 1 } ?? end
    if start > 0 && (!isWhole || next > most) {
      isClosed = true
      return
    }
    guard isWhole else { return try takeEndlessLine(as: code, reader) }
    let bytes = batch.store.base.bytes(at: 0)
    let stop = feed != nil && end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    if isComment {
      batch.commentLines += 1
      batch.commentBytes += next - start
    } else {
      let isLong = code == .tooLong || next - start > maxRecord
      append(code, length: stop - start, kept: isLong ? min(stop - start, Self.keptOfLong) : stop - start)
      batch.recordBytes += next - start
    }
    setBack(to: next)
    isClosed = batch.records >= limit || start >= most
  }

  /// The first line feed from `start` on, as far as this batch may look for it.
  private mutating func findFeed(_ reader: CSVReader) throws(InputFailure) -> Int? {
    let last = start > 0 ? most : max(Self.keptOfLong + 2, maxRecord + 1)
    var searched = start
    while true {
      let count = min(batch.store.count, last)
      if count > searched, let found = memchr(batch.store.base + searched, Int32(lineEnd), count - searched) {
        let feed = UnsafeRawPointer(found) - UnsafeRawPointer(batch.store.base)
        scanned += UInt64(feed + 1 - searched)
        return feed
      }
      if count > searched {
        scanned += UInt64(count - searched)
        searched = count
      }
      if inputEnded || batch.store.count >= last { return nil }
      try extend(reader, to: min(last, max(most, batch.store.count * 2)))
    }
  }

  /// Takes a line longer than any record may be: the first of the batch, and all of it.
  private mutating func takeEndlessLine(as code: Malformed.Code, _ reader: CSVReader) throws(InputFailure) {
    let isComment = isComment
    let (length, lineEnd) = try reader.skipLine(batch, keeping: Self.keptOfLong)
    batch.sourceBytes = length + lineEnd
    if isComment {
      batch.commentLines += 1
      batch.commentBytes = length + lineEnd
    } else {
      append(code, length: length, kept: min(length, batch.store.count))
      batch.recordBytes = length + lineEnd
    }
    scan = fresh
    scan.line_feeds = lineEnd > 0 ? 1 : 0
    isClosed = true
  }

  /// Past `max_record` only so many bytes of a malformed line are kept.
  private static let keptOfLong = 1 << 20

  private func append(_ code: Malformed.Code, length: Int, kept: Int) {
    batch.malformed.append(
      Malformed(
        code: code, start: start, length: length, kept: kept, record: batch.firstRecord + UInt64(batch.records),
        line: batch.line(at: start)))
  }

  private mutating func setBack(to next: Int) {
    var anew = fresh
    anew.saw_high = scan.saw_high
    anew.saw_nul = scan.saw_nul
    anew.line_feeds = UInt32(Int(scan.line_feeds) + feeds(from: Int(scan.position), to: next))
    anew.position = UInt32(next)
    anew.end_count = UInt32(first)
    anew.open_count = scan.open_count
    // Quotes in comments lie: from the first of them on the batch is read by the grammar that knows comments.
    anew.comments = comment >= 0 ? 1 : 0
    scan = anew
    start = next
  }

  /// How many more line feeds stand before `to` than before `from`.
  private mutating func feeds(from: Int, to: Int) -> Int {
    scanned += UInt64(abs(to - from))
    let bytes = batch.store.base.bytes(at: min(from, to))
    let count = brew_count_byte(bytes, abs(to - from), lineEnd)
    return to < from ? -count : count
  }
}
