/// The case mapping of the scalars that UTF-8 writes in two bytes: Latin, Greek, Cyrillic, Armenian and others.
///
/// With those that have no case this covers nearly all names; the rest goes through `String`, ten times slower.
struct CaseTable: Sendable {
  static let lower = CaseTable { $0.properties.lowercaseMapping }
  static let upper = CaseTable { $0.properties.uppercaseMapping }

  /// What U+0080 … U+07FF become, in order: 0 for what is not one scalar of two bytes.
  private let mapped: ContiguousArray<UInt16>

  private init(_ map: (Unicode.Scalar) -> String) {
    mapped = ContiguousArray(
      (UInt16(0x80)..<0x800).map { value in
        guard let scalar = Unicode.Scalar(value) else { return 0 }
        let text = map(scalar).unicodeScalars
        guard let first = text.first, text.count == 1, first.value >= 0x80, first.value < 0x800 else { return 0 }
        return UInt16(first.value)
      })
  }

  /// What one scalar becomes; nil where the table does not know.
  subscript(value: UInt32) -> UInt32? {
    guard value >= 0x80, value < 0x800, case let new = mapped[Int(value) &- 0x80], new != 0 else { return nil }
    return UInt32(new)
  }

  /// Maps `text` to `target`, where there is room for as many bytes.
  ///
  /// - Parameter letters: The ASCII letters to turn over.
  /// - Returns: Whether anything changed; nil where the table does not know, or the text is not UTF-8.
  func map(_ text: TextBytes, _ letters: LetterRange, to target: UnsafeMutableRawPointer) -> Bool? {
    var changed = false
    var offset = 0
    while offset < text.count {
      let word = text.clippedWord(offset)
      if word & 0x8080_8080_8080_8080 == 0 {
        let mask = letters.mask(word)
        changed = changed || mask != 0
        (target + offset).storeBytes(of: (word ^ mask &>> 2).littleEndian, as: UInt64.self)
        offset &+= 8
        continue
      }
      let plain = word & 0x8080_8080_8080_8080
      let end = offset &+ plain.trailingZeroBitCount &>> 3
      if end > offset {
        let mask = letters.mask(word)
        changed = changed || mask & (plain & (0 &- plain) &- 1) != 0
        (target + offset).storeBytes(of: (word ^ mask &>> 2).littleEndian, as: UInt64.self)
        offset = end
      }
      let (value, length) = text.scalar(at: offset)
      if length == 2 {
        let new = mapped[Int(value) &- 0x80]
        if new == 0 { return nil }
        changed = changed || new != value
        target.storeBytes(of: UInt8(truncatingIfNeeded: 0xC0 | new &>> 6), toByteOffset: offset, as: UInt8.self)
        target.storeBytes(of: UInt8(truncatingIfNeeded: 0x80 | new & 0x3F), toByteOffset: offset &+ 1, as: UInt8.self)
      } else {
        guard Self.hasNoCase(value) else { return nil }
        (target + offset).copyMemory(from: text.start + offset, byteCount: length)
      }
      offset &+= length
    }
    return changed
  }

  /// True for the large blocks without case: Chinese, Japanese and Korean letters, and pictures.
  @inline(__always)
  private static func hasNoCase(_ value: UInt32) -> Bool {
    value >= 0x3000 && value < 0xA000 || value >= 0xB000 && value < 0xD800 || value >= 0x1_F000 && value < 0x2_0000
  }
}
