import Glibc
import Storage

/// Why an input could not be read at all. What is wrong with single records is data: see ``Malformed``.
package enum InputFailure: Error, Hashable, Sendable {
  case cannotOpen(path: String, errno: Int32)
  case cannotRead(path: String, errno: Int32)
  /// The record that should name the fields is itself malformed.
  case malformedHeader(path: String, Malformed.Code, line: UInt64)
  /// The batch would pass the limit of a ``ByteStore``.
  case tooLarge(path: String)
  /// What was packed cannot be unpacked.
  case packed(path: String, Compression, Compression.Fault)
  /// Text in UTF-16 does not say in which order its bytes stand …
  case noByteOrderMark(path: String)
  /// … or says another than the document.
  case otherByteOrder(path: String, said: TextEncoding, found: TextEncoding)
  /// What can be read once only is not written as it was opened.
  case otherEncoding(path: String, found: TextEncoding)
  /// More than fits in memory is held back because it may be the footer.
  case footerTooLong(path: String)
  /// It is not what it was when it was opened.
  case changed(path: String)
  /// What can be read once only could not be kept for a second reading.
  case cannotKeep(path: String, errno: Int32)
  /// What can be read once only was to be read again, and nobody had asked to keep it.
  case alreadyRead(path: String)
}

/// Bytes in order, from wherever they come.
package protocol ByteSource: Sendable {
  /// What people are told the bytes come from.
  var path: String { get }

  /// Reads at least one and at most `count` bytes to `target`; 0 at the end, and ever after.
  mutating func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int
}

/// The bytes of a file or pipe, through `read(2)`.
///
/// At the end of a file that was opened by its path, reading fails with ``InputFailure/changed(path:)`` where the file
/// grew, shrank, was written to or was replaced since.
package struct FileByteSource: ByteSource {
  package let path: String
  /// What the system knew of it when it was opened; nil where it cannot say.
  package let info: FileInfo?
  private let file: OpenFile
  private let block: Int
  private let isWatched: Bool
  private var total = 0

  /// - Parameter block: the most bytes asked for at once.
  package init(path: String, block: Int = 1 << 20) throws(InputFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    self.path = path
    self.block = max(block, 1)
    file = OpenFile(descriptor, isOwned: true)
    info = FileInfo(descriptor: descriptor)
    isWatched = info?.isRegular ?? false
  }

  /// Reads from an open descriptor, such as standard input, which stays open.
  package init(descriptor: Int32, path: String, block: Int = 1 << 20) {
    self.path = path
    self.block = max(block, 1)
    file = OpenFile(descriptor, isOwned: false)
    info = FileInfo(descriptor: descriptor)
    isWatched = false
  }

  package mutating func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    while true {
      let got = Glibc.read(file.descriptor, target, min(count, block))
      if got > 0 {
        total += got
        return got
      }
      if got == 0 {
        if isWatched { try checkUnchanged() }
        return 0
      }
      if errno != EINTR { throw .cannotRead(path: path, errno: errno) }
    }
  }

  private func checkUnchanged() throws(InputFailure) {
    let isWhole = info?.size == total
    guard isWhole, FileInfo(descriptor: file.descriptor) == info, FileInfo(path) == info else {
      throw .changed(path: path)
    }
  }
}

/// Bytes in memory, handed out in blocks.
package struct ArrayByteSource: ByteSource {
  package let path: String
  private let bytes: [UInt8]
  private let block: Int
  private var position = 0

  package init(_ bytes: [UInt8], path: String = "memory", block: Int = 1 << 20) {
    self.path = path
    self.bytes = bytes
    self.block = max(block, 1)
  }

  package mutating func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    let taken = min(count, block, bytes.count - position)
    guard taken > 0 else { return 0 }
    bytes.withUnsafeBytes { whole in
      UnsafeMutableRawBufferPointer(start: target, count: taken)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: whole[position..<position + taken]))
    }
    position += taken
    return taken
  }
}

/// A file descriptor, closed with its last owner.
private final class OpenFile: Sendable {
  let descriptor: Int32
  private let isOwned: Bool

  init(_ descriptor: Int32, isOwned: Bool) {
    self.descriptor = descriptor
    self.isOwned = isOwned
  }

  deinit { if isOwned { close(descriptor) } }
}
