/// An e-mail address that mail servers take: no quotes, a domain of two labels or more, lengths within their limits.
enum StrictEmailAddress: NamedForm {
  static let name = "email_strict"
  static let summary =
    "an e-mail address that mail servers take: no quotes, a domain of two labels or more, lengths within their limits"
  static let source = "RFC 5321 §4.1.2 and §4.5.3.1, without quoted and bracketed parts"
  static let example = "zoe@example.org"

  static func holds(_ text: TextBytes) -> Bool {
    let at = text.first(UInt8(ascii: "@"))
    guard 1...64 ~= at, at < text.count, text.count <= 254 else { return false }
    for place in 0..<at {
      guard EmailAddress.isLocal(text[place]) else { return false }
      // A dot stands between atoms.
      let isDot = text[place] == UInt8(ascii: ".")
      if isDot, place == 0 || place &+ 1 == at || text[place &+ 1] == UInt8(ascii: ".") { return false }
    }
    let domain = text.suffix(from: at &+ 1)
    return Hostname.labels(domain) > 1 && Hostname.holds(domain)
  }
}
