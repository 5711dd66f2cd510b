/// What Python says of numbers, one row a line, cells divided by `;`; `Tests/oracles/number_tables.py` writes the file.
enum NumbersTables {
  /// Operator, unscaled a, its scale, b, its scale, precision and scale of the result, result.
  static let decimals = rows("decimals")
  /// Float, digits, its shortest decimal rounded half away from zero.
  static let rounding = rows("rounding")
  /// UTF-8 in hexadecimal, type, canonical text or what becomes of it.
  static let reading = rows("reading")
  /// Shortest texts.
  static let floats = rows("floats")
  /// Unscaled value, precision, scale, type, unscaled result.
  static let decimalCasts = rows("decimalCasts")
  /// Float, type, unscaled result.
  static let floatCasts = rows("floatCasts")

  private static let lines = oracleLines("number_tables.txt")

  private static func rows(_ name: String) -> [[String]] {
    guard let heading = lines.firstIndex(where: { $0.hasPrefix("# \(name):") }) else { return [] }
    return lines[(heading + 1)...].prefix { !$0.hasPrefix("# ") }.map { line in
      line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
