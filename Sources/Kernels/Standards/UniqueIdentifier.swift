/// A UUID as 8-4-4-4-12 hexadecimal digits, of any version.
enum UniqueIdentifier: NamedForm {
  static let name = "uuid"
  static let summary = "a UUID as 8-4-4-4-12 hexadecimal digits, of any version"
  static let source = "RFC 9562 §4"
  static let example = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count == 36 else { return false }
    for place in 0..<36 {
      let isHyphen = place == 8 || place == 13 || place == 18 || place == 23
      guard isHyphen ? text[place] == UInt8(ascii: "-") : text[place].isHex else { return false }
    }
    return true
  }
}
