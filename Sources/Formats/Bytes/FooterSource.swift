import Glibc

/// All of a source but its last lines.
///
/// The last bytes, with or without a line end, are a line like any other. What may still turn out to be the footer is held
/// back in memory; where that passes a limit, reading fails.
///
/// `@unchecked Sendable`: one thread at a time reads a source, in the reader's turn, whose mutex orders the accesses.
final class FooterSource: ByteSource, @unchecked Sendable {
  static let limit = 64 << 20
  let path: String
  private var source: any ByteSource
  private let lines: Int
  private let lineEnd: UInt8
  private var held: [UInt8] = []
  /// Where lines end in `held`, oldest first; and how many of its bytes are given away.
  private var ends: [Int] = []
  private var given = 0
  private var isAtEnd = false
  /// Bytes of the footer, once the source has ended.
  private(set) var footerBytes = 0

  /// - Parameter lines: at least 1.
  init(_ source: any ByteSource, lines: Int, lineEnd: UInt8) {
    path = source.path
    self.source = source
    self.lines = max(lines, 1)
    self.lineEnd = lineEnd
  }

  func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    while given == safe, !isAtEnd { try more() }
    let taken = min(count, safe - given)
    guard taken > 0 else { return 0 }
    held.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: target, count: taken)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[given..<given + taken]))
    }
    given += taken
    return taken
  }

  /// The end of the bytes that no footer has, should the source end here.
  private var safe: Int {
    let needed = ends.last == held.count ? lines + 1 : lines
    return ends.count >= needed ? max(ends[ends.count - needed], given) : given
  }

  private func more() throws(InputFailure) {
    forget()
    let room = 64 << 10
    let start = held.count
    guard start <= Self.limit else { throw .footerTooLong(path: path) }
    var failure: InputFailure?
    held.reserveCapacity(start + room)
    withUnsafeTemporaryAllocation(byteCount: room, alignment: 16) { block in
      guard let base = block.baseAddress else { return }
      do throws(InputFailure) {
        let got = try source.read(into: base, count: room)
        held += UnsafeRawBufferPointer(rebasing: block[..<got])
        isAtEnd = got == 0
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    for index in start..<held.count where held[index] == lineEnd { ends.append(index + 1) }
    if isAtEnd { footerBytes = held.count - safe }
  }

  /// Lets go of the bytes that were given away.
  private func forget() {
    guard given > 0 else { return }
    held.removeFirst(given)
    ends = ends.filter { $0 > given }.map { $0 - given }
    given = 0
  }
}
