/// An ORCID with a right check digit, bare or as https://orcid.org/….
enum ResearcherIdentifier: NamedForm {
  static let name = "orcid"
  static let summary = "an ORCID with a right check digit, bare or as https://orcid.org/…"
  static let source = "ISO 27729:2012; ISO/IEC 7064:2003 MOD 11-2"
  static let example = "0000-0002-1825-0097"

  static func holds(_ text: TextBytes) -> Bool {
    let prefix = address.utf8CodeUnitCount
    if text.count == 19 { return isIdentifier(text) }
    guard text.count == 19 &+ prefix else { return false }
    for place in 0..<prefix where text[place] != address.utf8Start[place] { return false }
    return isIdentifier(text.suffix(from: prefix))
  }

  private static let address: StaticString = "https://orcid.org/"

  private static func isIdentifier(_ text: TextBytes) -> Bool {
    var total = 0
    for place in 0..<18 {
      if place % 5 == 4 {
        guard text[place] == UInt8(ascii: "-") else { return false }
      } else {
        guard text[place].isDigit else { return false }
        total = (total &+ text[place].digit) &* 2 % 11
      }
    }
    let check = (12 &- total) % 11
    return text[18] == (check == 10 ? UInt8(ascii: "X") : UInt8(truncatingIfNeeded: 48 &+ check))
  }
}
