import Diagnostics

/// Cuts the text of an expression into tokens, and reports what is none.
///
/// A slip that can be read only one way (`==`, `&&`, `≤`) is reported and then read that way, so that the parser finds
/// the other mistakes of the same expression. O(length).
struct Lexer {
  private let source: SourceText
  private let bytes: [UInt8]
  private var offset = 0
  private(set) var tokens: [Token] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var advice = Advice()

  /// All tokens of `source`; the last is `.end`, at the end of the text.
  static func lex(_ source: SourceText) -> (tokens: [Token], diagnostics: [Diagnostic]) {
    var lexer = Lexer(source)
    while lexer.offset < lexer.bytes.count { lexer.step() }
    lexer.emit(.end, from: lexer.offset)
    return (lexer.tokens, lexer.diagnostics)
  }

  private init(_ source: SourceText) {
    self.source = source
    bytes = source.bytes
  }

  /// The byte `distance` ahead; 0 past the end.
  private func peek(_ distance: Int = 0) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  /// Past ``Parser/greatestCount`` there is nothing more to learn from one expression.
  private mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < Parser.greatestCount { diagnostics.append(diagnostic) }
  }

  private mutating func emit(_ kind: Token.Kind, from lower: Int) {
    tokens.append(Token(kind: kind, lower: lower, upper: offset))
  }

  private func range(_ lower: Int) -> SourceRange { source.range(lower, offset) }

  private func text(_ lower: Int) -> String { String(decoding: bytes[lower..<offset], as: UTF8.self) }

  private mutating func step() {
    let lower = offset
    switch peek() {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      offset += 1
    case UInt8(ascii: "'"):
      string()
    case UInt8(ascii: "\""), UInt8(ascii: "`"):
      quotedName()
    case UInt8(ascii: "$") where peek(1) == UInt8(ascii: "{"):
      parameter()
    case let byte where byte.isDigit || byte == UInt8(ascii: ".") && peek(1).isDigit:
      number()
    case let byte where byte.isWordStart:
      word()
    case 0x80...:
      foreign()
    default:
      if let (symbol, length, slip) = Self.symbol(peek(), peek(1), peek(2)) {
        offset += length
        if let slip { report(.wrongOperator(text(lower), instead: slip, at: range(lower))) }
        emit(symbol, from: lower)
      } else {
        odd()
      }
    }
  }
}

// Literals and names.
extension Lexer {
  private mutating func string() {
    let lower = offset
    var value: [UInt8] = []
    offset += 1
    while offset < bytes.count {
      let byte = peek()
      offset += 1
      guard byte == UInt8(ascii: "'") else {
        value.append(byte)
        continue
      }
      if peek() == UInt8(ascii: "'") {
        value.append(byte)
        offset += 1
      } else if value.last == UInt8(ascii: "\\"), peek().isWordStart {
        report(.escapedQuote(at: source.range(offset - 2, offset)))
      } else {
        return emit(.string(value), from: lower)
      }
    }
    report(.unclosedString(at: source.range(lower, lower + 1)))
    emit(.string(value), from: lower)
  }

  private mutating func quotedName() {
    let lower = offset
    let quote = peek()
    var value: [UInt8] = []
    offset += 1
    while offset < bytes.count {
      let byte = peek()
      offset += 1
      guard byte == quote else {
        value.append(byte)
        continue
      }
      if peek() != quote {
        if value.isEmpty { report(.emptyName(at: range(lower))) }
        return emit(.quotedName(String(decoding: value, as: UTF8.self)), from: lower)
      }
      value.append(byte)
      offset += 1
    }
    report(.unclosedName(Character(Unicode.Scalar(quote)), at: source.range(lower, lower + 1)))
    emit(.quotedName(String(decoding: value, as: UTF8.self)), from: lower)
  }

  private mutating func parameter() {
    let lower = offset
    offset += 2
    while peek().isWordPart || peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: ".") { offset += 1 }
    let name = text(lower + 2)
    if name.isEmpty || peek() != UInt8(ascii: "}") {
      var end = offset
      while end < bytes.count, !Self.endsBadParameter.contains(bytes[end]) { end += 1 }
      if end < bytes.count, bytes[end] == UInt8(ascii: "}") { offset = end + 1 }
      report(.badParameter(at: range(lower)))
    } else {
      offset += 1
    }
    emit(.parameter(name), from: lower)
  }

  /// How far a parameter that is none may reach; `$` keeps a text full of openings linear.
  private static let endsBadParameter: Set<UInt8> = Set("}'$\n".utf8)

  private mutating func number() {
    let lower = offset
    skipDigits()
    if isBareDate(from: lower) {
      offset = lower + 10
      report(.bareDate(text(lower), at: range(lower)))
      return emit(.junk, from: lower)
    }
    var label: String?
    if peek() == UInt8(ascii: ".") {
      offset += 1
      if !peek().isDigit { label = "a digit must follow the point" }
      skipDigits()
    }
    if peek() | 0x20 == UInt8(ascii: "e") {
      let isSigned = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
      offset += isSigned ? 2 : 1
      if !peek().isDigit { label = "digits must follow the exponent's 'e'" }
      skipDigits()
    }
    while peek().isWordPart || peek() == UInt8(ascii: ".") {
      label = peek() == UInt8(ascii: "_") ? "write it without '_'" : label ?? "a number ends where its digits end"
      offset += 1
    }
    let written = text(lower)
    if let label {
      report(.oddNumber(written, at: range(lower), label: label))
      return emit(.junk, from: lower)
    }
    emit(.number(bytes[lower] == UInt8(ascii: ".") ? "0" + written : written), from: lower)
  }

  private mutating func skipDigits() {
    while peek().isDigit { offset += 1 }
  }

  /// Whether `2024-09-01` stands at `lower`, of which the year has been passed.
  private func isBareDate(from lower: Int) -> Bool {
    guard offset - lower == 4, lower + 10 <= bytes.count else { return false }
    for (index, byte) in bytes[lower..<lower + 10].enumerated() {
      guard index == 4 || index == 7 ? byte == UInt8(ascii: "-") : byte.isDigit else { return false }
    }
    return !peek(6).isWordPart
  }

  private mutating func word() {
    let lower = offset
    while offset < bytes.count {
      if peek().isWordPart {
        offset += 1
      } else if let (scalar, length) = scalar(), scalar.value >= 0x80, scalar.properties.isXIDContinue {
        offset += length
      } else {
        break
      }
    }
    let name = text(lower)
    emit(Keyword(rawValue: name.lowercased()).map(Token.Kind.keyword) ?? .name(name), from: lower)
  }
}

// Marks.
extension Lexer {
  /// The mark that three bytes begin with, how many of them it takes, and what should have been written if it is a slip.
  private static func symbol(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> (Token.Kind, length: Int, slip: String?)? {
    switch (Character(Unicode.Scalar(a)), Character(Unicode.Scalar(b))) {
    case ("-", "-"), ("/", "*"): nil
    case ("<", "=") where c == UInt8(ascii: ">"): (.junk, 3, "'is not distinct from'")
    case ("=", "=") where c == UInt8(ascii: "="): (.symbol(.equal), 3, "'='")
    case ("!", "=") where c == UInt8(ascii: "="): (.symbol(.notEqual), 3, "'<>'")
    case ("/", "/"): (.symbol(.doubleSlash), 2, nil)
    case ("|", "|"): (.symbol(.doubleBar), 2, nil)
    case ("<", ">"), ("!", "="): (.symbol(.notEqual), 2, nil)
    case ("<", "="): (.symbol(.lessOrEqual), 2, nil)
    case (">", "="): (.symbol(.greaterOrEqual), 2, nil)
    case (":", ":"): (.symbol(.doubleColon), 2, nil)
    case ("=", "="): (.symbol(.equal), 2, "'='")
    case ("=", "<"): (.symbol(.lessOrEqual), 2, "'<='")
    case ("=", ">"): (.symbol(.greaterOrEqual), 2, "'>='")
    case ("=", "~"), ("!", "~"): (.junk, 2, "regexp_matches(text, pattern)")
    case ("&", "&"): (.keyword(.and), 2, "'and'")
    case ("*", "*"): (.junk, 2, "power(x, y)")
    case ("^", _): (.junk, 1, "power(x, y)")
    case ("~", _): (.junk, 1, "regexp_matches(text, pattern)")
    case ("&", _): (.keyword(.and), 1, "'and'")
    case ("|", _): (.keyword(.or), 1, "'or', or '||' to join texts")
    case ("!", _): (.keyword(.not), 1, "'not'")
    default: Symbol(rawValue: String(Unicode.Scalar(a))).map { (.symbol($0), 1, nil) }
    }
  }

  /// ASCII that begins no token.
  private mutating func odd() {
    let lower = offset
    switch (peek(), peek(1)) {
    case (UInt8(ascii: "-"), _), (UInt8(ascii: "#"), _):
      while offset < bytes.count, peek() != UInt8(ascii: "\n") { offset += 1 }
      report(.comment(at: range(lower)))
    case (UInt8(ascii: "/"), UInt8(ascii: "*")):
      offset += 2
      while offset < bytes.count, peek() != UInt8(ascii: "*") || peek(1) != UInt8(ascii: "/") { offset += 1 }
      offset = min(offset + 2, bytes.count)
      report(.comment(at: range(lower)))
    case (let byte, _):
      offset += 1
      let scalar = Unicode.Scalar(byte)
      let isPrintable = 0x21...0x7E ~= byte
      let description = isPrintable ? "'\(scalar)'" : "the character \(Self.codePoint(scalar))"
      let help = advice.insert(byte)
      if help.isNew { report(.unknownCharacter(description, at: range(lower), help: help.text)) }
      if byte != UInt8(ascii: ";") { emit(.junk, from: lower) }
    }
  }

  /// Anything that is not ASCII, outside texts and quoted names.
  private mutating func foreign() {
    let lower = offset
    guard let (scalar, length) = scalar() else {
      offset += 1
      report(.unknownCharacter("a byte that is no UTF-8", at: range(lower), help: nil))
      return emit(.junk, from: lower)
    }
    if scalar.properties.isXIDStart { return word() }
    offset += length
    if let closing = Self.typographicQuotes[scalar] {
      let isSingle = closing == "\u{2019}"
      report(.smartQuote(Character(scalar), instead: isSingle ? "'" : "\"", at: range(lower)))
      skipTypographicText(until: closing)
      return emit(.junk, from: lower)
    }
    if let (symbol, instead) = Self.typographicMarks[scalar] {
      report(.wrongOperator(text(lower), instead: "'\(instead)'", at: range(lower)))
      return emit(.symbol(symbol), from: lower)
    }
    let description = "the character \(Self.codePoint(scalar))"
    if scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint {
      report(.unknownCharacter(description, at: range(lower), help: "write a plain space, or nothing"))
    } else {
      report(.unknownCharacter(description, at: range(lower), help: nil))
      emit(.junk, from: lower)
    }
  }

  /// Passes a text in typographic quotes, as far as the expression holds its end.
  private mutating func skipTypographicText(until closing: Unicode.Scalar) {
    let start = offset
    while offset < bytes.count {
      let scalar = scalar()
      offset += scalar?.length ?? 1
      if let scalar, scalar.value == closing || Self.typographicQuotes[scalar.value] == closing { return }
    }
    offset = start
  }

  private static let typographicQuotes: [Unicode.Scalar: Unicode.Scalar] = [
    "\u{201C}": "\u{201D}", "\u{201D}": "\u{201D}", "\u{201E}": "\u{201D}", "\u{201F}": "\u{201D}",
    "\u{00AB}": "\u{00BB}", "\u{00BB}": "\u{00BB}",
    "\u{2018}": "\u{2019}", "\u{2019}": "\u{2019}", "\u{201A}": "\u{2019}", "\u{201B}": "\u{2019}",
  ]

  private static let typographicMarks: [Unicode.Scalar: (Symbol, instead: String)] = [
    "\u{2212}": (.minus, "-"), "\u{2013}": (.minus, "-"), "\u{2014}": (.minus, "-"), "\u{00D7}": (.star, "*"),
    "\u{00F7}": (.slash, "/"), "\u{2260}": (.notEqual, "<>"), "\u{2264}": (.lessOrEqual, "<="),
    "\u{2265}": (.greaterOrEqual, ">="),
  ]

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The scalar at the offset, and its length in bytes; nil where the bytes are no UTF-8 or at the end.
  private func scalar() -> (value: Unicode.Scalar, length: Int)? {
    var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return (scalar, UTF8.width(scalar))
  }
}

/// What can be said about ASCII characters without a meaning, each thing once an expression.
private struct Advice {
  private var given: Set<String> = []

  mutating func insert(_ byte: UInt8) -> (text: String?, isNew: Bool) {
    guard let text = text(byte) else { return (nil, true) }
    return (text, given.insert(text).inserted)
  }

  private func text(_ byte: UInt8) -> String? {
    let choice = "a choice is written if(condition, value, value)"
    return switch Character(Unicode.Scalar(byte)) {
    case ";": "an expression ends without ';'"
    case ".": "a column whose name holds a point stands in double quotes"
    case "[", "]", "{", "}": "a list is written in parentheses, as in x in (1, 2)"
    case "$": "a parameter is written ${name}"
    case "?": choice
    case ":": given.contains(choice) ? choice : "a cast is written x::int"
    case "\\": "a backslash has a meaning inside patterns only"
    default: nil
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  fileprivate var isWordStart: Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 || self == UInt8(ascii: "_")
  }

  fileprivate var isWordPart: Bool { isWordStart || isDigit }
}
