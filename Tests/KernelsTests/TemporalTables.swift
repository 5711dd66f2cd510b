/// What Python's standard library and DuckDB say of dates and zones; `Tests/oracles/temporal.py` writes the file.
enum TemporalTables {
  static let offsets = rows("offsets")
  static let clocks = rows("clocks")
  static let reading = rows("reading")
  static let writing = rows("writing")
  static let parts = rows("parts")
  static let cuts = rows("cuts")
  static let differences = rows("differences")
  static let sums = rows("sums")

  private static let lines = oracleLines("temporal.txt")

  /// The lines below the heading of a name, cut at `; `.
  private static func rows(_ name: String) -> [[String]] {
    guard let heading = lines.firstIndex(where: { $0.hasPrefix("# \(name):") }) else { return [] }
    return lines[(heading + 1)...].prefix { !$0.hasPrefix("# ") }.map { line in
      line.split(separator: ";", omittingEmptySubsequences: false).enumerated().map { index, cell in
        String(index == 0 ? cell : cell.dropFirst())
      }
    }
  }
}
