/// What bytes of ASCII are.
extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 48 < 10 }
  @inline(__always) var isUpper: Bool { self &- 65 < 26 }
  @inline(__always) var isLower: Bool { self &- 97 < 26 }
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 97 < 26 }
  @inline(__always) var isAlphanumeric: Bool { isDigit || isLetter }
  @inline(__always) var isHex: Bool { isDigit || (self | 0x20) &- 97 < 6 }
  /// 0…9 of a digit.
  @inline(__always) var digit: Int { Int(self &- 48) }
}

extension TextBytes {
  /// Whether the bytes from `start` on, `count` of them and all within the text, are digits.
  @inline(__always)
  func hasDigits(_ start: Int, _ count: Int) -> Bool {
    guard start &+ count <= self.count else { return false }
    for place in start..<start &+ count where !self[place].isDigit { return false }
    return true
  }

  /// The number that digits within the text make; at most 18 of them.
  @inline(__always)
  func number(_ start: Int, _ count: Int) -> Int {
    var value = 0
    for place in start..<start &+ count { value = value &* 10 &+ self[place].digit }
    return value
  }

  @inline(__always)
  func has(_ byte: UInt8, at place: Int) -> Bool { place < count && self[place] == byte }

  func prefix(_ count: Int) -> TextBytes { TextBytes(start, min(count, self.count)) }

  /// Where a byte stands first from `origin` on; `count` where it does not.
  func first(_ byte: UInt8, from origin: Int = 0) -> Int {
    var place = origin
    while place < count, self[place] != byte { place &+= 1 }
    return place
  }

  /// A hyphen or a space that stands alone between two other characters, as people group long numbers.
  @inline(__always)
  func isSeparator(_ place: Int) -> Bool {
    let byte = self[place]
    guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: " "), place > 0, place &+ 1 < count else { return false }
    let next = self[place &+ 1]
    return next != UInt8(ascii: "-") && next != UInt8(ascii: " ")
  }
}
