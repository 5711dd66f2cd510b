/// Bytes that a filter has read from its source and not yet used.
struct PackedBlock: ~Copyable {
  static let size = 64 << 10
  private let base: UnsafeMutableRawPointer
  private var head = 0
  private var tail = 0
  private(set) var isAtEnd = false

  init() { base = .allocate(byteCount: Self.size, alignment: 64) }

  deinit { base.deallocate() }

  var count: Int { tail - head }
  var start: UnsafeMutableRawPointer { base + head }

  mutating func drop(_ number: Int) { head += number }

  /// Reads until it holds `wanted` bytes, or all that are left; at most `size`.
  mutating func fill(from source: inout any ByteSource, atLeast wanted: Int = 1) throws(InputFailure) {
    if count < wanted, head > 0 {
      base.copyMemory(from: base + head, byteCount: count)
      (head, tail) = (0, count)
    }
    while count < wanted, !isAtEnd {
      let got = try source.read(into: base + tail, count: Self.size - tail)
      tail += got
      isAtEnd = got == 0
    }
  }
}
