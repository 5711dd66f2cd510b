/// Bytes that were read from a source and not yet used, oldest first.
struct ReadAhead: ~Copyable {
  private var base: UnsafeMutableRawPointer
  private var capacity = 0
  private var head = 0
  private var tail = 0

  init() { base = .allocate(byteCount: 1, alignment: 1) }

  deinit { base.deallocate() }

  var count: Int { tail - head }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base + head, count: count) }

  /// Moves the oldest bytes, at most `limit`, to `target`.
  mutating func take(_ limit: Int, to target: UnsafeMutableRawPointer) -> Int {
    let taken = min(limit, count)
    target.copyMemory(from: base + head, byteCount: taken)
    drop(taken)
    return taken
  }

  mutating func drop(_ number: Int) { head += number }

  /// Gives back the bytes that were taken last, or, when none are left here, any bytes that followed them.
  mutating func putBack(_ returned: UnsafeRawBufferPointer) {
    guard let source = returned.baseAddress, !returned.isEmpty else { return }
    if count > 0 {
      precondition(head >= returned.count)
      head -= returned.count
      return
    }
    if capacity < returned.count || capacity > 4 << 20 {
      base.deallocate()
      capacity = max(returned.count, 64 << 10)
      base = .allocate(byteCount: capacity, alignment: 64)
    }
    base.copyMemory(from: source, byteCount: returned.count)
    head = 0
    tail = returned.count
  }
}
