/// A phone number as + and up to 15 digits.
enum PhoneE164: NamedForm {
  static let name = "e164"
  static let summary = "a phone number as + and up to 15 digits"
  static let source = "ITU-T E.164 (11/2010)"
  static let example = "+4930901820"

  static func holds(_ text: TextBytes) -> Bool {
    guard 3...16 ~= text.count, text[0] == UInt8(ascii: "+"), text[1] != UInt8(ascii: "0") else { return false }
    return text.hasDigits(1, text.count &- 1)
  }
}
