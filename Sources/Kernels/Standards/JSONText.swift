/// A JSON text.
enum JSONText: NamedForm {
  static let name = "json"
  static let summary = "a JSON text"
  static let source = "RFC 8259; nested 1,024 deep at most"
  static let example = "{}"

  static func holds(_ text: TextBytes) -> Bool {
    var reader = JSONReader(text)
    return reader.isDocument()
  }
}

/// Goes through a JSON text without making anything of it.
private struct JSONReader {
  private let text: TextBytes
  private var place = 0
  /// What is open: a bit for each level, set for objects.
  private var levels = InlineArray<16, UInt64>(repeating: 0)
  private var depth = 0

  init(_ text: TextBytes) { self.text = text }

  private var next: UInt8 { place < text.count ? text[place] : 0 }

  mutating func isDocument() -> Bool {
    skipSpace()
    while true {
      guard takeValue() else { return false }
      // What was opened is gone on with; what is complete may complete what it stands in.
      while !isAtValue {
        skipSpace()
        if depth == 0 { return place == text.count }
        guard let isOver = takeEnd() else { return false }
        if !isOver { break }
      }
      isAtValue = false
    }
  }

  private var isAtValue = false

  /// Takes a scalar, or what opens a list or an object up to its first value.
  private mutating func takeValue() -> Bool {
    switch next {
    case UInt8(ascii: "{"): return open(isObject: true)
    case UInt8(ascii: "["): return open(isObject: false)
    case UInt8(ascii: "\""): return takeString()
    case UInt8(ascii: "t"): return takeWord("true")
    case UInt8(ascii: "f"): return takeWord("false")
    case UInt8(ascii: "n"): return takeWord("null")
    default: return takeNumber()
    }
  }

  private mutating func open(isObject: Bool) -> Bool {
    place &+= 1
    skipSpace()
    if next == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
      place &+= 1
      return true
    }
    guard depth < 1024 else { return false }
    let bit: UInt64 = 1 &<< UInt64(depth & 63)
    levels[depth >> 6] = isObject ? levels[depth >> 6] | bit : levels[depth >> 6] & ~bit
    depth &+= 1
    isAtValue = true
    return !isObject || takeKey()
  }

  /// After a value: true where a list or object ends, false where another value follows, nil for anything else.
  private mutating func takeEnd() -> Bool? {
    let level = depth &- 1
    let isObject = levels[level >> 6] &>> UInt64(level & 63) & 1 == 1
    let byte = next
    place &+= 1
    if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
      depth &-= 1
      return true
    }
    guard byte == UInt8(ascii: ",") else { return nil }
    skipSpace()
    return isObject && !takeKey() ? nil : false
  }

  private mutating func takeKey() -> Bool {
    guard next == UInt8(ascii: "\""), takeString() else { return false }
    skipSpace()
    guard next == UInt8(ascii: ":") else { return false }
    place &+= 1
    skipSpace()
    return true
  }

  private mutating func takeString() -> Bool {
    place &+= 1
    while place < text.count {
      let byte = text[place]
      place &+= 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
      guard byte == UInt8(ascii: "\\") else { continue }
      let escaped = next
      place &+= 1
      switch escaped {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
        UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        continue
      case UInt8(ascii: "u"):
        guard place &+ 4 <= text.count else { return false }
        for digit in place..<place &+ 4 where !text[digit].isHex { return false }
        place &+= 4
      default: return false
      }
    }
    return false
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place &+ count <= text.count else { return false }
    for index in 0..<count where text[place &+ index] != word.utf8Start[index] { return false }
    place &+= count
    return true
  }

  private mutating func takeNumber() -> Bool {
    if next == UInt8(ascii: "-") { place &+= 1 }
    if next == UInt8(ascii: "0") {
      place &+= 1
    } else {
      guard takeDigits() else { return false }
    }
    if next == UInt8(ascii: ".") {
      place &+= 1
      guard takeDigits() else { return false }
    }
    guard next | 0x20 == UInt8(ascii: "e") else { return true }
    place &+= 1
    if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place &+= 1 }
    return takeDigits()
  }

  private mutating func takeDigits() -> Bool {
    let start = place
    while next.isDigit { place &+= 1 }
    return place > start
  }

  private mutating func skipSpace() {
    while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { place &+= 1 }
  }
}
