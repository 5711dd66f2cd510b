/// The name of a time zone, such as Europe/Berlin.
enum ZoneForm: NamedForm {
  static let name = "timezone"
  static let summary = "the name of a time zone, such as Europe/Berlin"
  static let source = "IANA Time Zone Database, as installed"
  static let example = "Europe/Berlin"

  static func holds(_ text: TextBytes) -> Bool { names.contains(text) }

  /// Zones and links of the system's database.
  private static let names = NameTable(zoneNames())

  private static func zoneNames() -> [[UInt8]] {
    var names: [[UInt8]] = [Array("UTC".utf8)]
    for line in (TimeZoneFile.index() ?? []).split(separator: 10) {
      let words = line.split(separator: 32)
      if words.count > 1, line.first == UInt8(ascii: "Z") { names.append(Array(words[1])) }
      if words.count > 2, line.first == UInt8(ascii: "L") { names.append(Array(words[2])) }
    }
    return names
  }
}
