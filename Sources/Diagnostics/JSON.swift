/// A JSON value (RFC 8259) whose objects keep the order of their members: what every report is made of.
package indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  /// A number as it is to be written, such as `12.50`. The text must be a JSON number.
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let key: String
    package let value: JSON

    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// The shortest text that reads back as `value`; null where JSON has no such number (infinities, NaN).
  package static func double(_ value: Double) -> JSON { value.isFinite ? .number("\(value)") : .null }

  /// Bytes meant as UTF-8; each faulty part becomes U+FFFD.
  package static func text(_ bytes: some Collection<UInt8>) -> JSON { .string(String(decoding: bytes, as: UTF8.self)) }

  /// `value` as a string, or null.
  package static func optional(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

  /// `value` as a number, or null.
  package static func optional(_ value: Int?) -> JSON { value.map { .int($0) } ?? .null }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int) { self = .int(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0, $1) }) }
}

extension JSON {
  /// The value as JSON text in UTF-8: on one line without spaces, or indented by two spaces a level. No line end follows.
  package func bytes(indented: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, level: indented ? 0 : nil)
    return bytes
  }

  /// The same as text.
  package func text(indented: Bool = false) -> String { String(decoding: bytes(indented: indented), as: UTF8.self) }

  private func write(to bytes: inout [UInt8], level: Int?) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .int(let value): bytes += String(value).utf8
    case .number(let text): bytes += text.utf8
    case .string(let text): JSON.write(text, to: &bytes)
    case .array(let elements):
      JSON.writeList("[", elements, "]", to: &bytes, level: level) { $0.write(to: &$1, level: $2) }
    case .object(let members):
      JSON.writeList("{", members, "}", to: &bytes, level: level) { member, bytes, level in
        JSON.write(member.key, to: &bytes)
        bytes += (level == nil ? ":" : ": ").utf8
        member.value.write(to: &bytes, level: level)
      }
    }
  }

  private static func writeList<Element>(
    _ open: Unicode.Scalar, _ elements: [Element], _ close: Unicode.Scalar, to bytes: inout [UInt8], level: Int?,
    each: (Element, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    let inner = level.map { $0 + 1 }
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      breakLine(inner, &bytes)
      each(element, &bytes, inner)
    }
    if !elements.isEmpty { breakLine(level, &bytes) }
    bytes.append(UInt8(ascii: close))
  }

  private static func breakLine(_ level: Int?, _ bytes: inout [UInt8]) {
    guard let level else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
      case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
      case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
      case 0x08: bytes += #"\b"#.utf8
      case 0x0C: bytes += #"\f"#.utf8
      case 0..<0x20:
        bytes += #"\u00"#.utf8
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
