import Columns

/// Codes for how names sound in English.
extension Text {
  /// The Soundex code: the first letter, and three digits for the consonants after it. Accents are left out, and so is
  /// whatever is no letter of A to Z; without any letter the code is empty.
  ///
  /// - Parameter x: *n* texts.
  /// - Source: The Soundex Indexing System, US National Archives, in which H and W do not part equal codes.
  package static func soundex(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    return written([x], in: store) { row, writer in
      guard writer.reserve(8) else { return .tooLong }
      let text = writer.bytes(texts[row])
      let start = writer.count
      var (offset, written, last) = (0, 0, UInt8(0))
      while offset < text.count, written < 4 {
        let (value, length) = text.scalar(at: offset)
        offset &+= length
        let letter = ScalarSequence.base(of: value) & ~0x20
        guard letter &- 0x41 < 26 else { continue }
        let code = soundexCodes[Int(letter &- 0x41)]
        if written == 0 {
          writer.append(byte: UInt8(truncatingIfNeeded: letter))
          written = 1
          last = code
        } else if code == silent {
          continue
        } else {
          if code != vowel, code != last {
            writer.append(byte: code)
            written &+= 1
          }
          last = code
        }
      }
      if written == 0 { return Checked(.empty) }
      while written < 4 {
        writer.append(byte: UInt8(ascii: "0"))
        written &+= 1
      }
      return Checked(writer.span(from: start))
    }
  }

  private static let vowel = UInt8(ascii: "0")
  private static let silent = UInt8(ascii: "-")
  /// For A to Z: the digit of a consonant, `0` for what parts equal codes, `-` for what does not.
  private static let soundexCodes = ContiguousArray("0123012-02245501262301-202".utf8)
}
