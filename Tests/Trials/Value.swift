/// A JSON document, read.
package enum Value: Hashable, Sendable {
  case null
  case bool(Bool)
  /// As it was written, so that no digit is lost.
  case number(String)
  case text(String)
  case list([Value])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: Value
  }

  package subscript(name: String) -> Value {
    guard case .object(let members) = self else { return .null }
    return members.first { $0.name == name }?.value ?? .null
  }

  package subscript(index: Int) -> Value { index < list.count ? list[index] : .null }

  package var list: [Value] { if case .list(let values) = self { values } else { [] } }
  package var members: [Member] { if case .object(let members) = self { members } else { [] } }
  package var text: String? { if case .text(let text) = self { text } else { nil } }
  package var int: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// Reads one document, and nothing after it but white space; nil for anything else.
  package init?(_ bytes: some Sequence<UInt8>) {
    var reader = ValueReader(Array(bytes))
    guard let value = reader.value(), reader.isAtEnd else { return nil }
    self = value
  }

  /// Reads JSON Lines; nil where a line is no document, or the last has no line end.
  package static func lines(_ bytes: [UInt8]) -> [Value]? {
    guard bytes.isEmpty || bytes.last == UInt8(ascii: "\n") else { return nil }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let values = lines.compactMap { Value($0) }
    return values.count == lines.count ? values : nil
  }
}

extension Value: CustomStringConvertible {
  /// The value as it is shown in case files: texts in quotes.
  package var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let digits): digits
    case .text(let text): "\"\(text)\""
    case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .object(let members): "{\(members.map { "\($0.name): \($0.value)" }.joined(separator: ", "))}"
    }
  }
}

/// A reader of RFC 8259 that takes nothing else.
private struct ValueReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { bytes[position...].allSatisfy(Self.isSpace) }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  private mutating func skipSpace() { while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 } }

  mutating func value() -> Value? {
    skipSpace()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return list()
    case UInt8(ascii: "\""): return text().map { .text($0) }
    default:
      if take("null") { return .null }
      if take("true") { return .bool(true) }
      if take("false") { return .bool(false) }
      return number()
    }
  }

  private mutating func number() -> Value? {
    let digits = bytes[position...].prefix { "+-.eE0123456789".utf8.contains($0) }
    position += digits.count
    let text = String(decoding: digits, as: UTF8.self)
    return Double(text).map { _ in .number(text) }
  }

  private mutating func list() -> Value? {
    position += 1
    var values: [Value] = []
    skipSpace()
    if take("]") { return .list([]) }
    while let value = value() {
      values.append(value)
      skipSpace()
      if take("]") { return .list(values) }
      guard take(",") else { return nil }
    }
    return nil
  }

  private mutating func object() -> Value? {
    position += 1
    var members: [Value.Member] = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\""), let name = text() else { return nil }
      skipSpace()
      guard take(":"), let value = value() else { return nil }
      members.append(Value.Member(name: name, value: value))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { return nil }
    }
  }

  private mutating func text() -> String? {
    position += 1
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return String(validating: result, as: UTF8.self) }
      guard byte >= 0x20 else { return nil }
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard let escaped = escaped() else { return nil }
      result += escaped
    }
    return nil
  }

  private mutating func escaped() -> [UInt8]? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    position += 1
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 8,
      UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    ]
    if let known = plain[byte] { return [known] }
    guard byte == UInt8(ascii: "u"), var code = unit() else { return nil }
    if (0xD800..<0xDC00).contains(code), take("\\u"), let low = unit(), (0xDC00..<0xE000).contains(low) {
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    return Unicode.Scalar(code).map { Array(String(Character($0)).utf8) }
  }

  private mutating func unit() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let text = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    position += 4
    return UInt32(text, radix: 16)
  }
}
