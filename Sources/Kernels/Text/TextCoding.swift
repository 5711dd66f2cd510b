import Columns

/// Texts and bytes written in other alphabets.
extension Text {
  /// The bytes of each text in base64, padded with `=`.
  ///
  /// - Parameter x: *n* texts or binary values.
  /// - Source: RFC 4648, section 4.
  package static func base64(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    return written([x], in: store) { row, writer in
      let span = texts[row]
      guard writer.reserve((Int(span.length) &+ 2) / 3 &* 4) else { return .tooLong }
      let text = writer.bytes(span)
      let start = writer.count
      var offset = 0
      while offset < text.count {
        let left = text.count &- offset
        var group = UInt32(text[offset]) &<< 16
        if left > 1 { group |= UInt32(text[offset &+ 1]) &<< 8 }
        if left > 2 { group |= UInt32(text[offset &+ 2]) }
        for index in 0..<4 {
          let digit = UInt8(truncatingIfNeeded: group &>> UInt32(18 &- 6 &* index) & 63)
          writer.append(byte: index <= left ? base64Digit(digit) : UInt8(ascii: "="))
        }
        offset &+= 3
      }
      return Checked(writer.span(from: start))
    }
  }

  /// The bytes that a text in base64 stands for. Anything but whole groups of four digits, the last of which may end in
  /// `=`, fails with `.badArgument`.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* binary values.
  package static func fromBase64(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    return written([x], in: store, as: .binary) { row, writer in
      let span = texts[row]
      guard span.length & 3 == 0 else { return .fault(.badArgument) }
      guard writer.reserve(Int(span.length) / 4 &* 3) else { return .tooLong }
      let text = writer.bytes(span)
      let padding =
        text.count == 0 ? 0 : text.has2Padding ? 2 : text[text.count &- 1] == UInt8(ascii: "=") ? 1 : 0
      let start = writer.count
      var offset = 0
      while offset < text.count {
        let digits = offset &+ 4 == text.count ? 4 &- padding : 4
        var group: UInt32 = 0
        for index in 0..<digits {
          let value = base64Value(text[offset &+ index])
          if value > 63 {
            writer.truncate(to: start)
            return .fault(.badArgument)
          }
          group |= UInt32(value) &<< UInt32(18 &- 6 &* index)
        }
        for index in 0..<(digits &- 1) {
          writer.append(byte: UInt8(truncatingIfNeeded: group &>> UInt32(16 &- 8 &* index)))
        }
        offset &+= 4
      }
      return Checked(writer.span(from: start))
    }
  }

  /// 0 … 63; 255 for what is no digit.
  private static func base64Value(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte &- UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte &- UInt8(ascii: "a") &+ 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0") &+ 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: 255
    }
  }

  /// The bytes of each text as upper-case hexadecimal digits, two each.
  ///
  /// - Parameter x: *n* texts or binary values.
  package static func hex(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    return written([x], in: store) { row, writer in
      let span = texts[row]
      guard writer.reserve(Int(span.length) &* 2) else { return .tooLong }
      let text = writer.bytes(span)
      let start = writer.count
      for offset in 0..<text.count {
        writer.append(byte: upperHexDigit(text[offset] &>> 4))
        writer.append(byte: upperHexDigit(text[offset] & 0xF))
      }
      return Checked(writer.span(from: start))
    }
  }

  /// Each whole number in hexadecimal digits without leading zeros; a negative one as its 64 bits.
  ///
  /// - Parameter x: *n* integers.
  package static func hexNumber(_ x: Column, in store: ByteStore) -> Column {
    let numbers = x.integerOperand
    return written([x], in: store) { row, writer in
      guard writer.reserve(16) else { return .tooLong }
      let bits = UInt64(bitPattern: numbers[row])
      let start = writer.count
      var digits = max(1, (67 &- bits.leadingZeroBitCount) / 4)
      while digits > 0 {
        digits &-= 1
        writer.append(byte: upperHexDigit(UInt8(truncatingIfNeeded: bits &>> UInt64(digits &* 4) & 0xF)))
      }
      return Checked(writer.span(from: start))
    }
  }

  /// The bytes that hexadecimal digits stand for; of an odd number of digits the first stands alone. What is no digit
  /// fails with `.badArgument`.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* binary values.
  package static func unhex(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    return written([x], in: store, as: .binary) { row, writer in
      let span = texts[row]
      guard writer.reserve((Int(span.length) &+ 1) / 2) else { return .tooLong }
      let text = writer.bytes(span)
      let start = writer.count
      var (byte, isInvalid) = (UInt8(0), false)
      for offset in 0..<text.count {
        let digit = hexValue(text[offset])
        isInvalid = isInvalid || digit > 15
        byte = byte &<< 4 | digit & 15
        if (text.count &- offset) & 1 == 1 {
          writer.append(byte: byte)
          byte = 0
        }
      }
      guard isInvalid else { return Checked(writer.span(from: start)) }
      writer.truncate(to: start)
      return .fault(.badArgument)
    }
  }

  static func upperHexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "A") &+ value &- 10
  }

  /// 0 … 15; 255 for what is no digit.
  @inline(__always)
  static func hexValue(_ byte: UInt8) -> UInt8 {
    let digit = byte &- UInt8(ascii: "0")
    if digit < 10 { return digit }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter &+ 10 : 255
  }

  /// Each byte but letters, digits and `-_.~` as `%` and two hexadecimal digits.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* texts; those without such bytes are their arguments.
  /// - Source: RFC 3986, section 2.
  package static func urlEncode(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    return written([x], in: store) { row, writer in
      let span = texts[row]
      guard writer.reserve(Int(span.length) &* 3) else { return .tooLong }
      let text = writer.bytes(span)
      let start = writer.count
      for offset in 0..<text.count {
        let byte = text[offset]
        let isPlain =
          (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D || byte == 0x2E || byte == 0x5F
          || byte == 0x7E
        if isPlain {
          writer.append(byte: byte)
        } else {
          writer.append(byte: UInt8(ascii: "%"))
          writer.append(byte: upperHexDigit(byte &>> 4))
          writer.append(byte: upperHexDigit(byte & 0xF))
        }
      }
      return Checked(unlessEqual(span, writer.span(from: start), &writer))
    }
  }

  /// Each `%` with two hexadecimal digits as the byte they stand for; others stay. What is no UTF-8 then fails with
  /// `.badArgument`.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* texts; those without `%` are their arguments.
  package static func urlDecode(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    return written([x], in: store) { row, writer in
      let span = texts[row]
      if writer.bytes(span).find(UInt8(ascii: "%"), from: 0) < 0 { return Checked(span) }
      guard writer.reserve(Int(span.length)) else { return .tooLong }
      let text = writer.bytes(span)
      let start = writer.count
      var offset = 0
      while offset < text.count {
        let (byte, length) = text.percentDecoded(at: offset, isForm: false)
        writer.append(byte: byte)
        offset &+= length
      }
      let decoded = writer.span(from: start)
      guard writer.bytes(decoded).isUTF8 else {
        writer.truncate(to: start)
        return .fault(.badArgument)
      }
      return Checked(unlessEqual(span, decoded, &writer))
    }
  }
}

extension TextBytes {
  fileprivate var has2Padding: Bool {
    count > 1 && self[count &- 1] == UInt8(ascii: "=") && self[count &- 2] == UInt8(ascii: "=")
  }

  /// The byte that stands at `offset`, and how many bytes say so: three for `%` with two hexadecimal digits.
  ///
  /// - Parameter isForm: `+` is a space, as in the parameters of a form.
  @inline(__always)
  func percentDecoded(at offset: Int, isForm: Bool) -> (byte: UInt8, length: Int) {
    let byte = self[offset]
    if byte == UInt8(ascii: "%"), offset &+ 2 < count {
      let (high, low) = (Text.hexValue(self[offset &+ 1]), Text.hexValue(self[offset &+ 2]))
      if high < 16, low < 16 { return (high &<< 4 | low, 3) }
    }
    return (isForm && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte, 1)
  }
}
