/// A social security number of the USA, as 123-45-6789 or without hyphens.
enum SocialSecurityNumber: NamedForm {
  static let name = "ssn"
  static let summary = "a social security number of the USA, as 123-45-6789 or without hyphens"
  static let source = "SSA, numbers that are not assigned (RM 10201.035)"
  static let example = "219-45-6789"

  static func holds(_ text: TextBytes) -> Bool {
    let gap = text.count == 11 ? 1 : 0
    guard text.count == 9 || gap == 1 else { return false }
    guard text.hasDigits(0, 3), text.hasDigits(3 &+ gap, 2), text.hasDigits(5 &+ 2 &* gap, 4) else { return false }
    if gap == 1, text[3] != UInt8(ascii: "-") || text[6] != UInt8(ascii: "-") { return false }
    let area = text.number(0, 3)
    return area > 0 && area != 666 && area < 900 && text.number(3 &+ gap, 2) > 0 && text.number(5 &+ 2 &* gap, 4) > 0
  }
}
