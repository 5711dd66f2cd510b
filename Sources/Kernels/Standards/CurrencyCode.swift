/// The code of a currency, of three capitals.
enum CurrencyCode: NamedForm {
  static let name = "currency"
  static let summary = "the code of a currency, of three capitals"
  static let source = "ISO 4217, as of February 2026"
  static let example = "EUR"

  static func holds(_ text: TextBytes) -> Bool { CodeTable.currencies.contains(text) }
}
