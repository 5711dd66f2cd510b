/// A phone number of 7 to 15 digits, grouped in any usual way, with a country code or without.
enum PhoneNumber: NamedForm {
  static let name = "phone"
  static let summary = "a phone number of 7 to 15 digits, grouped in any usual way, with a country code or without"
  static let source = "digits by ITU-T E.164, grouping by ITU-T E.123"
  static let example = "+49 (30) 901-820"

  static func holds(_ text: TextBytes) -> Bool {
    var digits = 0
    var isOpen = false
    var wasMark = false
    for place in 0..<text.count {
      let byte = text[place]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits &+= 1
        wasMark = false
      case UInt8(ascii: "+"):
        if place > 0 { return false }
      case UInt8(ascii: "("):
        if isOpen { return false }
        isOpen = true
      case UInt8(ascii: ")"):
        if !isOpen || wasMark { return false }
        isOpen = false
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"):
        if wasMark || digits == 0 || place &+ 1 == text.count { return false }
        wasMark = true
      default: return false
      }
    }
    return !isOpen && 7...15 ~= digits
  }
}
