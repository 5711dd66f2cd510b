/// A web address: http, https or ftp, and a host.
enum UniformLocator: NamedForm {
  static let name = "url"
  static let summary = "a web address: http, https or ftp, and a host"
  static let source = "RFC 3986, RFC 9110 §4.2; hosts by RFC 1123"
  static let example = "https://www.example.org/a?b=c#d"

  static func holds(_ text: TextBytes) -> Bool {
    guard let colon = UniformIdentifier.schemeEnd(text), isKnown(text.prefix(colon)) else { return false }
    let start = colon &+ 3
    guard start < text.count, text[colon &+ 1] == UInt8(ascii: "/"), text[colon &+ 2] == UInt8(ascii: "/") else {
      return false
    }
    var end = start
    while end < text.count, !UniformIdentifier.isAuthorityEnd(text[end]) { end &+= 1 }
    return UniformIdentifier.isAuthority(TextBytes(text.start + start, end &- start), needsHost: true)
      && UniformIdentifier.isRest(text, from: end)
  }

  /// `http`, `https` or `ftp`, in any case.
  private static func isKnown(_ scheme: TextBytes) -> Bool {
    guard 3...5 ~= scheme.count else { return false }
    let word = scheme.clippedWord(0) | 0x2020_2020_2020_2020 & (1 &<< UInt64(scheme.count &* 8) &- 1)
    return word == 0x70_7466 || word == 0x7074_7468 || word == 0x73_7074_7468
  }
}
