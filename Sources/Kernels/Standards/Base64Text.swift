/// Base64 with its padding.
enum Base64Text: NamedForm {
  static let name = "base64"
  static let summary = "base64 with its padding"
  static let source = "RFC 4648 §4"
  static let example = "aGVsbG8="

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count & 3 == 0 else { return false }
    var end = text.count
    for _ in 0..<2 where text[end &- 1] == UInt8(ascii: "=") { end &-= 1 }
    for place in 0..<end {
      let byte = text[place]
      guard byte.isAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") else { return false }
    }
    return end > 0
  }
}
