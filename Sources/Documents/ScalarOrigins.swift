import Diagnostics

/// Follows a YAML scalar through its source, to learn where each byte of its value was written.
///
/// libyaml gives the value but not the way there; this walks the same grammar over the same bytes. Where the walk does
/// not arrive at libyaml's value (only known of blocks of nothing but blanks), the bytes are said to stand from where the
/// scalar begins.
struct ScalarOrigins {
  private let source: [UInt8]
  private var at: Int
  private let limit: Int
  private var bytes: [UInt8] = []
  private var runs: [(text: Int, file: Int)] = []

  /// The located text of a scalar that libyaml read as `value` from bytes `lower ..< upper` of `file`, tag and anchor
  /// not among them.
  static func text(
    _ value: [UInt8], style: Node.Scalar.Style, in file: SourceFile, _ lower: Int, _ upper: Int
  ) -> SourceText {
    var origins = ScalarOrigins(source: file.bytes, at: lower, limit: min(upper, file.bytes.count))
    var end = upper
    switch style {
    case .plain: origins.flow(quote: nil, until: origins.limit)
    case .single, .double:
      end = max(lower, upper - 1)
      origins.at = lower + 1
      origins.flow(quote: style == .single ? UInt8(ascii: "'") : UInt8(ascii: "\""), until: end)
    case .literal, .folded: origins.block(value, isFolded: style == .folded)
    }
    if style == .literal || style == .folded { end = origins.lastText ?? min(origins.at, upper) }
    guard origins.bytes == value else {
      let start = style == .single || style == .double ? lower + 1 : lower
      return SourceText(bytes: value, file: file, runs: [(0, start)], end: max(start, end))
    }
    let runs = origins.runs.isEmpty ? [(text: 0, file: min(origins.at, end))] : origins.runs
    return SourceText(bytes: value, file: file, runs: runs, end: end)
  }

  private init(source: [UInt8], at: Int, limit: Int) {
    self.source = source
    self.at = at
    self.limit = limit
  }

  /// Past the last byte that is no line break; nil where there is none.
  private var lastText: Int? {
    guard let index = bytes.lastIndex(where: { $0 != UInt8(ascii: "\n") }),
      let run = runs.last(where: { $0.text <= index })
    else { return nil }
    return run.file + index - run.text + 1
  }

  private func byte(_ offset: Int) -> UInt8 { offset >= 0 && offset < limit ? source[offset] : 0 }

  private func isBlank(_ offset: Int) -> Bool {
    byte(offset) == UInt8(ascii: " ") || byte(offset) == UInt8(ascii: "\t")
  }

  /// Notes that `text` comes from the source at `offset`.
  private mutating func append(_ text: some Collection<UInt8>, from offset: Int) {
    guard !text.isEmpty else { return }
    if runs.last.map({ $0.file - $0.text }) != offset - bytes.count { runs.append((bytes.count, offset)) }
    bytes += text
  }

  /// The line break at `offset`, if one is there: its length, and what YAML makes of it.
  private func lineBreak(_ offset: Int) -> (length: Int, text: [UInt8])? {
    switch byte(offset) {
    case UInt8(ascii: "\r"): return (byte(offset + 1) == UInt8(ascii: "\n") ? 2 : 1, [UInt8(ascii: "\n")])
    case UInt8(ascii: "\n"): return (1, [UInt8(ascii: "\n")])
    case 0xC2 where byte(offset + 1) == 0x85: return (2, [UInt8(ascii: "\n")])
    case 0xE2 where byte(offset + 1) == 0x80 && (0xA8...0xA9).contains(byte(offset + 2)):
      return (3, [0xE2, 0x80, byte(offset + 2)])
    default: return nil
    }
  }
}

/// Plain and quoted scalars.
extension ScalarOrigins {
  private mutating func flow(quote: UInt8?, until end: Int) {
    while at < end {
      let spaces = at
      while at < end, isBlank(at) { at += 1 }
      if at < end, lineBreak(at) != nil {
        fold(until: end)
      } else if at > spaces {
        // Blanks before the end of a plain scalar are not its own.
        if at < end || quote != nil { append(source[spaces..<at], from: spaces) }
      } else if quote == UInt8(ascii: "\""), byte(at) == UInt8(ascii: "\\") {
        escape(until: end)
      } else {
        append([source[at]], from: at)
        at += quote == UInt8(ascii: "'") && byte(at) == UInt8(ascii: "'") ? 2 : 1
      }
    }
  }

  /// A line break becomes a space; each empty line after it a line break.
  private mutating func fold(until end: Int) {
    guard let first = lineBreak(at) else { return }
    let place = at
    at += first.length
    var further: [(offset: Int, text: [UInt8])] = []
    skipBlanks(until: end)
    while at < end, let next = lineBreak(at) {
      further.append((at, next.text))
      at += next.length
      skipBlanks(until: end)
    }
    if first.text != [UInt8(ascii: "\n")] {
      append(first.text, from: place)
    } else if further.isEmpty {
      append([UInt8(ascii: " ")], from: place)
    }
    for line in further { append(line.text, from: line.offset) }
  }

  private mutating func skipBlanks(until end: Int) {
    while at < end, isBlank(at) { at += 1 }
  }

  private mutating func escape(until end: Int) {
    let place = at
    if let line = lineBreak(at + 1) {
      at += 1 + line.length
      skipBlanks(until: end)
      while at < end, let next = lineBreak(at) {
        append(next.text, from: at)
        at += next.length
        skipBlanks(until: end)
      }
      return
    }
    let letter = byte(at + 1)
    let digits = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8][letter] ?? 0
    at += 2 + digits
    var value: UInt32 = Self.escapes[letter] ?? UInt32(letter)
    if digits > 0 {
      let text = String(decoding: source[min(place + 2, limit)..<min(at, limit)], as: UTF8.self)
      value = UInt32(text, radix: 16) ?? 0
    }
    guard let scalar = Unicode.Scalar(value) else { return }
    // A run of its own for the escape, and the next begins after it.
    runs.append((bytes.count, place))
    bytes += String(Character(scalar)).utf8
  }

  private static let escapes: [UInt8: UInt32] = [
    UInt8(ascii: "0"): 0, UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "\t"): 9,
    UInt8(ascii: "n"): 10, UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13, UInt8(ascii: "e"): 27,
    UInt8(ascii: "N"): 0x85, UInt8(ascii: "_"): 0xA0, UInt8(ascii: "L"): 0x2028, UInt8(ascii: "P"): 0x2029,
  ]
}

/// Literal and folded blocks.
extension ScalarOrigins {
  /// The same steps as `yaml_parser_scan_block_scalar`, but for the indentation, which is taken from `value`.
  private mutating func block(_ value: [UInt8], isFolded: Bool) {
    while at < limit, lineBreak(at) == nil { at += 1 }
    at += lineBreak(at)?.length ?? 0
    let indent = indentation(value)
    var held: (offset: Int, text: [UInt8])?
    var empty = emptyLines(indent)
    var wasBlank = false
    while at < limit, bytes.count < value.count {
      let blank = isBlank(at)
      if let held {
        if isFolded, held.text == [UInt8(ascii: "\n")], !wasBlank, !blank {
          if empty.isEmpty { append([UInt8(ascii: " ")], from: held.offset) }
        } else {
          append(held.text, from: held.offset)
        }
      }
      for line in empty { append(line.text, from: line.offset) }
      wasBlank = blank
      let start = at
      while at < limit, lineBreak(at) == nil { at += 1 }
      append(source[start..<at], from: start)
      held = lineBreak(at).map { (at, $0.text) }
      guard bytes.count < value.count, let line = lineBreak(at) else { return }
      at += line.length
      empty = emptyLines(indent)
      if bytes.count + 1 + empty.count >= value.count, isEnd(value, held?.text ?? [], empty) {
        if let held { append(held.text, from: held.offset) }
        for line in empty where bytes.count < value.count { append(line.text, from: line.offset) }
        return
      }
    }
    for line in empty where bytes.count < value.count { append(line.text, from: line.offset) }
  }

  /// Whether what is left of `value` is only the kept line breaks at a block's end.
  private func isEnd(_ value: [UInt8], _ held: [UInt8], _ empty: [(offset: Int, text: [UInt8])]) -> Bool {
    let rest = value[bytes.count...]
    return (held + empty.flatMap(\.text)).starts(with: rest) && rest.allSatisfy { $0 == UInt8(ascii: "\n") }
  }

  /// Passes the indentation and any lines that hold nothing else.
  private mutating func emptyLines(_ indent: Int) -> [(offset: Int, text: [UInt8])] {
    var lines: [(offset: Int, text: [UInt8])] = []
    while at < limit {
      let start = at
      while at < limit, at - start < indent, byte(at) == UInt8(ascii: " ") { at += 1 }
      guard let line = lineBreak(at) else { break }
      lines.append((at, line.text))
      at += line.length
    }
    return lines
  }

  /// Spaces that the source has before its first line of text and `value` has not.
  private func indentation(_ value: [UInt8]) -> Int {
    func spaces(_ bytes: ArraySlice<UInt8>) -> Int? {
      var count = 0
      for byte in bytes {
        switch byte {
        case UInt8(ascii: " "): count += 1
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): count = 0
        default: return count
        }
      }
      return nil
    }
    guard let written = spaces(source[min(at, limit)..<limit]), let kept = spaces(value[...]) else { return Int.max }
    return max(0, written - kept)
  }
}
