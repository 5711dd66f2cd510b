/// Bytes as pairs of hexadecimal digits.
enum HexText: NamedForm {
  static let name = "hex"
  static let summary = "bytes as pairs of hexadecimal digits"
  static let source = "RFC 4648 §8, letters of either case"
  static let example = "c0ffee"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count & 1 == 0 else { return false }
    for place in 0..<text.count where !text[place].isHex { return false }
    return true
  }
}
