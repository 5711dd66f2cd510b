import Glibc
import Testing

@testable import Formats

/// Lines that each hold one quote which lies, and how many bytes are looked at to find that out.
enum LyingQuotes {
  static let lines = [
    "a line, with one \" quote of no meaning\n", "\"a quoted beginning of a line, and no end\n",
  ]

  /// - Parameter bytes: at most so many of them.
  static func scanned(_ line: String, bytes: Int) throws -> UInt64 {
    let count = bytes / line.utf8.count
    let reader = try CSVReader(RepeatedSource(head: Array("a,b\n".utf8), line: Array(line.utf8), count), CSVDialect())
    let batch = RecordBatch()
    var malformed = 0
    while try reader.next(into: batch) { malformed += batch.malformed.count }
    #expect(malformed == count)
    return reader.bytesScanned
  }
}

@Suite(.enabled(if: getenv("BREW_SLOW") != nil, "slow: set BREW_SLOW")) struct LyingQuotesSlow {
  @Test(arguments: LyingQuotes.lines) func `eight times the bytes are eight times the work`(_ line: String) throws {
    let small = try LyingQuotes.scanned(line, bytes: 8 << 20)
    let large = try LyingQuotes.scanned(line, bytes: 64 << 20)
    // What is looked at twice at the end of a batch is all that may differ.
    #expect(Double(large) < 8.1 * Double(small), "\(small) and \(large) bytes looked at")
    #expect(large < 5 * (64 << 20))
  }
}

/// A head, and a line over and over, without ever holding them all.
private struct RepeatedSource: ByteSource {
  let path = "lines"
  private let head: [UInt8]
  private let block: [UInt8]
  private let total: Int
  private var position = 0

  init(head: [UInt8], line: [UInt8], _ count: Int) {
    self.head = head
    block = Array(repeatElement(line, count: max(1, 4096 / line.count)).joined())
    total = head.count + line.count * count
  }

  mutating func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    let (bytes, start) = position < head.count ? (head, position) : (block, (position - head.count) % block.count)
    let taken = min(count, bytes.count - start, total - position)
    guard taken > 0 else { return 0 }
    bytes.withUnsafeBytes { whole in
      UnsafeMutableRawBufferPointer(start: target, count: taken)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: whole[start..<start + taken]))
    }
    position += taken
    return taken
  }
}
