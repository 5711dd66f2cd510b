import Columns

extension Pattern {
  /// What is wrong with a template for `replace`; nil where nothing is.
  package func fault(inTemplate template: [UInt8]) -> PatternError? {
    var index = 0
    while index < template.count {
      defer { index += 1 }
      guard template[index] == UInt8(ascii: "\\") else { continue }
      let next = index + 1 < template.count ? template[index + 1] : 0
      if next == UInt8(ascii: "\\") {
        index += 1
      } else if next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") {
        if Int(next) - 48 > groupCount {
          let groups = groupCount == 1 ? "1 group" : "\(groupCount) groups"
          return PatternError(offset: index, message: "the pattern has only \(groups)")
        }
        index += 1
      } else {
        return PatternError(offset: index, message: "a backslash stands before a digit or a backslash only")
      }
    }
    return nil
  }

  /// The texts with the first match, or all, replaced.
  ///
  /// Matches follow each other without overlap, and an empty one right after another match is passed over, as in RE2.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - template: UTF-8. `\0` is the match, `\1`…`\9` are its groups (empty where they took no part), `\\` is a
  ///     backslash; see `fault(inTemplate:)` for what else is refused, which stands for nothing here.
  /// - Returns: *n* texts; those without a match are their arguments. A text that takes too many steps fails with
  ///   `.patternLimit`.
  /// - Source: DuckDB's `regexp_replace`.
  package func replace(_ x: Column, with template: [UInt8], all: Bool, in store: ByteStore) -> Column {
    let rows = TextRows(strict: [x])
    let texts = x.texts
    let cells = Cells(texts.span, isConstant: x.isConstant)
    guard var session = PatternSession(code) else { return failed(rows) }
    let replacement = Replacement(template, groupCount: groupCount)
    var writer = TextWriter(store)
    var faults = TextFaults(count: x.count)
    let values = rows.texts { row in
      let span = cells[row]
      guard writer.bytes(span).isUTF8 else { return span }
      switch session.match(writer.bytes(span), from: 0) {
      case .none: return span
      case .limit: faults.insert(row, .patternLimit)
      case .found:
        let start = writer.count
        switch replacement.write(span, &session, &writer, all: all) {
        case nil: return writer.count == start ? .empty : writer.span(from: start)
        case let kind?:
          writer.truncate(to: start)
          faults.insert(row, kind)
        }
      }
      return .empty
    }
    writer.finish()
    return rows.column(.string, values, faults)
  }
}

/// A template, taken apart once.
private struct Replacement {
  /// Texts and numbers of groups in turn: `texts[0]`, group `groups[0]`, `texts[1]`, …
  private var texts: [[UInt8]] = []
  private var groups: [Int] = []

  init(_ template: [UInt8], groupCount: Int) {
    var text: [UInt8] = []
    var index = 0
    while index < template.count {
      if template[index] == UInt8(ascii: "\\"), index + 1 < template.count {
        index += 1
        let next = template[index]
        if next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") {
          if Int(next) - 48 <= groupCount {
            texts.append(text)
            groups.append(Int(next) - 48)
            text = []
          }
        } else if next == UInt8(ascii: "\\") {
          text.append(next)
        }
      } else if template[index] != UInt8(ascii: "\\") {
        text.append(template[index])
      }
      index += 1
    }
    texts.append(text)
  }

  /// Writes `span` with its matches replaced, of which the session holds the first; why it failed, if it did.
  func write(
    _ span: TextSpan, _ session: inout PatternSession, _ writer: inout TextWriter, all: Bool
  ) -> FailureKind? {
    let count = Int(span.length)
    // Bytes before `done` are written; a match is looked for from `position` on.
    var (done, position, lastEnd) = (0, 0, -1)
    var outcome = PatternSession.Outcome.found
    while outcome == .found {
      let match = session.range(of: 0, in: writer.bytes(span))
      if match.isEmpty, match.lowerBound == lastEnd {
        if position >= count { break }
        position = writer.bytes(span).offset(skipping: 1, from: position)
      } else {
        guard match.lowerBound >= done else { break }
        guard copy(span, done..<match.lowerBound, &writer), insert(span, session, &writer) else { return .tooLong }
        done = match.upperBound
        (position, lastEnd) = (done, done)
        if !all { break }
      }
      outcome = session.match(writer.bytes(span), from: position)
    }
    if outcome == .limit { return .patternLimit }
    return copy(span, done..<count, &writer) ? nil : .tooLong
  }

  private func copy(_ span: TextSpan, _ range: Range<Int>, _ writer: inout TextWriter) -> Bool {
    guard writer.reserve(range.count) else { return false }
    writer.append(TextBytes(writer.bytes(span).start + range.lowerBound, range.count))
    return true
  }

  private func insert(_ span: TextSpan, _ session: borrowing PatternSession, _ writer: inout TextWriter) -> Bool {
    for index in texts.indices {
      guard writer.reserve(texts[index].count) else { return false }
      texts[index].withUnsafeBytes { bytes in
        if let start = bytes.baseAddress { writer.appendExactly(start, bytes.count) }
      }
      if index < groups.count, !copy(span, session.range(of: groups[index], in: writer.bytes(span)), &writer) {
        return false
      }
    }
    return true
  }
}
