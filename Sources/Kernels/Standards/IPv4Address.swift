/// An IPv4 address of four numbers without leading zeros.
enum IPv4Address: NamedForm {
  static let name = "ipv4"
  static let summary = "an IPv4 address of four numbers without leading zeros"
  static let source = "RFC 6943 §3.1.1, strict form"
  static let example = "192.0.2.1"

  static func holds(_ text: TextBytes) -> Bool {
    guard 7...15 ~= text.count else { return false }
    var (place, parts) = (0, 0)
    while true {
      let start = place
      while place < text.count, text[place].isDigit { place &+= 1 }
      let digits = place &- start
      guard 1...3 ~= digits, digits == 1 || text[start] != UInt8(ascii: "0"), text.number(start, digits) < 256 else {
        return false
      }
      parts &+= 1
      if place == text.count { return parts == 4 }
      guard text[place] == UInt8(ascii: ".") else { return false }
      place &+= 1
    }
  }
}
