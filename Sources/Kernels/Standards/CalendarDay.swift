/// A day as YYYY-MM-DD.
enum CalendarDay: NamedForm {
  static let name = "date"
  static let summary = "a day as YYYY-MM-DD"
  static let source = "ISO 8601-1:2019, extended form; RFC 3339 full-date"
  static let example = "2024-02-29"

  static func holds(_ text: TextBytes) -> Bool { text.count == 10 && isDay(text) }

  /// Whether the first ten bytes, which are there, are a day of the years 0001 to 9999.
  @inline(__always)
  static func isDay(_ text: TextBytes) -> Bool {
    guard text.hasDigits(0, 4), text.hasDigits(5, 2), text.hasDigits(8, 2), text[4] == UInt8(ascii: "-"),
      text[7] == UInt8(ascii: "-")
    else { return false }
    let (year, month, day) = (text.number(0, 4), text.number(5, 2), text.number(8, 2))
    return year > 0 && 1...12 ~= month && day >= 1 && day <= Civil.length(ofMonth: month, year: year)
  }
}
