/// A time of day as HH:MM or HH:MM:SS, with a fraction or without.
enum ClockTime: NamedForm {
  static let name = "time"
  static let summary = "a time of day as HH:MM or HH:MM:SS, with a fraction or without"
  static let source = "ISO 8601-1:2019, extended form"
  static let example = "23:59:59.25"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count >= 5, text.hasDigits(0, 2), text.hasDigits(3, 2), text[2] == UInt8(ascii: ":") else {
      return false
    }
    guard text.number(0, 2) < 24, text.number(3, 2) < 60 else { return false }
    if text.count == 5 { return true }
    guard text.hasDigits(6, 2), text[5] == UInt8(ascii: ":"), text.number(6, 2) < 60 else { return false }
    return text.count == 8
      || text.has(UInt8(ascii: "."), at: 8) && text.count > 9 && text.hasDigits(9, text.count &- 9)
  }
}
