/// A DOI, such as 10.1000/182.
enum ObjectIdentifier: NamedForm {
  static let name = "doi"
  static let summary = "a DOI, such as 10.1000/182"
  static let source = "ISO 26324:2022; DOI Handbook §2.2"
  static let example = "10.1000/182"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count >= 9, text[0] == UInt8(ascii: "1"), text[1] == UInt8(ascii: "0"), text[2] == UInt8(ascii: ".")
    else {
      return false
    }
    var place = 3
    while place < text.count, text[place].isDigit { place &+= 1 }
    guard 4...9 ~= place &- 3 else { return false }
    while text.has(UInt8(ascii: "."), at: place), place &+ 1 < text.count, text[place &+ 1].isDigit {
      place &+= 2
      while place < text.count, text[place].isDigit { place &+= 1 }
    }
    guard text.has(UInt8(ascii: "/"), at: place), place &+ 1 < text.count else { return false }
    for next in place &+ 1..<text.count where text[next] <= 0x20 || text[next] == 0x7F { return false }
    return true
  }
}
