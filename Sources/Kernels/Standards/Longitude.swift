/// Degrees of longitude, from -180 to 180, with a point or without.
enum Longitude: NamedForm {
  static let name = "longitude"
  static let summary = "degrees of longitude, from -180 to 180, with a point or without"
  static let source = "ISO 6709:2022, decimal degrees"
  static let example = "13.3777"

  static func holds(_ text: TextBytes) -> Bool { Latitude.isWithin(180, text) }
}
