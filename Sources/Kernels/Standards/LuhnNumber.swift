/// Digits, two or more, of which the last is the Luhn check digit.
enum LuhnNumber: NamedForm {
  static let name = "luhn"
  static let summary = "digits, two or more, of which the last is the Luhn check digit"
  static let source = "ISO/IEC 7812-1:2017 annex B"
  static let example = "79927398713"

  static func holds(_ text: TextBytes) -> Bool { (digits(of: text, grouped: false) ?? 0) > 1 }

  /// How many digits the text has; nil where the check digit is wrong, or anything else is among them.
  @inline(__always)
  static func digits(of text: TextBytes, grouped: Bool) -> Int? {
    var count = 0
    var sum = 0
    var place = text.count &- 1
    while place >= 0 {
      let byte = text[place]
      if byte.isDigit {
        let doubled = count & 1 == 1 ? byte.digit &* 2 : byte.digit
        sum &+= doubled > 9 ? doubled &- 9 : doubled
        count &+= 1
      } else if !grouped || !text.isSeparator(place) {
        return nil
      }
      place &-= 1
    }
    return sum % 10 == 0 ? count : nil
  }
}
