/// Degrees of latitude, from -90 to 90, with a point or without.
enum Latitude: NamedForm {
  static let name = "latitude"
  static let summary = "degrees of latitude, from -90 to 90, with a point or without"
  static let source = "ISO 6709:2022, decimal degrees"
  static let example = "52.5163"

  static func holds(_ text: TextBytes) -> Bool { isWithin(90, text) }

  /// Whether the text is a plain number of degrees, at most `limit` in either direction.
  @inline(__always)
  static func isWithin(_ limit: Int, _ text: TextBytes) -> Bool {
    var place = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") ? 1 : 0
    let start = place
    while place < text.count, text[place].isDigit { place &+= 1 }
    guard 1...3 ~= place &- start else { return false }
    let degrees = text.number(start, place &- start)
    if place == text.count { return degrees <= limit }
    guard text[place] == UInt8(ascii: "."), place &+ 1 < text.count else { return false }
    var isWhole = true
    for next in place &+ 1..<text.count {
      guard text[next].isDigit else { return false }
      if text[next] != UInt8(ascii: "0") { isWhole = false }
    }
    return degrees < limit || degrees == limit && isWhole
  }
}
