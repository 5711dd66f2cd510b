import CZlib

/// The contents of gzip members, one after the other, with zero bytes allowed after the last (RFC 1952).
///
/// `@unchecked Sendable`: one thread at a time reads a source, in the reader's turn, whose mutex orders the accesses.
final class GzipSource: ByteSource, @unchecked Sendable {
  let path: String
  private var source: any ByteSource
  private var block = PackedBlock()
  /// On the heap: zlib remembers where its stream lies.
  private let stream: UnsafeMutablePointer<z_stream>
  private var state = State.beforeMember(isFirst: true)

  private enum State { case beforeMember(isFirst: Bool), inMember, ended }

  init(_ source: any ByteSource) throws(InputFailure) {
    path = source.path
    self.source = source
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16 more than the largest window: gzip's own framing, and no other.
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, size) == Z_OK else {
      throw .packed(path: path, .gzip, .noMemory)
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    while true {
      switch state {
      case .ended: return 0
      case .beforeMember(let isFirst): try begin(isFirst: isFirst)
      case .inMember:
        let got = try inflate(into: target, count: min(count, 1 << 30))
        if got > 0 { return got }
      }
    }
  }

  private func begin(isFirst: Bool) throws(InputFailure) {
    if !isFirst { try skipZeros() }
    try block.fill(from: &source)
    if block.count == 0, !isFirst {
      state = .ended
      return
    }
    if !isFirst {
      try block.fill(from: &source, atLeast: 2)
      let magic = UnsafeRawBufferPointer(start: block.start, count: min(block.count, 2))
      guard magic.starts(with: [0x1F, 0x8B].prefix(magic.count)) else { throw fault(.trailing) }
    }
    state = .inMember
  }

  private func skipZeros() throws(InputFailure) {
    while true {
      try block.fill(from: &source)
      let rest = UnsafeRawBufferPointer(start: block.start, count: block.count)
      guard let first = rest.first, first == 0 else { return }
      block.drop(rest.firstIndex { $0 != 0 } ?? rest.count)
    }
  }

  /// Unpacks to `target`; 0 where input is wanted or the member has ended.
  private func inflate(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    try block.fill(from: &source)
    stream.pointee.next_in = block.start.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(block.count)
    stream.pointee.next_out = target.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(count)
    let status = CZlib.inflate(stream, Z_NO_FLUSH)
    let used = block.count - Int(stream.pointee.avail_in)
    let got = count - Int(stream.pointee.avail_out)
    block.drop(used)
    switch status {
    case Z_STREAM_END:
      inflateReset(stream)
      state = .beforeMember(isFirst: false)
    case Z_OK, Z_BUF_ERROR:
      if got == 0, used == 0, block.isAtEnd { throw fault(.truncated) }
    case Z_MEM_ERROR: throw fault(.noMemory)
    default: throw fault(.corrupt(stream.pointee.msg.map { String(cString: $0) } ?? ""))
    }
    return got
  }

  private func fault(_ fault: Compression.Fault) -> InputFailure { .packed(path: path, .gzip, fault) }
}
