/// An article number (EAN, UPC, GTIN) of 8, 12, 13 or 14 digits with a right check digit.
enum ArticleNumber: NamedForm {
  static let name = "ean"
  static let summary = "an article number (EAN, UPC, GTIN) of 8, 12, 13 or 14 digits with a right check digit"
  static let source = "GS1 General Specifications 24, §7.9"
  static let example = "4006381333931"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count == 8 || 12...14 ~= text.count else { return false }
    return isChecked(text)
  }

  /// Whether all bytes are digits and the last is the check digit: weights 3 and 1 in turn, from the right.
  @inline(__always)
  static func isChecked(_ text: TextBytes) -> Bool {
    var sum = 0
    for place in 0..<text.count {
      guard text[place].isDigit else { return false }
      sum &+= text[place].digit &* ((text.count &- place) & 1 == 1 ? 1 : 3)
    }
    return sum % 10 == 0
  }
}
