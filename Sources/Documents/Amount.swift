import Diagnostics

/// A number as it is written, exactly, or a share (`2%`): what is compared with counts and measures.
package struct Amount: Hashable, Sendable {
  /// The value is `units` / 10^`scale`: at most 18 digits, `scale` 0…17. A percentage is held as its share of one.
  let units: Int64
  let scale: Int
  /// Whether it was written with `%`.
  package let isShare: Bool

  private static let mostDigits = 18
  private static let mostDecimals = 15

  /// Reads `[-+]?digits[.digits][e[-+]digits][ ]?%?` of at most 18 digits, 15 of them decimals; nil for other text.
  package init?(_ text: String) {
    var body = Substring(text)
    isShare = body.last == "%"
    if isShare { body = body.dropLast() }
    while isShare, body.last == " " { body = body.dropLast() }
    let isNegative = body.first == "-"
    if isNegative || body.first == "+" { body = body.dropFirst() }
    let parts = body.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard let exponent = parts.count == 2 ? Int(parts[1]) : 0, (-36...36).contains(exponent) else { return nil }
    let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = mantissa.count == 2 ? mantissa[1] : ""
    var digits = Array((mantissa[0] + fraction).utf8)
    let zeros = UInt8(ascii: "0")
    let isNumber = digits.allSatisfy { (zeros...zeros + 9).contains($0) }
    guard isNumber, !digits.isEmpty, digits.count <= 60 else { return nil }
    var scale = fraction.utf8.count - exponent
    while scale > 0, digits.last == zeros {
      digits.removeLast()
      scale -= 1
    }
    digits = Array(digits.drop { $0 == zeros })
    if digits.isEmpty { scale = 0 }
    while scale < 0, digits.count <= Self.mostDigits {
      digits.append(zeros)
      scale += 1
    }
    guard digits.count <= Self.mostDigits, (0...Self.mostDecimals).contains(scale) else { return nil }
    let magnitude = digits.reduce(Int64(0)) { $0 &* 10 &+ Int64($1 &- zeros) }
    units = isNegative ? -magnitude : magnitude
    self.scale = isShare ? scale + 2 : scale
  }

  /// The value where it is a whole number.
  package var whole: Int? {
    let power = Self.power(scale)
    return Int128(units) % power == 0 ? Int(exactly: Int128(units) / power) : nil
  }

  package var double: Double { Double(units) / Double(Self.power(scale)) }

  package var isNegative: Bool { units < 0 }

  static func power(_ exponent: Int) -> Int128 { (0..<max(0, exponent)).reduce(Int128(1)) { power, _ in power &* 10 } }

  /// How `count`, of `total`, stands to this amount: to a share as `count` / `total`, else as itself. Exact: nothing is
  /// rounded, and nothing overflows.
  ///
  /// - Returns: Less than 0, 0 or more than 0. Of a total of 0 no share is exceeded and none is missed: 0.
  package func compare(count: Int, of total: Int) -> Int {
    // 2^63 × 10^17 and 10^18 × 2^63 are below 2^127.
    let left = Int128(count) &* Self.power(scale)
    let right = Int128(units) &* (isShare ? Int128(total) : 1)
    if isShare, total == 0 { return 0 }
    return left < right ? -1 : left > right ? 1 : 0
  }

  /// How `other` stands to this amount: less than 0, 0 or more than 0.
  package func compare(_ other: Amount) -> Int {
    let left = Int128(other.units) &* Self.power(scale)
    let right = Int128(units) &* Self.power(other.scale)
    return left < right ? -1 : left > right ? 1 : 0
  }
}

extension Amount: CustomStringConvertible {
  /// The number as people write it: `2%`, `0.5%`, `-12.25`.
  package var description: String {
    let decimals = isShare ? scale - 2 : scale
    var digits = String(units.magnitude)
    if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
    let sign = isNegative ? "-" : ""
    let fraction = decimals > 0 ? "." + digits.suffix(decimals) : ""
    return sign + digits.dropLast(max(0, decimals)) + fraction + (isShare ? "%" : "")
  }
}

extension Amount: OptionValue {
  package static var valueDescription: String { "a number or a share such as 2%" }
  package static var schema: JSONSchema { .reference("amount") }
  static let sharePattern = #"^[-+]?[0-9.]+([eE][-+]?[0-9]+)? *%$"#

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Amount? {
    guard let scalar = node.scalar, scalar.style == .plain || scalar.string.hasSuffix("%") else {
      return refuse(node, &diagnostics)
    }
    return Amount(scalar.string) ?? refuse(node, &diagnostics)
  }
}
