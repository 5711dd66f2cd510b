import Columns

/// Appends texts to a store, with the store's fields at hand so that a cell costs no call.
///
/// While one is in use nothing else may write to the store; what was written becomes part of it at `finish`.
struct TextWriter {
  private let store: ByteStore
  private(set) var base: UnsafeMutableRawPointer
  private(set) var count: Int
  private var capacity: Int

  init(_ store: ByteStore) {
    self.store = store
    base = store.base
    count = store.count
    capacity = store.capacity
  }

  /// Makes room for `additional` more bytes; false when the store would pass its limit. May move `base`.
  @inline(__always)
  mutating func reserve(_ additional: Int) -> Bool {
    additional <= capacity &- count || grow(additional)
  }

  @inline(never)
  private mutating func grow(_ additional: Int) -> Bool {
    finish()
    guard additional <= ByteStore.limit, store.reserve(additional) else { return false }
    base = store.base
    capacity = store.capacity
    return true
  }

  @inline(__always)
  func bytes(_ span: TextSpan) -> TextBytes { TextBytes(base + Int(span.offset), Int(span.length)) }

  /// Appends a copy of `part`, for which room was reserved.
  @inline(__always)
  mutating func append(_ part: TextBytes) {
    if part.count <= 32 {
      var offset = 0
      while offset < part.count {
        (base + (count &+ offset)).storeBytes(of: part.word(offset).littleEndian, as: UInt64.self)
        offset &+= 8
      }
    } else {
      (base + count).copyMemory(from: part.start, byteCount: part.count)
    }
    count &+= part.count
  }

  /// Appends `length` bytes from memory of which nothing past them may be read. Room for them was reserved.
  @inline(__always)
  mutating func appendExactly(_ bytes: UnsafeRawPointer, _ length: Int) {
    (base + count).copyMemory(from: bytes, byteCount: length)
    count &+= length
  }

  /// Stores eight bytes `offset` bytes after the end, of which some may be room that was not reserved.
  @inline(__always)
  mutating func poke(_ word: UInt64, at offset: Int) {
    (base + (count &+ offset)).storeBytes(of: word.littleEndian, as: UInt64.self)
  }

  /// Makes the next `written` bytes a text.
  @inline(__always)
  mutating func take(_ written: Int) -> TextSpan {
    let span = TextSpan(offset: UInt32(truncatingIfNeeded: count), length: UInt32(truncatingIfNeeded: written))
    count &+= written
    return span
  }

  /// The text of all that was appended since `count` was `start`.
  @inline(__always)
  func span(from start: Int) -> TextSpan {
    TextSpan(offset: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: count &- start))
  }

  /// Takes back what was appended since `count` was `start`.
  mutating func truncate(to start: Int) {
    if start < store.count { store.truncate(to: start) }
    count = start
  }

  mutating func finish() { store.advance(by: count - store.count) }
}
