import CZlib
import CZstd
import Glibc
import Storage

/// Packs bytes on their way to another sink. ``finish()`` must be called after the last.
package final class CompressedSink: ByteSink {
  package var path: String { sink.path }
  /// Bytes taken, before they were packed.
  package private(set) var bytesWritten = 0
  private let sink: any ByteSink
  private let packer: any Packer
  private let block: UnsafeMutableRawBufferPointer
  private var isFinished = false

  /// - Parameter level: how hard to try; nil: as the packer's own tool does.
  package init(_ compression: Compression, to sink: any ByteSink, level: Int32? = nil) throws(StorageFailure) {
    self.sink = sink
    let packer: (any Packer)? =
      switch compression {
      case .gzip: Deflater(level: level ?? Z_DEFAULT_COMPRESSION)
      case .zstandard: ZstandardPacker(level: level ?? ZSTD_CLEVEL_DEFAULT)
      }
    guard let packer else { throw StorageFailure(.create, sink.path, code: ENOMEM) }
    self.packer = packer
    block = .allocate(byteCount: PackedBlock.size, alignment: 64)
  }

  deinit { block.deallocate() }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) {
    guard !isFinished else { throw StorageFailure(.write, path, code: EBADF) }
    try pack(bytes, ends: false)
    bytesWritten += bytes.count
  }

  /// Writes what is left and the end of the stream. The second time it does nothing.
  package func finish() throws(StorageFailure) {
    if isFinished { return }
    isFinished = true
    try pack(UnsafeRawBufferPointer(start: nil, count: 0), ends: true)
  }

  private func pack(_ bytes: UnsafeRawBufferPointer, ends: Bool) throws(StorageFailure) {
    var rest = bytes
    while true {
      guard let step = packer.pack(rest, into: block, ends: ends) else { throw StorageFailure(.write, path, code: EIO) }
      if step.written > 0 { try sink.write(UnsafeRawBufferPointer(rebasing: block[..<step.written])) }
      rest = UnsafeRawBufferPointer(rebasing: rest[step.used...])
      if step.isDone && rest.isEmpty { return }
    }
  }
}

private struct PackedStep {
  let used: Int
  let written: Int
  /// Whether all that was given is packed and, at the end, written.
  let isDone: Bool
}

private protocol Packer: AnyObject {
  /// Packs some bytes; nil where the library fails.
  func pack(_ bytes: UnsafeRawBufferPointer, into block: UnsafeMutableRawBufferPointer, ends: Bool) -> PackedStep?
}

private final class Deflater: Packer {
  /// On the heap: zlib remembers where its stream lies.
  private let stream: UnsafeMutablePointer<z_stream>

  init?(level: Int32) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    // Without a name and a time in its header, the same rows give the same bytes.
    let status = deflateInit2_(
      stream, level, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    if status != Z_OK { return nil }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func pack(_ bytes: UnsafeRawBufferPointer, into block: UnsafeMutableRawBufferPointer, ends: Bool) -> PackedStep? {
    let given = min(bytes.count, 1 << 30)
    stream.pointee.next_in = bytes.baseAddress.map {
      UnsafeMutableRawPointer(mutating: $0).assumingMemoryBound(to: UInt8.self)
    }
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = block.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(block.count)
    let status = deflate(stream, ends ? Z_FINISH : Z_NO_FLUSH)
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return nil }
    let isDone = ends ? status == Z_STREAM_END : stream.pointee.avail_out > 0
    return PackedStep(
      used: given - Int(stream.pointee.avail_in), written: block.count - Int(stream.pointee.avail_out), isDone: isDone)
  }
}

private final class ZstandardPacker: Packer {
  private let context: OpaquePointer

  init?(level: Int32) {
    guard let context = ZSTD_createCCtx() else { return nil }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  func pack(_ bytes: UnsafeRawBufferPointer, into block: UnsafeMutableRawBufferPointer, ends: Bool) -> PackedStep? {
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    var output = ZSTD_outBuffer(dst: block.baseAddress, size: block.count, pos: 0)
    let left = ZSTD_compressStream2(context, &output, &input, ends ? ZSTD_e_end : ZSTD_e_continue)
    if ZSTD_isError(left) != 0 { return nil }
    return PackedStep(used: input.pos, written: output.pos, isDone: ends ? left == 0 : input.pos == bytes.count)
  }
}
