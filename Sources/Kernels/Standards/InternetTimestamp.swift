/// A point in time with its offset from UTC, such as 2024-01-31T09:30:00Z.
enum InternetTimestamp: NamedForm {
  static let name = "timestamp"
  static let summary = "a point in time with its offset from UTC, such as 2024-01-31T09:30:00Z"
  static let source = "RFC 3339 §5.6"
  static let example = "1990-12-31T15:59:60-08:00"

  static func holds(_ text: TextBytes) -> Bool {
    guard text.count >= 20, CalendarDay.isDay(text) else { return false }
    let between = text[10]
    guard between | 0x20 == UInt8(ascii: "t") || between == UInt8(ascii: " ") else { return false }
    guard text.hasDigits(11, 2), text.hasDigits(14, 2), text.hasDigits(17, 2), text[13] == UInt8(ascii: ":"),
      text[16] == UInt8(ascii: ":")
    else { return false }
    let (hour, minute, second) = (text.number(11, 2), text.number(14, 2), text.number(17, 2))
    var place = 19
    if text[place] == UInt8(ascii: ".") {
      place &+= 1
      let start = place
      while place < text.count, text[place].isDigit { place &+= 1 }
      guard place > start else { return false }
    }
    guard hour < 24, minute < 60, let offset = offset(text, place) else { return false }
    // A leap second is the last of a day in UTC.
    let minutes = (hour &* 60 &+ minute &- offset &+ 2880) % 1440
    return second < 60 || second == 60 && minutes == 1439
  }

  /// Minutes east of UTC of the offset that the text ends with from `place` on; nil where it is none.
  private static func offset(_ text: TextBytes, _ place: Int) -> Int? {
    guard place < text.count else { return nil }
    let sign = text[place]
    if sign | 0x20 == UInt8(ascii: "z") { return place &+ 1 == text.count ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), text.count == place &+ 6,
      text.hasDigits(place &+ 1, 2), text[place &+ 3] == UInt8(ascii: ":"), text.hasDigits(place &+ 4, 2)
    else { return nil }
    let (hours, minutes) = (text.number(place &+ 1, 2), text.number(place &+ 4, 2))
    guard hours < 24, minutes < 60 else { return nil }
    return (hours &* 60 &+ minutes) &* (sign == UInt8(ascii: "-") ? -1 : 1)
  }
}
