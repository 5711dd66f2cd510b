/// Codes of two or three letters of one case: a bit for each that there could be.
struct CodeTable: Sendable {
  private let bits: ContiguousArray<UInt64>
  private let length: Int
  /// `A` or `a`.
  private let first: UInt8

  /// - Parameter codes: of one length and case, with spaces between them.
  init(_ codes: StaticString) {
    let text = codes.withUTF8Buffer { Array($0) }
    let words = text.split(separator: UInt8(ascii: " ")).map { Array($0) }
    let length = words.first?.count ?? 2
    let first = words.first?.first?.isLower ?? false ? UInt8(ascii: "a") : UInt8(ascii: "A")
    var bits = ContiguousArray<UInt64>(repeating: 0, count: (length == 2 ? 676 : 17_576) / 64 + 1)
    for word in words where word.count == length {
      let place = word.reduce(0) { $0 * 26 + Int($1 - first) }
      bits[place >> 6] |= 1 << UInt64(place & 63)
    }
    self.bits = bits
    self.first = first
    self.length = length
  }

  func contains(_ text: TextBytes) -> Bool {
    guard text.count == length else { return false }
    var place = 0
    for index in 0..<length {
      let letter = Int(text[index] &- first)
      guard letter < 26 else { return false }
      place = place &* 26 &+ letter
    }
    return bits[place >> 6] &>> UInt64(place & 63) & 1 == 1
  }
}
