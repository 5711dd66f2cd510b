import Diagnostics

/// Looks for slips in one line of a file that YAML could not read, from the text alone.
struct LineSlips {
  private let file: SourceFile
  private let bytes: [UInt8]
  private var found: [FoundSlip] = []

  /// What to say of the line's first slip; nil where none is seen.
  static func diagnostic(line: Int, in file: SourceFile) -> Diagnostic? {
    var slips = LineSlips(file: file, bytes: file.bytes)
    let bounds = file.lineBounds(line)
    slips.scan(bounds.lowerBound, bounds.upperBound)
    return FoundSlip.diagnostics(slips.found, in: file).first
  }

  private init(file: SourceFile, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  private func isBlank(_ at: Int) -> Bool { bytes[at] == UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "\t") }

  private func trimmed(_ lower: Int, _ upper: Int) -> Range<Int> {
    var lower = lower
    var upper = upper
    while lower < upper, isBlank(lower) { lower += 1 }
    while lower < upper, isBlank(upper - 1) { upper -= 1 }
    return lower..<upper
  }

  private mutating func scan(_ lower: Int, _ upper: Int) {
    var line = trimmed(lower, upper)
    while line.count > 1, bytes[line.lowerBound] == UInt8(ascii: "-"), isBlank(line.lowerBound + 1) {
      line = trimmed(line.lowerBound + 1, line.upperBound)
    }
    let value = afterKey(line).map { trimmed($0, line.upperBound) } ?? line
    check(value, isInFlow: false)
  }

  /// Where the value begins, if a key stands first.
  private func afterKey(_ part: Range<Int>) -> Int? {
    guard let first = part.first, !"{[#".utf8.contains(bytes[first]) else { return nil }
    var at = first
    if bytes[first] == UInt8(ascii: "'") || bytes[first] == UInt8(ascii: "\"") {
      guard let close = closingQuote(part) else { return nil }
      at = trimmed(close + 1, part.upperBound).lowerBound
      return at < part.upperBound && isColon(at, part.upperBound) ? at + 1 : nil
    }
    while at < part.upperBound, !isColon(at, part.upperBound) { at += 1 }
    return at < part.upperBound && !isOpen(bytes[first..<at]) ? at + 1 : nil
  }

  private func isColon(_ at: Int, _ upper: Int) -> Bool {
    bytes[at] == UInt8(ascii: ":") && (at + 1 == upper || isBlank(at + 1))
  }

  /// The quote that ends the quoted text with which `part` begins.
  private func closingQuote(_ part: Range<Int>) -> Int? {
    let quote = bytes[part.lowerBound]
    var at = part.lowerBound + 1
    while at < part.upperBound {
      if bytes[at] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        at += 2
      } else if bytes[at] != quote {
        at += 1
      } else if quote == UInt8(ascii: "'"), at + 1 < part.upperBound, bytes[at + 1] == quote {
        at += 2
      } else {
        return at
      }
    }
    return nil
  }

  private mutating func note(_ slip: Slip, _ part: Range<Int>, replacement: String? = nil) {
    found.append(FoundSlip(slip, part.lowerBound, part.upperBound, in: file, replacement: replacement))
  }

  private mutating func check(_ value: Range<Int>, isInFlow: Bool) {
    guard let first = value.first else { return }
    let whole = value.lowerBound..<commentCut(value)
    let character = Character(Unicode.Scalar(bytes[first]))
    switch character {
    case "#": break
    case "'", "\"": checkQuoted(value)
    case "`", "%", "@": note(.reserved(character), whole)
    case "*":
      let name = bytes[(first + 1)..<whole.upperBound]
      if name.isEmpty || !name.allSatisfy({ isWord($0) || $0 == UInt8(ascii: "-") }) { note(.alias, whole) }
    case "|", ">":
      if isInFlow || !isBlockHeader(whole) { note(.block(character), whole) }
    case "[", "{": checkCollection(whole, isMapping: character == "{")
    default: checkPlain(value, isInFlow: isInFlow)
    }
  }

  private func isBlockHeader(_ part: Range<Int>) -> Bool {
    bytes[part].dropFirst().allSatisfy { "+-0123456789".utf8.contains($0) }
  }

  /// Where a comment begins after the value, its quotes and brackets being closed; else the value's end.
  private func commentCut(_ value: Range<Int>) -> Int {
    var scan = Nesting()
    for at in value {
      if bytes[at] == UInt8(ascii: "#"), at > value.lowerBound, isBlank(at - 1), !scan.isOpen {
        return trimmed(value.lowerBound, at).upperBound
      }
      scan.take(bytes[at])
    }
    return value.upperBound
  }

  private mutating func checkQuoted(_ value: Range<Int>) {
    guard let close = closingQuote(value) else { return }
    let inner = (value.lowerBound + 1)..<close
    let rest = trimmed(close + 1, value.upperBound)
    if let escape = unknownEscape(inner), bytes[value.lowerBound] == UInt8(ascii: "\"") {
      let raw = file.text(inner.lowerBound, inner.upperBound)
      note(.escape(escape), value.lowerBound..<(close + 1), replacement: quoted(raw))
    } else if let next = rest.first, isColon(next, value.upperBound) {
      let whole = value.lowerBound..<commentCut(value)
      note(.key, whole, replacement: "{\(file.text(whole.lowerBound, whole.upperBound))}")
    } else if let next = rest.first, bytes[next] != UInt8(ascii: "#") || next == close + 1 {
      note(.quote, value.lowerBound..<commentCut(value))
    }
  }

  private func unknownEscape(_ part: Range<Int>) -> String? {
    var at = part.lowerBound
    while at + 1 < part.upperBound {
      guard bytes[at] == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      if !"0abt\tnvfre \"/\\N_LPxuU".utf8.contains(bytes[at + 1]) { return file.text(at, at + 2) }
      at += 2
    }
    return nil
  }

  private mutating func checkCollection(_ value: Range<Int>, isMapping: Bool) {
    var scan = Nesting()
    var pieces: [Range<Int>] = []
    var start = value.lowerBound + 1
    for at in value {
      if bytes[at] == UInt8(ascii: ","), scan.depth == 1, scan.quote == nil {
        pieces.append(trimmed(start, at))
        start = at + 1
      }
      scan.take(bytes[at])
      guard scan.depth == 0 else { continue }
      if at + 1 < value.upperBound, !isFlowEnd(at + 1) {
        note(isMapping ? .mapping : .list, value)
        return
      }
      pieces.append(trimmed(start, at))
      start = value.upperBound
      break
    }
    if start < value.upperBound { pieces.append(trimmed(start, value.upperBound)) }
    for piece in pieces {
      if let after = afterKey(piece) {
        check(trimmed(after, piece.upperBound), isInFlow: true)
      } else if !isMapping {
        check(piece, isInFlow: true)
      }
    }
  }

  private func isFlowEnd(_ at: Int) -> Bool { ",]}".utf8.contains(bytes[at]) }

  private mutating func checkPlain(_ value: Range<Int>, isInFlow: Bool) {
    let whole = value.lowerBound..<commentCut(value)
    for at in whole {
      switch bytes[at] {
      case UInt8(ascii: ":") where isColon(at, whole.upperBound):
        return note(.colon, whole)
      case UInt8(ascii: "#") where at > whole.lowerBound && isBlank(at - 1):
        return note(.comment, whole)
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        if isInFlow { return note(.bracket(Character(Unicode.Scalar(bytes[at]))), whole) }
      case UInt8(ascii: ","):
        if isInFlow { return note(.comma, whole) }
      default: break
      }
    }
  }
}
