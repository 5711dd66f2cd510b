/// An ISSN as 1234-5679, with a right check digit.
enum SerialNumber: NamedForm {
  static let name = "issn"
  static let summary = "an ISSN as 1234-5679, with a right check digit"
  static let source = "ISO 3297:2022"
  static let example = "0378-5955"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count == 9, text[4] == UInt8(ascii: "-") else { return false }
    var (sum, weight) = (0, 8)
    for place in 0..<8 where place != 4 {
      guard text[place].isDigit else { return false }
      sum &+= text[place].digit &* weight
      weight &-= 1
    }
    let last = text[8]
    guard last.isDigit || last == UInt8(ascii: "X") else { return false }
    return (sum &+ (last.isDigit ? last.digit : 10)) % 11 == 0
  }
}
