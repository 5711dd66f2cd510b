import Columns

extension Text {
  /// True where the whole text matches the pattern.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* booleans.
  /// - Complexity: O(bytes) for patterns without `_`; at worst O(bytes × length of the pattern) with it. One that ignores
  ///   case needs scratch memory for the longest text.
  package static func like(_ x: Column, pattern: LikePattern, in store: ByteStore) -> Column {
    let rows = TextRows(strict: [x])
    let texts = x.texts
    let cells = Cells(texts.span, isConstant: x.isConstant)
    let base = UnsafeRawPointer(store.base)
    let values: Values = pattern.withMatcher { matcher in
      if pattern.ignoresCase {
        var scratch = CaseScratch()
        return rows.bits { row in
          let span = cells[row]
          let text = TextBytes(base + Int(span.offset), Int(span.length))
          return scratch.withLowered(text) { matcher.matches($0) }
        }
      }
      return rows.bits { row in
        let span = cells[row]
        return matcher.matches(TextBytes(base + Int(span.offset), Int(span.length)))
      }
    }
    return rows.column(.bool, values)
  }
}

extension LikePattern {
  fileprivate func withMatcher<T>(_ body: (LikeMatcher) -> T) -> T {
    bytes.withUnsafeBytes { bytes in
      isAny.withUnsafeBufferPointer { isAny in
        segments.withUnsafeBufferPointer { segments in
          body(
            LikeMatcher(
              bytes: bytes, isAny: isAny, segments: segments, isAnchoredAtStart: isAnchoredAtStart,
              isAnchoredAtEnd: isAnchoredAtEnd))
        }
      }
    }
  }
}

/// A pattern's parts where they can be read without counting references.
private struct LikeMatcher {
  let bytes: UnsafeRawBufferPointer
  let isAny: UnsafeBufferPointer<Bool>
  let segments: UnsafeBufferPointer<LikePattern.Segment>
  let isAnchoredAtStart: Bool
  let isAnchoredAtEnd: Bool

  @inline(__always)
  func matches(_ text: TextBytes) -> Bool {
    guard let start = bytes.baseAddress, let first = segments.first, let last = segments.last else {
      return !isAnchoredAtStart || text.count == 0
    }
    var index = 0
    var limit = segments.count
    var position = 0
    var end = text.count
    if isAnchoredAtStart {
      position = self.end(of: first, start, in: text, at: 0)
      if position < 0 { return false }
      if limit == 1, isAnchoredAtEnd { return position == end }
      index = 1
    }
    if isAnchoredAtEnd, index < limit {
      end = self.start(of: last, start, in: text)
      if end < position { return false }
      limit &-= 1
    }
    while index < limit {
      position = find(segments[index], start, in: TextBytes(text.start, end), from: position)
      if position < 0 { return false }
      index &+= 1
    }
    return true
  }

  /// Where a segment that begins at `offset` ends; -1 where it does not fit.
  @inline(__always)
  private func end(
    of segment: LikePattern.Segment, _ base: UnsafeRawPointer, in text: TextBytes, at offset: Int
  ) -> Int {
    if !segment.hasAny {
      return text.has(TextBytes(base + segment.start, segment.count), at: offset) ? offset &+ segment.count : -1
    }
    return endWithAny(of: segment, in: text, at: offset)
  }

  private func endWithAny(of segment: LikePattern.Segment, in text: TextBytes, at offset: Int) -> Int {
    var position = offset
    for index in segment.start..<segment.start &+ segment.count {
      if position >= text.count { return -1 }
      if isAny[index] {
        position = text.offset(skipping: 1, from: position)
      } else {
        if text[position] != bytes[index] { return -1 }
        position &+= 1
      }
    }
    return position
  }

  /// Where a segment that ends with the text begins; -1 where it does not fit.
  @inline(__always)
  private func start(of segment: LikePattern.Segment, _ base: UnsafeRawPointer, in text: TextBytes) -> Int {
    if !segment.hasAny {
      let offset = text.count &- segment.count
      return text.has(TextBytes(base + segment.start, segment.count), at: offset) ? offset : -1
    }
    var position = text.count
    for index in (segment.start..<segment.start &+ segment.count).reversed() {
      if position == 0 { return -1 }
      if isAny[index] {
        position = text.scalarStart(before: position)
      } else {
        position &-= 1
        if text[position] != bytes[index] { return -1 }
      }
    }
    return position
  }

  /// The end of the first place at or after `origin` where a segment fits; -1 where it does not.
  @inline(__always)
  private func find(
    _ segment: LikePattern.Segment, _ base: UnsafeRawPointer, in text: TextBytes, from origin: Int
  ) -> Int {
    if !segment.hasAny {
      let hit = text.find(TextBytes(base + segment.start, segment.count), from: origin)
      return hit < 0 ? -1 : hit &+ segment.count
    }
    var offset = origin
    while offset < text.count {
      let end = endWithAny(of: segment, in: text, at: offset)
      if end >= 0 { return end }
      offset = text.offset(skipping: 1, from: offset)
    }
    return -1
  }
}

/// Holds the lower case of one text after the other.
private struct CaseScratch: ~Copyable {
  private static let slack = 16
  private var memory: UnsafeMutableRawPointer
  private var capacity = 256
  private let letters = LetterRange(first: UInt8(ascii: "A"))

  init() { memory = .allocate(byteCount: 256 + Self.slack, alignment: 8) }

  deinit { memory.deallocate() }

  private mutating func reserve(_ count: Int) {
    if count <= capacity { return }
    memory.deallocate()
    capacity = max(count, capacity * 2)
    memory = .allocate(byteCount: capacity + Self.slack, alignment: 8)
  }

  @inline(__always)
  mutating func withLowered(_ text: TextBytes, _ body: (TextBytes) -> Bool) -> Bool {
    reserve(text.count)
    var offset = 0
    while offset < text.count {
      let word = text.clippedWord(offset)
      if word & 0x8080_8080_8080_8080 != 0 {
        setWide(text)
        return body(TextBytes(memory, wideCount))
      }
      memory.storeBytes(of: (word ^ letters.mask(word) &>> 2).littleEndian, toByteOffset: offset, as: UInt64.self)
      offset &+= 8
    }
    return body(TextBytes(memory, text.count))
  }

  private var wideCount = 0

  private mutating func setWide(_ text: TextBytes) {
    var lowered = String(decoding: UnsafeRawBufferPointer(start: text.start, count: text.count), as: UTF8.self)
      .lowercased()
    reserve(lowered.utf8.count)
    wideCount = lowered.withUTF8 { bytes in
      if let start = bytes.baseAddress { memory.copyMemory(from: start, byteCount: bytes.count) }
      return bytes.count
    }
  }
}
