/// A payment card number of 12 to 19 digits with a right check digit; spaces or hyphens may group them.
enum CardNumber: NamedForm {
  static let name = "credit_card"
  static let summary =
    "a payment card number of 12 to 19 digits with a right check digit; spaces or hyphens may group them"
  static let source = "ISO/IEC 7812-1:2017"
  static let example = "4111 1111 1111 1111"

  static func holds(_ text: TextBytes) -> Bool {
    guard let digits = LuhnNumber.digits(of: text, grouped: true) else { return false }
    return 12...19 ~= digits && text[0] != UInt8(ascii: "0")
  }
}
