import Formats
import Plans

/// Hands out the batches of all input files, one after the other. One thread at a time may ask.
final class BatchReader {
  /// Opens the bytes of a file; a value, so that sources other than files can be read.
  package typealias Opening = @Sendable (InputFile) throws(InputFailure) -> any ByteSource

  private let inputs: Inputs
  private let open: Opening
  private let limit: Int?
  private let batches: BatchLimits
  private var next = 0
  private var reader: CSVReader?
  private var counting: ByteCount?

  /// Records found so far, malformed ones included; bytes of records and all else that was recognised; bytes read.
  private(set) var records = 0
  private(set) var bytesAccounted = 0
  private(set) var bytesRead = 0
  /// Bytes of the files that were read to their end, by the system's word when the run began.
  private(set) var bytesOnDisk = 0
  private(set) var recordsByFile: [Int]

  init(_ inputs: Inputs, limit: Int?, batches: BatchLimits, open: @escaping Opening) {
    self.inputs = inputs
    self.limit = limit
    self.batches = batches
    self.open = open
    recordsByFile = Array(repeating: 0, count: inputs.files.count)
  }

  /// Fills `batch` with the next records and says which file they are of; nil when there are no more.
  func next(into batch: RecordBatch) throws(InputFailure) -> InputFile? {
    while true {
      if let limit, records >= limit { return nil }
      guard let reader = try current() else { return nil }
      guard try reader.next(into: batch) else {
        settle()
        continue
      }
      if let limit { batch.keepFirst(limit - records) }
      records += batch.records
      recordsByFile[next - 1] += batch.records
      bytesAccounted += batch.recordBytes + batch.blankBytes + batch.commentBytes
      return inputs.files[next - 1]
    }
  }

  private func current() throws(InputFailure) -> CSVReader? {
    if let reader { return reader }
    guard next < inputs.files.count else { return nil }
    let count = ByteCount()
    let source = CountedSource(try open(inputs.files[next]), count)
    let opened = try CSVReader(source, inputs.dialect, limits: batches)
    counting = count
    next += 1
    reader = opened
    return opened
  }

  /// Closes the books of a file that was read to its end.
  private func settle() {
    guard let reader, let counting else { return }
    bytesAccounted += reader.bomBytes + reader.headerBytes + reader.headerBlankBytes + reader.skippedBytes
    bytesRead += counting.bytes
    let file = inputs.files[next - 1]
    bytesOnDisk += file.content.isVerbatim ? file.info.size : counting.bytes
    self.reader = nil
  }

  /// Whether every file was read to its end, so that its bytes can be accounted for.
  var isAtEnd: Bool { reader == nil && next == inputs.files.count }
}

/// How many bytes came out of a source.
private final class ByteCount: @unchecked Sendable {
  // Read and written in the reader's turn only, whose mutex orders the accesses.
  var bytes = 0
}

/// A source that counts what it gives, apart from who takes it.
private struct CountedSource: ByteSource {
  private var source: any ByteSource
  private let count: ByteCount

  init(_ source: any ByteSource, _ count: ByteCount) {
    self.source = source
    self.count = count
  }

  var path: String { source.path }

  mutating func read(into target: UnsafeMutableRawPointer, count wanted: Int) throws(InputFailure) -> Int {
    let got = try source.read(into: target, count: wanted)
    count.bytes += got
    return got
  }
}
