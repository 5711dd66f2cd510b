/// An IBAN with the length of its country and right check digits; spaces may group it.
enum AccountNumber: NamedForm {
  static let name = "iban"
  static let summary = "an IBAN with the length of its country and right check digits; spaces may group it"
  static let source = "ISO 13616-1:2020; SWIFT IBAN Registry, release 101"
  static let example = "DE89 3704 0044 0532 0130 00"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count >= 15, text[0].isUpper, text[1].isUpper, text.hasDigits(2, 2) else { return false }
    var count = 0
    // The country and the check digits go to the end.
    var remainder = 0
    for place in 0..<text.count {
      if text.isSeparator(place), text[place] == UInt8(ascii: " ") { continue }
      count &+= 1
      if count > 4 { guard add(text[place], to: &remainder) else { return false } }
    }
    for place in 0..<4 { guard add(text[place], to: &remainder) else { return false } }
    return remainder == 1 && count == lengths[Int(text[0] &- 65) &* 26 &+ Int(text[1] &- 65)]
  }

  /// Puts a digit, or a letter as two of them, behind a number of which the remainder by 97 is kept.
  @inline(__always)
  private static func add(_ byte: UInt8, to remainder: inout Int) -> Bool {
    if byte.isDigit {
      remainder = (remainder &* 10 &+ byte.digit) % 97
    } else if byte.isUpper {
      remainder = (remainder &* 100 &+ Int(byte &- 55)) % 97
    } else {
      return false
    }
    return true
  }

  /// By country; 0 where there is none.
  private static let lengths: ContiguousArray<Int> = {
    var lengths = ContiguousArray(repeating: 0, count: 26 * 26)
    for entry in registry.split(separator: " ") {
      let bytes = Array(entry.utf8)
      guard bytes.count == 4 else { continue }
      lengths[Int(bytes[0] - 65) * 26 + Int(bytes[1] - 65)] = bytes[2].digit * 10 + bytes[3].digit
    }
    return lengths
  }()

  private static let registry = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 \
    FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 \
    LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 \
    RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
    """
}
