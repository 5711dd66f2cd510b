/// The part of PCRE2's language that describes a regular set of texts, as a tree.
///
/// Anything else, and anything of which there could be doubt what PCRE2 makes of it, is declined.
indirect enum AutomatonTree: Sendable {
  /// One scalar out of ascending ranges.
  case scalar([ClosedRange<UInt32>])
  case sequence([AutomatonTree])
  case alternatives([AutomatonTree])
  /// From `least` to `most` times; nil for any number.
  case repeated(AutomatonTree, least: Int, most: Int?)

  static let anyScalar = AutomatonTree.scalar([0...0x10_FFFF])
}

/// Reads a pattern that PCRE2 has compiled already, so that it is known to be well formed.
struct AutomatonSyntax {
  struct Declined: Error {}

  private static let largestRepeat = 1000
  private static let deepest = 50

  private let bytes: [UInt8]
  private let ignoresCase: Bool
  private var position = 0
  private var depth = 0
  /// True when the pattern begins with `^` or ends with `$`.
  private(set) var isAnchoredAtStart = false
  private(set) var isAnchoredAtEnd = false

  init(_ bytes: [UInt8], ignoringCase: Bool) {
    self.bytes = bytes
    ignoresCase = ignoringCase
  }

  /// The tree of the whole pattern, its anchors apart.
  mutating func parse() throws(Declined) -> AutomatonTree {
    if take("^") { isAnchoredAtStart = true }
    let branches = try parseBranches()
    guard position == bytes.count, branches.count == 1 || !isAnchoredAtStart && !isAnchoredAtEnd else {
      throw Declined()
    }
    return .alternatives(branches)
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    position + ahead < bytes.count ? bytes[position + ahead] : nil
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard let byte = peek(), byte == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func parseBranches() throws(Declined) -> [AutomatonTree] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw Declined() }
    var branches = [try parseSequence()]
    while take("|") { branches.append(try parseSequence()) }
    return branches
  }

  private mutating func parseSequence() throws(Declined) -> AutomatonTree {
    var items: [AutomatonTree] = []
    while let byte = peek(), byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      if byte == UInt8(ascii: "$") {
        guard depth == 1, position + 1 == bytes.count else { throw Declined() }
        position += 1
        isAnchoredAtEnd = true
        break
      }
      items.append(try parseQuantifiers(of: try parseItem(byte)))
    }
    return .sequence(items)
  }

  private mutating func parseItem(_ byte: UInt8) throws(Declined) -> AutomatonTree {
    switch byte {
    case UInt8(ascii: "("): return try parseGroup()
    case UInt8(ascii: "["):
      position += 1
      return .scalar(try parseClass())
    case UInt8(ascii: "."):
      position += 1
      return .scalar(ScalarRanges.inverted([0x0A...0x0A]))
    case UInt8(ascii: "\\"):
      position += 1
      if let ranges = takeClassEscape() { return .scalar(ranges) }
      return .scalar(try folded(try takeEscape()))
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"), UInt8(ascii: "^"):
      throw Declined()
    default:
      return .scalar(try folded(try takeScalar()))
    }
  }

  private mutating func parseGroup() throws(Declined) -> AutomatonTree {
    position += 1
    if peek() == UInt8(ascii: "*") { throw Declined() }
    if take("?") {
      if !take(":") {
        _ = take("P")
        guard take("<"), let first = peek(), Self.isWord(first) else { throw Declined() }
        while let next = peek(), Self.isWord(next) { position += 1 }
        guard take(">") else { throw Declined() }
      }
    }
    let branches = try parseBranches()
    guard take(")") else { throw Declined() }
    return .alternatives(branches)
  }

  private mutating func parseQuantifiers(of item: AutomatonTree) throws(Declined) -> AutomatonTree {
    var (least, most): (Int, Int?) = (1, 1)
    if take("*") {
      (least, most) = (0, nil)
    } else if take("+") {
      (least, most) = (1, nil)
    } else if take("?") {
      (least, most) = (0, 1)
    } else if take("{") {
      least = try takeNumber()
      most = least
      if take(",") { most = peek() == UInt8(ascii: "}") ? nil : try takeNumber() }
      guard take("}"), most ?? least >= least else { throw Declined() }
    } else {
      return item
    }
    // A lazy repeat matches the same texts; a possessive one, or a repeat of a repeat, does not.
    _ = take("?")
    if let next = peek(), [UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{")].contains(next) {
      throw Declined()
    }
    return .repeated(item, least: least, most: most)
  }

  private mutating func takeNumber() throws(Declined) -> Int {
    var value = 0
    let start = position
    while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      value = value * 10 + Int(byte) - 48
      position += 1
      guard value <= Self.largestRepeat else { throw Declined() }
    }
    guard position > start else { throw Declined() }
    return value
  }

  private mutating func takeScalar() throws(Declined) -> UInt32 {
    var decoder = UTF8()
    var source = bytes[position...].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&source) else { throw Declined() }
    position += UTF8.width(scalar)
    return scalar.value
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_")
  }

  /// The scalar of an escape such as `\.`, of which the backslash is taken.
  private mutating func takeEscape() throws(Declined) -> UInt32 {
    guard let byte = peek() else { throw Declined() }
    position += 1
    switch byte {
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "_"): return UInt32(byte)
    default:
      guard byte > 0x20, byte < 0x7F, !Self.isWord(byte) else { throw Declined() }
      return UInt32(byte)
    }
  }

  /// The scalars of `\d`, `\w`, `\s` and their opposites, of which the backslash is taken.
  private mutating func takeClassEscape() -> [ClosedRange<UInt32>]? {
    guard let byte = peek() else { return nil }
    let ranges: [ClosedRange<UInt32>]
    switch byte | 0x20 {
    case UInt8(ascii: "d"): ranges = [0x30...0x39]
    case UInt8(ascii: "w"): ranges = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    case UInt8(ascii: "s"): ranges = [0x09...0x0D, 0x20...0x20]
    default: return nil
    }
    position += 1
    return byte & 0x20 == 0 ? ScalarRanges.inverted(ranges) : ranges
  }

  /// A class, of which the `[` is taken.
  private mutating func parseClass() throws(Declined) -> [ClosedRange<UInt32>] {
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while true {
      guard let byte = peek() else { throw Declined() }
      if byte == UInt8(ascii: "]"), !isFirst { break }
      isFirst = false
      if byte == UInt8(ascii: "["), let next = peek(1), [0x3A, 0x2E, 0x3D].contains(next) { throw Declined() }
      if byte == UInt8(ascii: "\\") {
        position += 1
        if let escaped = takeClassEscape() {
          ranges += escaped
          if peek() == UInt8(ascii: "-"), peek(1) != UInt8(ascii: "]") { throw Declined() }
          continue
        }
      }
      ranges += try parseClassRange(isEscaped: byte == UInt8(ascii: "\\"))
    }
    position += 1
    let merged = ScalarRanges.merged(ranges)
    return isNegated ? ScalarRanges.inverted(merged) : merged
  }

  private mutating func parseClassRange(isEscaped: Bool) throws(Declined) -> [ClosedRange<UInt32>] {
    let low = isEscaped ? try takeEscape() : try takeScalar()
    guard peek() == UInt8(ascii: "-"), let next = peek(1), next != UInt8(ascii: "]") else { return try folded(low) }
    position += 1
    if next == UInt8(ascii: "[") { throw Declined() }
    let high = take("\\") ? try takeEscape() : try takeScalar()
    guard low <= high else { throw Declined() }
    if !ignoresCase { return [low...high] }
    guard high < 0x80 else { throw Declined() }
    var ranges: [ClosedRange<UInt32>] = []
    for value in low...high { ranges += try folded(value) }
    return ranges
  }

  /// A scalar, and where case is ignored those that differ from it in nothing else.
  private func folded(_ value: UInt32) throws(Declined) -> [ClosedRange<UInt32>] {
    guard ignoresCase else { return [value...value] }
    // Of the letters past ASCII only these two fold to ones in ASCII.
    guard value < 0x80 else { throw Declined() }
    let lower = value | 0x20
    guard lower >= 0x61, lower <= 0x7A else { return [value...value] }
    var ranges = [(lower ^ 0x20)...(lower ^ 0x20), lower...lower]
    if lower == 0x6B { ranges.append(0x212A...0x212A) }
    if lower == 0x73 { ranges.append(0x017F...0x017F) }
    return ranges
  }
}
