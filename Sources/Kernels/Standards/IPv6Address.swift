/// An IPv6 address without a zone.
enum IPv6Address: NamedForm {
  static let name = "ipv6"
  static let summary = "an IPv6 address without a zone"
  static let source = "RFC 4291 §2.2"
  static let example = "2001:db8::1"

  static func holds(_ text: TextBytes) -> Bool {
    guard 2...45 ~= text.count else { return false }
    let colon = UInt8(ascii: ":")
    var (place, groups, isShort) = (0, 0, false)
    if text[0] == colon {
      guard text[1] == colon else { return false }
      (place, isShort) = (2, true)
      if text.count == 2 { return true }
    }
    while true {
      let start = place
      while place < text.count, text[place].isHex { place &+= 1 }
      if text.has(UInt8(ascii: "."), at: place) {
        groups &+= 2
        return IPv4Address.holds(text.suffix(from: start)) && (isShort ? groups <= 7 : groups == 8)
      }
      guard 1...4 ~= place &- start else { return false }
      groups &+= 1
      if place == text.count { break }
      guard text[place] == colon, place &+ 1 < text.count else { return false }
      place &+= 1
      guard text[place] == colon else { continue }
      if isShort { return false }
      isShort = true
      place &+= 1
      if place == text.count { break }
    }
    return isShort ? groups <= 7 : groups == 8
  }
}
