extension Text {
  /// Appends bytes as the inside of a JSON string; the quotes around it are the caller's.
  ///
  /// `"`, `\` and control characters are escaped, all else stands as it is.
  ///
  /// - Parameter bytes: UTF-8, which is not looked at again here.
  /// - Complexity: O(bytes), eight at a time where nothing is to be escaped.
  /// - Source: RFC 8259, section 7.
  package static func appendJSON(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    var done = 0
    var offset = 0
    while offset < bytes.count {
      if offset &+ 8 <= bytes.count, isPlainJSON(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) {
        offset &+= 8
        continue
      }
      let end = min(offset &+ 8, bytes.count)
      while offset < end {
        let byte = bytes[offset]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
          output.append(contentsOf: bytes[done..<offset])
          appendJSONEscape(byte, to: &output)
          done = offset &+ 1
        }
        offset &+= 1
      }
    }
    output.append(contentsOf: bytes[done..<bytes.count])
  }

  /// True when none of eight bytes needs an escape.
  @inline(__always)
  private static func isPlainJSON(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let backslashes = word ^ (ones &* 0x5C)
    // Bit 7 of a byte is set where it is below the number taken away; a carry can only add a false alarm.
    let found =
      (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
    return found & (ones &* 0x80) == 0
  }

  private static func appendJSONEscape(_ byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    case 0x00..<0x20:
      output.append(contentsOf: "u00".utf8)
      output.append(Hashing.hexDigit(byte >> 4))
      output.append(Hashing.hexDigit(byte & 0xF))
    default: output.append(byte)
    }
  }
}
