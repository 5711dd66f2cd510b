/// The bytes of one batch: first its source records as they stood in the file, then whatever its kernels wrote.
///
/// Every text of the batch, from whichever column, literal or function, is a ``TextSpan`` into this one store, so that
/// choosing, trimming and splitting texts moves no byte. Growing may move the bytes: spans stay right, pointers do not.
///
/// `slack` bytes past `count` may always be read and written, so that kernels can work in words of up to 64 bytes.
///
/// `@unchecked Sendable`: a store belongs to one batch, and a batch is worked on by one thread at a time; it is handed
/// from thread to thread only through a turnstile, whose mutex orders the accesses.
package final class ByteStore: @unchecked Sendable {
  package static let slack = 64
  /// No store grows past this; a kernel whose text would not fit fails on its row.
  package static let limit = 1 << 31

  package private(set) var base: UnsafeMutableRawPointer
  package private(set) var count = 0
  package private(set) var capacity: Int

  package init(capacity: Int) {
    self.capacity = max(capacity, 64)
    base = .allocate(byteCount: self.capacity + Self.slack, alignment: 64)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: self.capacity + Self.slack)
  }

  deinit { base.deallocate() }

  /// Forgets all bytes; keeps the memory.
  package func reset() { count = 0 }

  /// Makes room for `additional` more bytes; false when that would pass the limit.
  @discardableResult
  package func reserve(_ additional: Int) -> Bool {
    let needed = count + additional
    if needed <= capacity { return true }
    guard needed <= Self.limit else { return false }
    let grown = min(Self.limit, max(needed, capacity * 2))
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: grown + Self.slack, alignment: 64)
    bytes.copyMemory(from: base, byteCount: count)
    (bytes + count).initializeMemory(as: UInt8.self, repeating: 0, count: grown + Self.slack - count)
    base.deallocate()
    base = bytes
    capacity = grown
    return true
  }

  /// Declares that the `written` bytes after `count` are now part of the store. They must have been reserved.
  package func advance(by written: Int) {
    precondition(written >= 0 && count + written <= capacity)
    count += written
  }

  /// Takes the last bytes back, so that they can be written again.
  package func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  /// Appends a copy of `bytes`; nil when the store would pass its limit.
  package func append(_ bytes: UnsafeRawBufferPointer) -> TextSpan? {
    guard reserve(bytes.count) else { return nil }
    let start = count
    if let source = bytes.baseAddress { (base + start).copyMemory(from: source, byteCount: bytes.count) }
    count += bytes.count
    return TextSpan(offset: UInt32(start), length: UInt32(bytes.count))
  }

  package func append(_ text: String) -> TextSpan? {
    var text = text
    return text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// The bytes of a span; valid until the store next grows.
  package func bytes(_ span: TextSpan) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + Int(span.offset), count: Int(span.length))
  }

  package func string(_ span: TextSpan) -> String { String(decoding: bytes(span), as: UTF8.self) }
}

/// A text: `length` bytes from `offset` of the batch's ``ByteStore``.
package struct TextSpan: Hashable, Sendable, BitwiseCopyable {
  package var offset: UInt32
  package var length: UInt32

  @inlinable
  package init(offset: UInt32, length: UInt32) {
    self.offset = offset
    self.length = length
  }

  @inlinable
  package static var empty: TextSpan { TextSpan(offset: 0, length: 0) }
}
