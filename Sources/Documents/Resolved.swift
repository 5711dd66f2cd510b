/// What a scalar says where no key expects a type: the core schema of YAML 1.2.
package enum Resolved: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case float(Double)
  case string(String)
}

extension Node {
  /// What the scalar says by the core schema: only `null ~ true false` (also `True TRUE`), numbers, `.inf` and `.nan`
  /// are more than text, and only where they are not quoted. Integers past 64 bits are floats. Nil for collections.
  ///
  /// - Source: <https://yaml.org/spec/1.2.2/#103-core-schema>.
  package var resolved: Resolved? {
    guard let scalar else { return nil }
    let text = scalar.string
    switch scalar.tag {
    case .str?: return .string(text)
    case nil where scalar.style != .plain: return .string(text)
    default: break
    }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    if let value = CoreSchema.integer(text) { return scalar.tag == .float ? .float(Double(value)) : .int(value) }
    return CoreSchema.float(text).map { .float($0) } ?? .string(text)
  }
}

/// The number grammars of YAML's core schema.
enum CoreSchema {
  /// `[-+]?[0-9]+`, `0o[0-7]+`, `0x[0-9a-fA-F]+`; nil for other text and past 64 bits.
  static func integer(_ text: String) -> Int64? {
    if text.hasPrefix("0o") { return digits(text.dropFirst(2), radix: 8) }
    if text.hasPrefix("0x") { return digits(text.dropFirst(2), radix: 16) }
    return isDecimal(unsigned(text)) ? Int64(text) : nil
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, `[-+]?\.inf`, `\.nan`; nil for other text.
  static func float(_ text: String) -> Double? {
    let magnitude = unsigned(text)
    if [".inf", ".Inf", ".INF"].contains(String(magnitude)) { return text.hasPrefix("-") ? -.infinity : .infinity }
    if [".nan", ".NaN", ".NAN"].contains(text) { return .nan }
    let parts = magnitude.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    if parts.count == 2, !isDecimal(unsigned(parts[1])) { return nil }
    let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = mantissa.count == 2 ? mantissa[1] : ""
    guard mantissa[0].allSatisfy(isDigit), fraction.allSatisfy(isDigit), !(mantissa[0] + fraction).isEmpty else {
      return nil
    }
    guard !mantissa[0].isEmpty || !fraction.isEmpty else { return nil }
    let exponent = parts.count == 2 ? "e" + parts[1] : ""
    return Double((text.hasPrefix("-") ? "-" : "") + "0\(mantissa[0]).\(fraction)0\(exponent)")
  }

  private static func unsigned(_ text: some StringProtocol) -> Substring {
    let text = Substring(text)
    return text.first == "-" || text.first == "+" ? text.dropFirst() : text
  }

  private static func digits(_ text: Substring, radix: Int) -> Int64? {
    text.first == "-" || text.first == "+" ? nil : Int64(text, radix: radix)
  }

  private static func isDecimal(_ text: Substring) -> Bool { !text.isEmpty && text.allSatisfy(isDigit) }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) && character.isASCII }
}
