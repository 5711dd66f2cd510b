/// A URI with its scheme.
enum UniformIdentifier: NamedForm {
  static let name = "uri"
  static let summary = "a URI with its scheme"
  static let source = "RFC 3986 appendix A"
  static let example = "urn:isbn:0451450523"

  static func holds(_ text: TextBytes) -> Bool {
    guard let colon = schemeEnd(text) else { return false }
    var place = colon &+ 1
    if text.has(UInt8(ascii: "/"), at: place), text.has(UInt8(ascii: "/"), at: place &+ 1) {
      place &+= 2
      let start = place
      while place < text.count, !isAuthorityEnd(text[place]) { place &+= 1 }
      guard isAuthority(TextBytes(text.start + start, place &- start), needsHost: false) else { return false }
    }
    return isRest(text, from: place)
  }

  /// Where the colon after a scheme stands; nil without one.
  static func schemeEnd(_ text: TextBytes) -> Int? {
    guard text[0].isLetter else { return nil }
    var place = 1
    while place < text.count {
      let byte = text[place]
      if byte == UInt8(ascii: ":") { return place }
      let isMark = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      guard byte.isAlphanumeric || isMark else { return nil }
      place &+= 1
    }
    return nil
  }

  static func isAuthorityEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }

  /// `[user@]host[:port]`.
  ///
  /// - Parameter needsHost: whether the host has to be a name or an address of the Internet.
  static func isAuthority(_ text: TextBytes, needsHost: Bool) -> Bool {
    var start = 0
    let at = text.first(UInt8(ascii: "@"))
    if at < text.count {
      guard areLegal(text, 0, at, isUser: true) else { return false }
      start = at &+ 1
    }
    var end = text.count
    while end > start, text[end &- 1].isDigit { end &-= 1 }
    let hasPort = end > start && text[end &- 1] == UInt8(ascii: ":")
    let port = TextBytes(text.start + end, text.count &- end)
    if hasPort { guard port.count <= 5, port.number(0, port.count) <= 65_535 else { return false } }
    let host = TextBytes(text.start + start, (hasPort ? end &- 1 : text.count) &- start)
    if host.count > 1, host[0] == UInt8(ascii: "["), host[host.count &- 1] == UInt8(ascii: "]") {
      return IPv6Address.holds(TextBytes(host.start + 1, host.count &- 2))
    }
    if needsHost { return host.count > 0 && (Hostname.holds(host) || IPv4Address.holds(host)) }
    return areLegal(host, 0, host.count, isUser: false)
  }

  /// Unreserved characters, sub-delimiters and percent-encoded bytes.
  private static func areLegal(_ text: TextBytes, _ start: Int, _ end: Int, isUser: Bool) -> Bool {
    var place = start
    while place < end {
      let byte = text[place]
      if byte == UInt8(ascii: "%") {
        guard place &+ 2 < end, text[place &+ 1].isHex, text[place &+ 2].isHex else { return false }
        place &+= 2
      } else {
        guard isPlain(byte) || isUser && byte == UInt8(ascii: ":") else { return false }
      }
      place &+= 1
    }
    return true
  }

  /// Path, query and fragment.
  static func isRest(_ text: TextBytes, from start: Int) -> Bool {
    var place = start
    var hasFragment = false
    while place < text.count {
      let byte = text[place]
      switch byte {
      case UInt8(ascii: "%"):
        guard place &+ 2 < text.count, text[place &+ 1].isHex, text[place &+ 2].isHex else { return false }
        place &+= 2
      case UInt8(ascii: "#"):
        if hasFragment { return false }
        hasFragment = true
      case UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "/"), UInt8(ascii: "?"): break
      default: if !isPlain(byte) { return false }
      }
      place &+= 1
    }
    return true
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    if byte.isAlphanumeric { return true }
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"),
      UInt8(ascii: "$"), UInt8(ascii: "&")...UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="):
      return true
    default: return false
    }
  }
}
