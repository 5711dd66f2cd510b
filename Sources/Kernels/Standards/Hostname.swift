/// The name of a host, such as www.example.org.
enum Hostname: NamedForm {
  static let name = "hostname"
  static let summary = "the name of a host, such as www.example.org"
  static let source = "RFC 1123 §2.1, RFC 3696 §2"
  static let example = "www.example.org"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count <= 253, labels(text) > 0 else { return false }
    // A last label of digits only would be an address.
    var place = text.count &- 1
    while place >= 0, text[place] != UInt8(ascii: ".") {
      if !text[place].isDigit { return true }
      place &-= 1
    }
    return false
  }

  /// How many labels of 1 to 63 letters, digits and inner hyphens the text has; 0 where it is anything else.
  static func labels(_ text: TextBytes) -> Int {
    var count = 0
    var start = 0
    for place in 0...text.count {
      if place < text.count, text[place] != UInt8(ascii: ".") {
        guard text[place].isAlphanumeric || text[place] == UInt8(ascii: "-") else { return 0 }
        continue
      }
      guard 1...63 ~= place &- start, text[start].isAlphanumeric, text[place &- 1].isAlphanumeric else { return 0 }
      count &+= 1
      start = place &+ 1
    }
    return count
  }
}
