import Columns

extension Pattern {
  /// True where a text matches.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - rows: The rows that need an answer; nil for all. Others are false, and never fail.
  /// - Returns: *n* booleans. A text that takes too many steps fails with `.patternLimit`.
  package func matches(_ x: Column, in store: ByteStore, rows wanted: Bitmap?) -> Column {
    let rows = TextRows(strict: [x])
    let texts = x.texts
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let base = UnsafeRawPointer(store.base)
    if let automaton {
      let values = automaton.withRunner { runner in
        rows.bits(wanted: wanted) { row in
          let span = cells[row]
          return runner.accepts(TextBytes(base + Int(span.offset), Int(span.length)))
        }
      }
      return rows.column(.bool, values)
    }
    var faults = TextFaults(count: x.count)
    guard var session = PatternSession(code) else {
      return failed(rows, .bool, .bits(Bitmap(repeating: false, count: x.count)))
    }
    let values = rows.bits(wanted: wanted) { row in
      let span = cells[row]
      let text = TextBytes(base + Int(span.offset), Int(span.length))
      guard text.isUTF8 else { return false }
      switch session.match(text, from: 0) {
      case .found: return true
      case .none: return false
      case .limit:
        faults.insert(row, .patternLimit)
        return false
      }
    }
    return rows.column(.bool, values, faults)
  }

  /// What a group matched, in the first match.
  ///
  /// - Parameters:
  ///   - x: *n* texts.
  ///   - group: 0 for the whole match.
  /// - Returns: *n* texts, parts of `x`: empty where there is no match, the group took no part in it, or there is no
  ///   such group. A text that takes too many steps fails with `.patternLimit`.
  /// - Source: `regexp_extract` of DuckDB and Spark.
  package func extract(_ x: Column, group: Int, in store: ByteStore) -> Column {
    let rows = TextRows(strict: [x])
    let texts = x.texts
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let base = UnsafeRawPointer(store.base)
    guard var session = PatternSession(code) else { return failed(rows) }
    let isKnown = group >= 0 && group <= groupCount
    var faults = TextFaults(count: x.count)
    let values = rows.texts { row in
      let span = cells[row]
      let text = TextBytes(base + Int(span.offset), Int(span.length))
      guard isKnown, text.isUTF8 else { return .empty }
      switch session.match(text, from: 0) {
      case .found: return span.part(session.range(of: group, in: text))
      case .none: return .empty
      case .limit:
        faults.insert(row, .patternLimit)
        return .empty
      }
    }
    return rows.column(.string, values, faults)
  }

  /// Every row that is present, failed: for want of memory.
  func failed(_ rows: TextRows, _ type: DataType, _ nothing: Values) -> Column {
    var states = rows.states
    var fresh = Failures(count: rows.count)
    (states.validity ?? Bitmap(repeating: true, count: rows.count)).forEachSet { fresh.insert($0, .patternLimit) }
    states.fail(fresh)
    return Column(type, nothing, count: rows.count, states: states)
  }

  func failed(_ rows: TextRows) -> Column {
    failed(rows, .string, .texts(ContiguousArray(repeating: .empty, count: rows.count)))
  }
}

extension PatternSession {
  /// The bytes of a group in the match that was just found; none where it took no part.
  @inline(__always)
  func range(of group: Int, in text: TextBytes) -> Range<Int> {
    let (start, end) = (offsets[group &* 2], offsets[group &* 2 &+ 1])
    // A `\K` may put the start after the end.
    return start >= 0 && start <= end && end <= text.count ? start..<end : 0..<0
  }
}

extension TextSpan {
  @inline(__always)
  func part(_ range: Range<Int>) -> TextSpan { part(range.lowerBound, range.upperBound) }
}
