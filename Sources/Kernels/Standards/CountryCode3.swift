/// The code of a country, of three capitals.
enum CountryCode3: NamedForm {
  static let name = "country_alpha3"
  static let summary = "the code of a country, of three capitals"
  static let source = "ISO 3166-1 alpha-3, as of February 2026"
  static let example = "DEU"

  static func holds(_ text: TextBytes) -> Bool { CodeTable.countries3.contains(text) }
}
