import Documents

/// How characters are written as bytes.
package enum TextEncoding: String, CaseIterable, Hashable, Sendable, OptionValue {
  case utf8 = "utf-8"
  /// Its byte order mark says which.
  case utf16 = "utf-16"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"
}

extension TextEncoding {
  /// The UTF-8 bytes of each byte of an encoding that has one byte a character, the first of them in the lowest bits, and
  /// in the highest byte their number. Nil for the other encodings.
  ///
  /// - Source: <https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT>. The five bytes without a
  ///   character there become themselves, alone, which is no UTF-8.
  var singleBytes: [UInt32]? {
    switch self {
    case .latin1: (0...255).map { Self.packed($0) }
    case .windows1252:
      (0...255).map { (byte: UInt32) in
        guard (0x80..<0xA0).contains(byte) else { return Self.packed(byte) }
        let scalar = UInt32(Self.windowsControls[Int(byte) - 0x80])
        return scalar == 0 ? 1 << 24 | byte : Self.packed(scalar)
      }
    case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian: nil
    }
  }

  private static func packed(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return 1 << 24 | scalar }
    if scalar < 0x800 { return 2 << 24 | (0x80 | scalar & 0x3F) << 8 | (0xC0 | scalar >> 6) }
    return 3 << 24 | (0x80 | scalar & 0x3F) << 16 | (0x80 | scalar >> 6 & 0x3F) << 8 | (0xE0 | scalar >> 12)
  }

  private static let windowsControls: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]
}
