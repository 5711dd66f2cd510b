extension Text {
  /// Appends bytes in base64, padded with `=` to a multiple of four.
  ///
  /// - Source: RFC 4648, section 4.
  package static func appendBase64(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    output.reserveCapacity(output.count + (bytes.count + 2) / 3 * 4)
    var offset = 0
    while offset < bytes.count {
      let taken = min(3, bytes.count - offset)
      var group = UInt32(bytes[offset]) << 16
      if taken > 1 { group |= UInt32(bytes[offset + 1]) << 8 }
      if taken > 2 { group |= UInt32(bytes[offset + 2]) }
      for index in 0..<4 {
        output.append(index <= taken ? base64Digit(UInt8(group >> UInt32(18 - 6 * index) & 63)) : UInt8(ascii: "="))
      }
      offset += 3
    }
  }

  static func base64Digit(_ value: UInt8) -> UInt8 {
    switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + value - 26
    case 52..<62: UInt8(ascii: "0") + value - 52
    case 62: UInt8(ascii: "+")
    default: UInt8(ascii: "/")
    }
  }
}
