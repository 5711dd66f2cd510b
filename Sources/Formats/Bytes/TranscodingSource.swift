/// Text of another encoding as UTF-8.
///
/// What has no character is not replaced but becomes bytes that are no UTF-8, so that its record is refused as
/// `invalid_utf8`: a surrogate without its other half is written as UTF-8 would write it if it could (`ED A0 80` …
/// `ED BF BF`), half a unit at the end as `FF`, an undefined byte as itself. Offsets, lengths and the raw bytes of records
/// are those of the UTF-8 text, a byte order mark counted as three bytes.
///
/// `@unchecked Sendable`: one thread at a time reads a source, in the reader's turn, whose mutex orders the accesses.
final class TranscodingSource: ByteSource, @unchecked Sendable {
  let path: String
  private var source: any ByteSource
  private var encoding: TextEncoding
  private var block = PackedBlock()
  private let singleBytes: [UInt32]
  /// The first half of a surrogate pair, when the last unit was one.
  private var high: UInt32 = 0
  private var hasBegun = false
  private var text = OutputBuffer(capacity: 3 * PackedBlock.size)
  private var taken = 0

  /// - Parameter encoding: any but UTF-8.
  init(_ source: any ByteSource, _ encoding: TextEncoding) {
    path = source.path
    self.source = source
    self.encoding = encoding
    singleBytes = encoding.singleBytes ?? []
  }

  func read(into target: UnsafeMutableRawPointer, count: Int) throws(InputFailure) -> Int {
    if !hasBegun { try begin() }
    while taken == text.count {
      text.removeAll()
      taken = 0
      try block.fill(from: &source, atLeast: singleBytes.isEmpty ? 2 : 1)
      if block.count == 0, high == 0 { return 0 }
      text.reserve(3 * block.count + 3)
      if singleBytes.isEmpty { takeUnits() } else { takeBytes() }
    }
    let given = min(count, text.count - taken)
    target.copyMemory(from: text.base + taken, byteCount: given)
    taken += given
    return given
  }

  /// Looks for a byte order mark, which stays a part of the text.
  private func begin() throws(InputFailure) {
    hasBegun = true
    guard singleBytes.isEmpty else { return }
    try block.fill(from: &source, atLeast: 2)
    let start = UnsafeRawBufferPointer(start: block.start, count: min(block.count, 2))
    let found: TextEncoding? =
      start.elementsEqual([0xFF, 0xFE])
      ? .utf16LittleEndian : start.elementsEqual([0xFE, 0xFF]) ? .utf16BigEndian : nil
    if encoding == .utf16 {
      guard let found = found ?? (block.count == 0 ? .utf16LittleEndian : nil) else {
        throw .noByteOrderMark(path: path)
      }
      encoding = found
    } else if let found, found != encoding {
      throw .otherByteOrder(path: path, said: encoding, found: found)
    }
  }

  private func takeBytes() {
    let bytes = UnsafeRawBufferPointer(start: block.start, count: block.count)
    let target = text.base
    var written = 0
    singleBytes.withUnsafeBufferPointer { table in
      for byte in bytes {
        let entry = table[Int(byte)]
        target.storeBytes(of: entry.littleEndian, toByteOffset: written, as: UInt32.self)
        written &+= Int(entry >> 24)
      }
    }
    text.advance(by: written)
    block.drop(bytes.count)
  }

  private func takeUnits() {
    let units = block.count / 2
    let isBig = encoding == .utf16BigEndian
    let start = block.start
    var target = Units(text.base)
    var high = high
    for index in 0..<units {
      let stored = start.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
      let unit = UInt32(isBig ? UInt16(bigEndian: stored) : UInt16(littleEndian: stored))
      if high != 0 {
        if unit & 0xFC00 == 0xDC00 {
          target.append(supplementary: 0x10000 + (high & 0x3FF) << 10 + unit & 0x3FF)
          high = 0
          continue
        }
        target.append(unit: high)
        high = 0
      }
      if unit & 0xFC00 == 0xD800 { high = unit } else { target.append(unit: unit) }
    }
    block.drop(2 * units)
    if block.isAtEnd, block.count < 2 {
      if high != 0 { target.append(unit: high) }
      high = 0
      if block.count == 1 { target.append(byte: 0xFF) }
      block.drop(block.count)
    }
    self.high = high
    text.advance(by: target.count)
  }
}

/// UTF-8 on its way to memory that has room for it.
private struct Units {
  private let base: UnsafeMutableRawPointer
  private(set) var count = 0

  init(_ base: UnsafeMutableRawPointer) { self.base = base }

  mutating func append(byte: UInt32) {
    base.storeBytes(of: UInt8(truncatingIfNeeded: byte), toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  mutating func append(unit: UInt32) {
    if unit < 0x80 { return append(byte: unit) }
    if unit < 0x800 {
      append(byte: 0xC0 | unit >> 6)
    } else {
      append(byte: 0xE0 | unit >> 12)
      append(byte: 0x80 | unit >> 6 & 0x3F)
    }
    append(byte: 0x80 | unit & 0x3F)
  }

  mutating func append(supplementary scalar: UInt32) {
    append(byte: 0xF0 | scalar >> 18)
    append(byte: 0x80 | scalar >> 12 & 0x3F)
    append(byte: 0x80 | scalar >> 6 & 0x3F)
    append(byte: 0x80 | scalar & 0x3F)
  }
}
