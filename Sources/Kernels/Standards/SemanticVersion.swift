/// A version number such as 1.4.0-rc.1+build5.
enum SemanticVersion: NamedForm {
  static let name = "semver"
  static let summary = "a version number such as 1.4.0-rc.1+build5"
  static let source = "Semantic Versioning 2.0.0"
  static let example = "1.4.0-rc.1+build5"

  static func holds(_ text: TextBytes) -> Bool {
    var place = 0
    for part in 0..<3 {
      let start = place
      while place < text.count, text[place].isDigit { place &+= 1 }
      guard place > start, place &- start == 1 || text[start] != UInt8(ascii: "0") else { return false }
      if part < 2 {
        guard text.has(UInt8(ascii: "."), at: place) else { return false }
        place &+= 1
      }
    }
    if text.has(UInt8(ascii: "-"), at: place) {
      guard let end = identifiers(text, place &+ 1, areNumbersPlain: true) else { return false }
      place = end
    }
    if text.has(UInt8(ascii: "+"), at: place) {
      guard let end = identifiers(text, place &+ 1, areNumbersPlain: false) else { return false }
      place = end
    }
    return place == text.count
  }

  /// The end of the identifiers between dots that begin at `start`; nil where one is empty, or a number that has to be
  /// plain begins with a zero.
  private static func identifiers(_ text: TextBytes, _ start: Int, areNumbersPlain: Bool) -> Int? {
    var place = start
    while true {
      let first = place
      var isNumber = true
      while place < text.count, text[place].isAlphanumeric || text[place] == UInt8(ascii: "-") {
        if !text[place].isDigit { isNumber = false }
        place &+= 1
      }
      guard place > first else { return nil }
      if areNumbersPlain, isNumber, place &- first > 1, text[first] == UInt8(ascii: "0") { return nil }
      guard text.has(UInt8(ascii: "."), at: place) else { return place }
      place &+= 1
    }
  }
}
