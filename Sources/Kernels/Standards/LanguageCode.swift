/// The code of a language, of two or three small letters.
enum LanguageCode: NamedForm {
  static let name = "language"
  static let summary = "the code of a language, of two or three small letters"
  static let source = "ISO 639-1 and ISO 639-2, as of February 2026"
  static let example = "de"

  static func holds(_ text: TextBytes) -> Bool {
    text.count == 2 ? CodeTable.languages.contains(text) : CodeTable.languages3.contains(text)
  }
}
