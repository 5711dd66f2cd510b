/// A MAC address of six pairs of hexadecimal digits, between colons or hyphens, or in three groups between dots.
enum HardwareAddress: NamedForm {
  static let name = "mac"
  static let summary =
    "a MAC address of six pairs of hexadecimal digits, between colons or hyphens, or in three groups between dots"
  static let source = "IEEE Std 802-2014 §8.1, EUI-48"
  static let example = "00:1A:2B:3C:4D:5E"

  static func holds(_ text: TextBytes) -> Bool {
    let isDotted = text.count == 14
    guard isDotted || text.count == 17 else { return false }
    let (mark, step) = isDotted ? (UInt8(ascii: "."), 5) : (text[2], 3)
    guard isDotted || mark == UInt8(ascii: ":") || mark == UInt8(ascii: "-") else { return false }
    for place in 0..<text.count {
      let isMark = place % step == step &- 1
      guard isMark ? text[place] == mark : text[place].isHex else { return false }
    }
    return true
  }
}
