import Diagnostics

/// The classic slips: a text that means one thing to its author and another to YAML. Each is answered with the line as
/// it should stand.
enum Slip {
  case quote, key, reserved(Character), alias, block(Character), list, mapping, colon, comment
  case bracket(Character), comma, escape(String), control(String)

  var message: String {
    switch self {
    case .quote: "YAML takes the first quote for its own, and ends the value at the second"
    case .key: "YAML takes this for a second key, and one line of a mapping has one"
    case .reserved(let character): "no YAML value can begin with '\(character)'"
    case .alias: "YAML takes the '*' for an alias"
    case .block(let character): "YAML takes the '\(character)' for the start of a text block"
    case .list: "YAML takes the '[' for the start of a list"
    case .mapping: "YAML takes the '{' for the start of a mapping"
    case .colon: "YAML takes the ': ' for the end of a key"
    case .comment: "YAML takes the ' #' for the start of a comment"
    case .bracket(let character): "inside {} and [] YAML takes a '\(character)' for its own"
    case .comma: "inside {} and [] YAML splits a value at its comma"
    case .escape(let text): "in double quotes YAML takes '\(text)' for an escape, and knows none such"
    case .control(let text): "in double quotes YAML makes one character of '\(text)'"
    }
  }
}

/// A slip that was found: bytes `lower ..< upper` of the file should read `replacement`.
struct FoundSlip {
  let slip: Slip
  let lower: Int
  let upper: Int
  let replacement: String

  init(_ slip: Slip, _ lower: Int, _ upper: Int, in file: SourceFile, replacement: String? = nil) {
    self.slip = slip
    self.lower = lower
    self.upper = upper
    self.replacement = replacement ?? quoted(file.text(lower, upper))
  }

  /// What to say of each of the slips of a line, or of lines in a row; the corrected line has none of them left.
  static func diagnostics(_ all: [FoundSlip], in file: SourceFile) -> [Diagnostic] {
    let line = corrected(file, all.map { ($0.lower, $0.upper, $0.replacement) })
    return all.map { found in
      Diagnostic(
        "yaml-slip", .error, found.slip.message, at: SourceRange(file, found.lower, found.upper),
        help: "write: " + (line ?? found.replacement))
    }
  }
}

/// `text` in the quotes that leave it as it is.
func quoted(_ text: String) -> String {
  if !text.contains("\""), !text.contains("\\") { return "\"\(text)\"" }
  var doubled = ""
  for character in text { doubled += character == "'" ? "''" : String(character) }
  return "'\(doubled)'"
}

/// The line on which the first edit begins, without its indentation, with `edits` made; they ascend and do not overlap.
/// Nil for a line that is too long to be shown: many errors in it would each copy it.
func corrected(_ file: SourceFile, _ edits: [(lower: Int, upper: Int, text: String)]) -> String? {
  let longest = 1_000
  guard let first = edits.first, let last = edits.last else { return nil }
  var at = file.lineBounds(file.lineIndex(of: first.lower)).lowerBound
  guard file.lineBounds(file.lineIndex(of: last.upper)).upperBound - at <= longest else { return nil }
  while at < first.lower, file.bytes[at] == UInt8(ascii: " ") || file.bytes[at] == UInt8(ascii: "\t") { at += 1 }
  var line = ""
  for edit in edits {
    line += file.text(at, edit.lower) + edit.text
    at = edit.upper
  }
  return line + file.text(at, file.lineBounds(file.lineIndex(of: last.upper)).upperBound)
}

/// Whether a quote or bracket that `bytes` opens is still open at their end. An apostrophe within a word opens nothing.
func isOpen(_ bytes: some Sequence<UInt8>) -> Bool {
  var scan = Nesting()
  for byte in bytes { scan.take(byte) }
  return scan.isOpen
}

/// Follows quotes and brackets through an expression.
struct Nesting {
  private(set) var depth = 0
  private(set) var quote: UInt8?
  private var last: UInt8 = 0

  var isOpen: Bool { depth > 0 || quote != nil }

  mutating func take(_ byte: UInt8) {
    defer { last = byte }
    if let open = quote {
      if byte == open { quote = nil }
      return
    }
    switch byte {
    case UInt8(ascii: "'") where !isWord(last), UInt8(ascii: "\""): quote = byte
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
    default: break
    }
  }
}

func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
    true
  default: false
  }
}

/// `{score: decimal(6, 2)}`, which YAML reads as two keys, `[decimal(6, 2)]` as two elements.
enum CommaSlip {
  /// The entries without those that are pieces of another's value; that value is unknown then, and reported.
  static func repaired(
    _ entries: [Node.Entry], in range: SourceRange, _ diagnostics: inout Diagnostics
  ) -> [Node.Entry] {
    var kept: [Node.Entry] = []
    var found: [FoundSlip] = []
    var rest = entries[...]
    while let entry = rest.popFirst() {
      guard let upper = pieces(entry.value, rest.lazy.map { $0.value.isNothing ? $0.key : nil }) else {
        kept.append(entry)
        continue
      }
      rest.removeFirst(upper.count)
      found.append(FoundSlip(.comma, entry.value.range.lower, upper.end, in: range.file))
      kept.append(Node.Entry(name: entry.name, key: entry.key, value: Node(.unknown, at: entry.value.range)))
    }
    FoundSlip.diagnostics(found, in: range.file).forEach { diagnostics.report($0) }
    return kept
  }

  static func repaired(_ elements: [Node], in range: SourceRange, _ diagnostics: inout Diagnostics) -> [Node] {
    var kept: [Node] = []
    var found: [FoundSlip] = []
    var rest = elements[...]
    while let element = rest.popFirst() {
      guard let upper = pieces(element, rest.lazy.map { $0 }) else {
        kept.append(element)
        continue
      }
      rest.removeFirst(upper.count)
      found.append(FoundSlip(.comma, element.range.lower, upper.end, in: range.file))
      kept.append(Node(.unknown, at: element.range))
    }
    FoundSlip.diagnostics(found, in: range.file).forEach { diagnostics.report($0) }
    return kept
  }

  /// How many of `following` belong to what `first` leaves open (`name(…`), and where they end.
  private static func pieces(_ first: Node, _ following: some Sequence<Node?>) -> (count: Int, end: Int)? {
    guard let scalar = first.scalar, scalar.style == .plain, opensCall(scalar.text.bytes) else { return nil }
    var scan = Nesting()
    scalar.text.bytes.forEach { scan.take($0) }
    guard scan.depth > 0 else { return nil }
    var count = 0
    for case let piece? in following {
      guard let text = piece.scalar, text.style == .plain else { return nil }
      scan.take(UInt8(ascii: ","))
      text.text.bytes.forEach { scan.take($0) }
      count += 1
      if !scan.isOpen { return (count, piece.range.upper) }
    }
    return nil
  }

  private static func opensCall(_ bytes: [UInt8]) -> Bool {
    bytes.indices.dropFirst().contains { bytes[$0] == UInt8(ascii: "(") && isWord(bytes[$0 - 1]) }
  }
}
