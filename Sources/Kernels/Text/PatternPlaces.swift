import Columns

/// What is asked of the matches one after the other. They follow each other without overlap; an empty one right after
/// another is passed over, as in RE2. A text that takes too many steps fails with `.patternLimit`.
extension Pattern {
  /// How many matches a text has.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* integers (int64).
  package func count(_ x: Column, in store: ByteStore) -> Column {
    integers([x], store) { session, text, _ in
      var total: Int64 = 0
      let outcome = session.forEachMatch(in: text, from: 0) { _ in
        total &+= 1
        return true
      }
      return outcome == .limit ? nil : total
    } text: { [texts = x.textOperand] in
      texts[$0]
    }
  }

  /// Where the first match begins, counted in scalars from 1; 0 where there is none.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - from: *n* integers: where to begin to look, from 1, negative from the end.
  package func position(_ x: Column, from: Column, in store: ByteStore) -> Column {
    let starts = from.integerOperand
    return integers([x, from], store) { session, text, row in
      let start = Int(starts[row])
      let origin = start < 0 ? text.start(ofLast: start) : text.end(ofFirst: max(start, 1) &- 1)
      if start > 1, origin == text.count, text.scalars < start &- 1 { return 0 }
      switch session.match(text, from: origin) {
      case .none: return 0
      case .limit: return nil
      case .found:
        return Int64(TextBytes(text.start, session.range(of: 0, in: text).lowerBound).scalars &+ 1)
      }
    } text: { [texts = x.textOperand] in
      texts[$0]
    }
  }

  @inline(__always)
  private func integers(
    _ arguments: [Column], _ store: ByteStore,
    _ value: (inout PatternSession, TextBytes, Int) -> Int64?, text span: (Int) -> TextSpan
  ) -> Column {
    guard var session = PatternSession(code) else {
      return .failing(
        .int64, .patternLimit, count: arguments.first?.count ?? 0, states: .strict(arguments))
    }
    let base = UnsafeRawPointer(store.base)
    return Text.counted(arguments) { row in
      let span = span(row)
      let text = TextBytes(base + Int(span.offset), Int(span.length))
      guard text.isUTF8 else { return Checked(0) }
      let found = value(&session, text, row)
      return Checked(found ?? 0, found == nil, .patternLimit)
    }
  }

  /// One of the parts between matches, counted from 1, negative from the end. An empty match divides nothing.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - index: *n* integers.
  /// - Returns: *n* texts, parts of `x`; empty where there is no such part.
  package func splitPart(_ x: Column, _ index: Column, in store: ByteStore) -> Column {
    guard var session = PatternSession(code) else { return failed(TextRows(strict: [x, index])) }
    let (texts, indices) = (x.textOperand, index.integerOperand)
    return Text.written([x, index], in: store) { row, writer in
      let span = texts[row]
      let text = writer.bytes(span)
      var wanted = Int(indices[row])
      // No text has as many parts as bytes and one more.
      guard wanted != 0, wanted <= text.count &+ 1, wanted >= -text.count &- 1, text.isUTF8 else {
        return Checked(.empty)
      }
      if wanted < 0 {
        var parts = 1
        let outcome = session.forEachMatch(in: text, from: 0) {
          if !$0.isEmpty { parts &+= 1 }
          return true
        }
        if outcome == .limit { return .fault(.patternLimit) }
        wanted &+= parts &+ 1
        if wanted < 1 { return Checked(.empty) }
      }
      var (start, end, number) = (0, -1, 1)
      let outcome = session.forEachMatch(in: text, from: 0) { match in
        if match.isEmpty { return true }
        if number == wanted {
          end = match.lowerBound
          return false
        }
        number &+= 1
        start = match.upperBound
        return true
      }
      if outcome == .limit { return .fault(.patternLimit) }
      if number < wanted { return Checked(.empty) }
      return Checked(span.part(start, end < 0 ? text.count : end))
    }
  }
}

extension PatternSession {
  /// Calls `body` with each match at or after `origin`, until it says false.
  ///
  /// - Returns: `.limit` where the text took too many steps.
  @inline(__always)
  mutating func forEachMatch(in text: TextBytes, from origin: Int, _ body: (Range<Int>) -> Bool) -> Outcome {
    var (position, lastEnd) = (origin, -1)
    while true {
      let outcome = match(text, from: position)
      guard outcome == .found else { return outcome }
      let match = range(of: 0, in: text)
      if match.isEmpty, match.lowerBound == lastEnd {
        if position >= text.count { return .none }
        position = text.offset(skipping: 1, from: position)
        continue
      }
      // A `\K` in a look-behind may go back.
      guard match.upperBound >= position, body(match) else { return .found }
      (position, lastEnd) = (match.upperBound, match.upperBound)
    }
  }
}
