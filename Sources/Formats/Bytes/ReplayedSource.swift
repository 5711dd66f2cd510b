/// Bytes that were looked at, and then what follows them.
struct ReplayedSource: ByteSource {
  let path: String
  private let seen: [UInt8]
  private var position = 0
  private var source: any ByteSource

  init(_ seen: [UInt8], then source: any ByteSource) {
    path = source.path
    self.seen = seen
    self.source = source
  }

  mutating func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    let taken = min(count, seen.count - position)
    guard taken > 0 else { return try source.read(into: target, count: count) }
    seen.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: target, count: taken)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + taken]))
    }
    position += taken
    return taken
  }

  /// Reads from `source` until `isEnough` says so of what was read, or the source ends, or `limit` bytes were read.
  ///
  /// - Parameter isEnough: is handed all that was read so far, and how much of it was there the time before.
  static func look(
    at source: any ByteSource, limit: Int, block: Int = 4 << 10,
    until isEnough: (UnsafeRawBufferPointer, _ before: Int) -> Bool
  ) throws(InputFailure) -> (seen: [UInt8], replayed: ReplayedSource) {
    var source = source
    var seen: [UInt8] = []
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: block, alignment: 16)
    defer { room.deallocate() }
    while seen.count < limit, let base = room.baseAddress {
      let got = try source.read(into: base, count: min(block, limit - seen.count))
      if got == 0 { break }
      let before = seen.count
      seen += UnsafeRawBufferPointer(rebasing: room[..<got])
      if seen.withUnsafeBytes({ isEnough($0, before) }) { break }
    }
    return (seen, ReplayedSource(seen, then: source))
  }
}
