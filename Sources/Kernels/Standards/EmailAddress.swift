/// An e-mail address, as browsers check it.
enum EmailAddress: NamedForm {
  static let name = "email"
  static let summary = "an e-mail address, as browsers check it"
  static let source = "HTML Living Standard, 'valid e-mail address'"
  static let example = "zoe@example.org"

  static func holds(_ text: TextBytes) -> Bool {
    let at = text.first(UInt8(ascii: "@"))
    guard at > 0, at < text.count else { return false }
    for place in 0..<at where !isLocal(text[place]) { return false }
    return Hostname.labels(text.suffix(from: at &+ 1)) > 0
  }

  /// A character of `atext` (RFC 5322), or a full stop.
  @inline(__always)
  static func isLocal(_ byte: UInt8) -> Bool {
    if byte.isAlphanumeric { return true }
    switch byte {
    case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "-")...UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "?"),
      UInt8(ascii: "^")...UInt8(ascii: "`"),
      UInt8(ascii: "{")...UInt8(ascii: "~"):
      return true
    default: return false
    }
  }
}
