/// An ISBN of 10 or 13 digits with a right check digit; hyphens or spaces may group it.
enum BookNumber: NamedForm {
  static let name = "isbn"
  static let summary = "an ISBN of 10 or 13 digits with a right check digit; hyphens or spaces may group it"
  static let source = "ISO 2108:2017; ISO 2108:1992 for ten digits"
  static let example = "978-3-16-148410-0"

  static func holds(_ text: TextBytes) -> Bool {
    guard 10...17 ~= text.count else { return false }
    var (count, short, long, prefix) = (0, 0, 0, 0)
    for place in 0..<text.count {
      if text.isSeparator(place) { continue }
      let isTen = text[place] == UInt8(ascii: "X") && count == 9 && place &+ 1 == text.count
      guard text[place].isDigit || isTen else { return false }
      let digit = isTen ? 10 : text[place].digit
      if count < 3 { prefix = prefix &* 10 &+ digit }
      short &+= digit &* (10 &- count)
      long &+= digit &* (count & 1 == 0 ? 1 : 3)
      count &+= 1
    }
    if count == 10 { return short % 11 == 0 }
    return count == 13 && long % 10 == 0 && (prefix == 978 || prefix == 979)
  }
}
