import CZstd

/// The contents of Zstandard frames, one after the other, skippable ones left out (RFC 8878).
///
/// A frame that wants a window past 128 MiB, the library's limit, is refused.
///
/// `@unchecked Sendable`: one thread at a time reads a source, in the reader's turn, whose mutex orders the accesses.
final class ZstandardSource: ByteSource, @unchecked Sendable {
  let path: String
  private var source: any ByteSource
  private var block = PackedBlock()
  private let context: OpaquePointer
  private var isBetweenFrames = false

  init(_ source: any ByteSource) throws(InputFailure) {
    guard let context = ZSTD_createDCtx() else { throw .packed(path: source.path, .zstandard, .noMemory) }
    path = source.path
    self.source = source
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    while true {
      try block.fill(from: &source)
      if block.count == 0, isBetweenFrames { return 0 }
      var input = ZSTD_inBuffer(src: block.start, size: block.count, pos: 0)
      var output = ZSTD_outBuffer(dst: target, size: count, pos: 0)
      let hint = ZSTD_decompressStream(context, &output, &input)
      if ZSTD_isError(hint) != 0 { throw fault(.corrupt(String(cString: ZSTD_getErrorName(hint)))) }
      block.drop(input.pos)
      // Nothing read and nothing written says nothing of frames: the library then asks for the next one's header.
      if input.pos > 0 || output.pos > 0 { isBetweenFrames = hint == 0 }
      if output.pos > 0 { return output.pos }
      if input.pos == 0, block.isAtEnd, !isBetweenFrames { throw fault(.truncated) }
    }
  }

  private func fault(_ fault: Compression.Fault) -> InputFailure { .packed(path: path, .zstandard, fault) }
}
