import Glibc
import Storage
import Synchronization

/// The text of an input, unpacked and in UTF-8, to be looked at first and then to be read as often as a run has passes.
///
/// A file is opened anew each time. Standard input, pipes and devices can be read only once, and unpacking costs time:
/// what was looked at is replayed, and what a later pass needs again is kept in a ``Spool`` while it is first read.
package final class InputContent: Sendable {
  /// What people are told; `-` for standard input.
  package let path: String
  package let encoding: TextEncoding
  /// What the system knew of it when it was first opened.
  package let info: FileInfo
  package let compression: Compression?
  /// True for pipes and the like: what was read is gone.
  package let isFleeting: Bool
  /// Whether the text is the file's bytes as they are, so that the file's size is the text's.
  package var isVerbatim: Bool { compression == nil && encoding == .utf8 && info.isRegular && !isFleeting }
  private let state: Mutex<State>

  private struct State {
    /// Where the bytes come from that nobody has read yet; nil where nothing was read.
    var source: (any ByteSource)?
    var kept = KeptBytes()
    /// Bytes taken from `source`.
    var taken = 0
    var readingsLeft = 1
    var spool: Spool?
  }

  /// Opens an input. A pipe is waited for until somebody writes to it.
  package init(path: String, encoding: TextEncoding) throws(InputFailure) {
    self.path = path
    self.encoding = encoding
    let file = path == "-" ? FileByteSource(descriptor: STDIN_FILENO, path: path) : try FileByteSource(path: path)
    guard let info = file.info else { throw .cannotOpen(path: path, errno: errno) }
    if info.isFolder { throw .cannotRead(path: path, errno: EISDIR) }
    self.info = info
    isFleeting = path == "-" || !info.isRegular
    let (source, compression) = try Self.unpack(file)
    self.compression = compression
    state = Mutex(State(source: isFleeting ? Self.decode(source, encoding) : nil))
  }

  /// Says how many times the content will be read in all, and where it can be kept meanwhile.
  package func prepare(readings: Int, spool: Spool) {
    state.withLock {
      $0.readingsLeft = readings
      $0.spool = spool
    }
  }

  /// The content from its beginning, for a look at its first bytes; as often as one likes, before it is read.
  package func look() throws(InputFailure) -> any ByteSource {
    isFleeting ? KeptSource(self, keeps: true) : try openFile()
  }

  /// The first bytes of the content, and whether that is all of it.
  package func sample(_ size: Int) throws(InputFailure) -> (bytes: [UInt8], isWhole: Bool) {
    let seen = try ReplayedSource.look(at: look(), limit: size + 1, block: 64 << 10) { _, _ in false }.seen
    return (Array(seen.prefix(size)), seen.count <= size)
  }

  /// The content from its beginning, for one of the readings.
  package func open() throws(InputFailure) -> any ByteSource {
    let isLast = state.withLock { state in
      state.readingsLeft -= 1
      return state.readingsLeft <= 0
    }
    if isFleeting { return KeptSource(self, keeps: !isLast) }
    let hasKept = state.withLock { $0.source != nil }
    guard compression != nil, hasKept || !isLast else { return try openFile() }
    if !hasKept {
      let source = try openFile()
      state.withLock { $0.source = source }
    }
    return KeptSource(self, keeps: !isLast)
  }

  private func openFile() throws(InputFailure) -> any ByteSource {
    let file = try FileByteSource(path: path)
    guard file.info == info else { throw .changed(path: path) }
    return Self.decode(try Self.unpack(file).source, encoding)
  }

  /// A source of what is packed in another, if it is, by its first bytes or by its name.
  private static func unpack(
    _ source: any ByteSource
  ) throws(InputFailure) -> (source: any ByteSource, compression: Compression?) {
    let (seen, replayed) = try ReplayedSource.look(at: source, limit: 4) { _, _ in false }
    switch Compression(magic: seen) ?? Compression(name: source.path) {
    case .gzip: return (try GzipSource(replayed), .gzip)
    case .zstandard: return (try ZstandardSource(replayed), .zstandard)
    case nil: return (replayed, nil)
    }
  }

  private static func decode(_ source: any ByteSource, _ encoding: TextEncoding) -> any ByteSource {
    encoding == .utf8 ? source : TranscodingSource(source, encoding)
  }

  /// Reads the bytes from `position` on: those that were kept, then those that nobody has read yet.
  fileprivate func read(
    from position: Int, keeps: Bool, into target: UnsafeMutableRawPointer, count: Int
  ) throws(InputFailure) -> Int {
    try state.withLock { state throws(InputFailure) in
      do throws(StorageFailure) {
        let got = try state.kept.read(from: position, into: target, count: count)
        if got > 0 { return got }
      } catch {
        throw .cannotKeep(path: path, errno: error.code)
      }
      guard position == state.taken else { throw .alreadyRead(path: path) }
      guard var source = state.source else { return 0 }
      let got = try source.read(into: target, count: count)
      state.source = source
      state.taken += got
      guard keeps, got > 0 else { return got }
      do throws(StorageFailure) {
        try state.kept.append(UnsafeRawBufferPointer(start: target, count: got), spool: state.spool)
      } catch {
        throw .cannotKeep(path: path, errno: error.code)
      }
      return got
    }
  }
}

/// One reading of content that is kept.
private struct KeptSource: ByteSource {
  private let content: InputContent
  private let keeps: Bool
  private var position = 0
  var path: String { content.path }

  init(_ content: InputContent, keeps: Bool) {
    self.content = content
    self.keeps = keeps
  }

  mutating func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    let got = try content.read(from: position, keeps: keeps, into: target, count: count)
    position += got
    return got
  }
}
