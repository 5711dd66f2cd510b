/// Bytes on their way out: grows as needed, and may be written up to 64 bytes past `count`.
package struct OutputBuffer: ~Copyable {
  package private(set) var base: UnsafeMutableRawPointer
  package private(set) var count = 0
  private var capacity: Int
  private static let slack = 64

  package init(capacity: Int = 64 << 10) {
    self.capacity = max(capacity, 64)
    base = .allocate(byteCount: self.capacity + Self.slack, alignment: 64)
  }

  deinit { base.deallocate() }

  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// Forgets the bytes; keeps the memory.
  package mutating func removeAll() { count = 0 }

  /// Makes room for `additional` more bytes after `count`.
  package mutating func reserve(_ additional: Int) {
    let needed = count + additional
    if needed <= capacity { return }
    let grown = max(needed, capacity * 2)
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: grown + Self.slack, alignment: 64)
    bytes.copyMemory(from: base, byteCount: count)
    base.deallocate()
    base = bytes
    capacity = grown
  }

  /// Declares that the `written` bytes after `count` belong to the output. They must have been reserved.
  package mutating func advance(by written: Int) {
    precondition(written >= 0 && count + written <= capacity)
    count += written
  }

  package mutating func append(_ source: UnsafeRawBufferPointer) {
    reserve(source.count)
    if let start = source.baseAddress { (base + count).copyMemory(from: start, byteCount: source.count) }
    count += source.count
  }

  package mutating func append(_ byte: UInt8) {
    reserve(1)
    (base + count).storeBytes(of: byte, as: UInt8.self)
    count += 1
  }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }
}
