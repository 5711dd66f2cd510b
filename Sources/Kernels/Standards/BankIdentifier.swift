/// A BIC (SWIFT code) of 8 or 11 characters.
enum BankIdentifier: NamedForm {
  static let name = "bic"
  static let summary = "a BIC (SWIFT code) of 8 or 11 characters"
  static let source = "ISO 9362:2022; countries of ISO 3166-1, and XK"
  static let example = "DEUTDEFF500"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count == 8 || text.count == 11 else { return false }
    for place in 0..<text.count where !(text[place].isUpper || text[place].isDigit) { return false }
    let isKosovo = text[4] == UInt8(ascii: "X") && text[5] == UInt8(ascii: "K")
    return isKosovo || CodeTable.countries.contains(TextBytes(text.start + 4, 2))
  }
}
