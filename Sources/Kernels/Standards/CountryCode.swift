/// The code of a country, of two capitals.
enum CountryCode: NamedForm {
  static let name = "country"
  static let summary = "the code of a country, of two capitals"
  static let source = "ISO 3166-1 alpha-2, as of February 2026"
  static let example = "DE"

  static func holds(_ text: TextBytes) -> Bool { CodeTable.countries.contains(text) }
}
