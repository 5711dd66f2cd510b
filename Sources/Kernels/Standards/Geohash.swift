/// A geohash of 1 to 12 characters.
enum Geohash: NamedForm {
  static let name = "geohash"
  static let summary = "a geohash of 1 to 12 characters"
  static let source = "G. Niemeyer, geohash.org, 2008: base 32 without a, i, l, o"
  static let example = "u33dc0"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count <= 12 else { return false }
    for place in 0..<text.count {
      let byte = text[place]
      guard byte.isDigit || byte.isLower, byte != 97 && byte != 105 && byte != 108 && byte != 111 else { return false }
    }
    return true
  }
}
