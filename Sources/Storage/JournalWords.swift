/// A path as one word of a line: blanks, control bytes and `%` as `%` and two hexadecimal digits.
func escaped(_ path: String) -> String {
  var word = ""
  for scalar in path.unicodeScalars {
    if scalar.value <= 0x20 || scalar.value == 0x7F || scalar == "%" {
      word += "%" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    } else {
      word.unicodeScalars.append(scalar)
    }
  }
  return word
}

/// The path that ``escaped(_:)`` made a word of; nil where it made no such word.
func unescaped(_ word: Substring) -> String? {
  var bytes: [UInt8] = []
  var rest = word.utf8[...]
  while let first = rest.popFirst() {
    guard first == UInt8(ascii: "%") else {
      bytes.append(first)
      continue
    }
    let digits = String(decoding: rest.prefix(2), as: UTF8.self)
    guard digits.count == 2, let byte = UInt8(digits, radix: 16), byte != 0 else { return nil }
    bytes.append(byte)
    rest = rest.dropFirst(2)
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// FNV-1a, 64 bits: against torn writes and for short names, not against people.
func checksum(_ text: String) -> UInt64 {
  text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
}

/// Sixteen digits.
func hex(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
