/// The bytes of one text, with at least 8 readable bytes after the last (see `ByteStore.slack`).
///
/// Valid until the memory it points into moves or goes.
struct TextBytes {
  let start: UnsafeRawPointer
  let count: Int

  @inline(__always)
  init(_ start: UnsafeRawPointer, _ count: Int) {
    self.start = start
    self.count = count
  }

  @inline(__always)
  subscript(offset: Int) -> UInt8 { start.load(fromByteOffset: offset, as: UInt8.self) }

  /// Eight bytes from `offset`, the first in the lowest bits.
  @inline(__always)
  func word(_ offset: Int) -> UInt64 {
    UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Eight bytes from `offset`, which is below `count`; zero where they lie past the end.
  @inline(__always)
  func clippedWord(_ offset: Int) -> UInt64 {
    let left = count &- offset
    return left >= 8 ? word(offset) : word(offset) & (1 &<< UInt64(truncatingIfNeeded: left &* 8) &- 1)
  }

  @inline(__always)
  func suffix(from offset: Int) -> TextBytes { TextBytes(start + offset, count &- offset) }

  /// The bits that mark the continuation bytes (`10xxxxxx`) of a word, the lowest of each byte.
  @inline(__always)
  private static func continuations(_ word: UInt64) -> UInt64 { word &>> 7 & ~(word &>> 6) & 0x0101_0101_0101_0101 }

  /// A scalar begins at every byte that is no continuation byte.
  @inline(__always)
  func beginsScalar(_ offset: Int) -> Bool { self[offset] & 0xC0 != 0x80 }

  /// The number of scalars.
  @inline(__always)
  var scalars: Int {
    var total = count
    var offset = 0
    while offset < count {
      total &-= Self.continuations(clippedWord(offset)).nonzeroBitCount
      offset &+= 8
    }
    return total
  }

  /// The offset after `skipped` scalars from `origin`, where one begins; `count` when there are fewer.
  @inline(__always)
  func offset(skipping skipped: Int, from origin: Int = 0) -> Int {
    var left = skipped
    var offset = origin
    while offset &+ 8 <= count {
      let begun = 8 &- Self.continuations(word(offset)).nonzeroBitCount
      if begun > left { break }
      left &-= begun
      offset &+= 8
    }
    while offset < count {
      if beginsScalar(offset) {
        if left == 0 { return offset }
        left &-= 1
      }
      offset &+= 1
    }
    return count
  }

  /// Where the scalar that ends before `end`, which is above 0, begins.
  @inline(__always)
  func scalarStart(before end: Int) -> Int {
    var offset = end &- 1
    while offset > 0, !beginsScalar(offset) { offset &-= 1 }
    return offset
  }

  /// True where `part` stands at `offset`.
  @inline(__always)
  func has(_ part: TextBytes, at offset: Int) -> Bool {
    guard offset >= 0, part.count <= count &- offset else { return false }
    var index = 0
    while index &+ 8 <= part.count {
      if word(offset &+ index) != part.word(index) { return false }
      index &+= 8
    }
    if index == part.count { return true }
    let past = UInt64(truncatingIfNeeded: (8 &- part.count &+ index) &* 8)
    return (word(offset &+ index) ^ part.word(index)) &<< past == 0
  }

  /// Where `part`, which is not empty, first stands at or after `origin`; -1 where it does not.
  @inline(__always)
  func find(_ part: TextBytes, from origin: Int) -> Int {
    if part.count == 1 { return find(part[0], from: origin) }
    return findLong(part, from: origin)
  }

  private func findLong(_ part: TextBytes, from origin: Int) -> Int {
    let last = count &- part.count
    let first = part[0]
    // Candidates are compared as long as that costs no more than a second look at each byte.
    var patience = 256 &+ count &- origin
    var offset = origin
    while offset <= last {
      offset = find(first, from: offset)
      if offset < 0 || offset > last { return -1 }
      if has(part, at: offset) { return offset }
      offset &+= 1
      patience &-= 1 &+ part.count &>> 3
      if patience < 0 { return findRolling(part, from: offset) }
    }
    return -1
  }

  /// As `find`, by hashes of all windows, so that repetitive text takes linear time, too.
  ///
  /// - Source: Karp and Rabin, Efficient randomized pattern-matching algorithms, 1987.
  private func findRolling(_ part: TextBytes, from origin: Int) -> Int {
    guard part.count <= count &- origin else { return -1 }
    let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
    var (wanted, window, highest): (UInt64, UInt64, UInt64) = (0, 0, 1)
    for index in 0..<part.count {
      wanted = wanted &* factor &+ UInt64(part[index])
      window = window &* factor &+ UInt64(self[origin &+ index])
      if index > 0 { highest = highest &* factor }
    }
    var offset = origin
    while true {
      if window == wanted, has(part, at: offset) { return offset }
      guard offset &+ part.count < count else { return -1 }
      window = (window &- UInt64(self[offset]) &* highest) &* factor &+ UInt64(self[offset &+ part.count])
      offset &+= 1
    }
  }

  /// Where `byte` first stands at or after `origin`; -1 where it does not.
  @inline(__always)
  func find(_ byte: UInt8, from origin: Int) -> Int {
    let wanted = UInt64(byte) &* 0x0101_0101_0101_0101
    var offset = origin
    while offset < count {
      let difference = word(offset) ^ wanted
      let zeros = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
      if zeros != 0 {
        let hit = offset &+ zeros.trailingZeroBitCount &>> 3
        return hit < count ? hit : -1
      }
      offset &+= 8
    }
    return -1
  }

  /// The scalar that begins at `offset` and its length. A byte that begins no well-formed scalar counts alone, as a value
  /// above any scalar.
  @inline(__always)
  func scalar(at offset: Int) -> (value: UInt32, length: Int) {
    let lead = UInt32(self[offset])
    return lead < 0x80 ? (lead, 1) : wideScalar(at: offset)
  }

  private func wideScalar(at offset: Int) -> (value: UInt32, length: Int) {
    let lead = UInt32(self[offset])
    let malformed: (value: UInt32, length: Int) = (0x11_0000 + lead, 1)
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard lead >= 0xC2, lead <= 0xF4, length <= count - offset else { return malformed }
    var value = lead & (0x7F >> UInt32(length))
    for index in 1..<length {
      let next = UInt32(self[offset + index])
      guard next & 0xC0 == 0x80 else { return malformed }
      value = value << 6 | next & 0x3F
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= least, value <= 0x10_FFFF, value >> 11 != 0x1B else { return malformed }
    return (value, length)
  }

  /// True when the bytes are well-formed UTF-8.
  var isUTF8: Bool {
    var offset = 0
    while offset < count {
      if clippedWord(offset) & 0x8080_8080_8080_8080 == 0 {
        offset &+= 8
        continue
      }
      let end = min(offset &+ 8, count)
      while offset < end {
        let (value, length) = scalar(at: offset)
        if value >= 0x11_0000 { return false }
        offset &+= length
      }
    }
    return true
  }
}
