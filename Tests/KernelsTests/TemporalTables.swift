import Glibc

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

  private static let text: String = {
    let folder = "\(#filePath)".split(separator: "/").dropLast(2).joined(separator: "/")
    guard let file = fopen("/\(folder)/oracles/temporal.txt", "r") else { return "" }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer[..<count], as: UTF8.self)
  }()

  /// The lines below the heading of a name, cut at `; `.
  private static func rows(_ name: String) -> [[String]] {
    let lines = text.split(separator: "\n")
    guard let heading = lines.firstIndex(where: { $0.hasPrefix("# \(name):") }) else { return [] }
    return lines[(heading + 1)...].prefix { !$0.hasPrefix("# ") }.map { line in
      line.split(separator: ";", omittingEmptySubsequences: false).enumerated().map { index, cell in
        String(index == 0 ? cell : cell.dropFirst())
      }
    }
  }
}
