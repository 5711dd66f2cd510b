import Columns
import Testing

@testable import Kernels

/// What text functions do with null, invalid and failed rows, with long texts and with bytes that are no text.
struct TextStateTests {
  /// Present, null, invalid and failed.
  private func mixed(_ sample: TextSample, _ texts: [String]) -> Column {
    let plain = sample.column(texts)
    var (validity, invalid) = (Bitmap(repeating: true, count: 4), Bitmap(repeating: false, count: 4))
    for row in 1..<4 { validity[row] = false }
    invalid[2] = true
    var failures = Failures(count: 4)
    failures.insert(3, .overflow)
    var spans = plain.texts
    for row in 1..<4 { spans[row] = .empty }
    return Column(
      .string, .texts(spans), count: 4, states: States(validity: validity, invalid: invalid, failures: failures))
  }

  private func states(_ column: Column) -> [ValueState] { (0..<column.count).map(column.state) }

  @Test func strictFunctionsKeepStates() throws {
    let sample = TextSample()
    let x = mixed(sample, ["a b", "c", "d", "e"])
    let y = sample.constant("b", count: 4)
    let pattern = try Pattern(Array("(?=a)a.*".utf8), ignoringCase: false, wholeValue: true)
    let results = [
      Text.trim(x, in: sample.store), Text.upper(x, in: sample.store), Text.length(x, in: sample.store),
      Text.replace(x, y, y, in: sample.store), Text.concat([x, y], in: sample.store),
      Text.contains(y, x, in: sample.store),
      Text.splitPart(x, y, sample.integers(["1", "1", "1", "1"]), in: sample.store),
      Text.isBlank(x, in: sample.store), pattern.matches(x, in: sample.store, rows: nil),
      pattern.extract(x, group: 0, in: sample.store), pattern.replace(x, with: [], all: true, in: sample.store),
    ]
    for result in results {
      #expect(states(result) == [.present, .null, .invalid, .failed])
      #expect(result.failures?.kind(3) == .overflow)
    }
  }

  @Test func concatenationTakesNullsAsEmptyButKeepsFailures() {
    let sample = TextSample()
    let x = mixed(sample, ["a", "c", "d", "e"])
    let y = sample.column(["1", "2", nil, "4"])
    let plain = Text.concatIgnoringNulls([x, y], in: sample.store)
    #expect(states(plain) == [.present, .present, .present, .failed])
    #expect(sample.values(plain) == ["a1", "2", "", nil])
    let separated = Text.concatWithSeparator(sample.constant("-", count: 4), [x, y, y], in: sample.store)
    #expect(sample.values(separated) == ["a-1-1", "2-2", "", nil])
    #expect(separated.failures?.kind(3) == .overflow)
    let strict = Text.concatWithSeparator(x, [y], in: sample.store)
    #expect(states(strict) == [.present, .null, .invalid, .failed])
    #expect(sample.values(Text.concatWithSeparator(sample.column(["-", nil]), [], in: sample.store)) == ["", nil])
  }

  @Test func emptyColumns() {
    let sample = TextSample()
    let none = sample.column([])
    #expect(Text.trim(none, in: sample.store).count == 0)
    #expect(Text.concat([none, none], in: sample.store).count == 0)
    #expect(Text.isBlank(none, in: sample.store).bits.count == 0)
    #expect(Text.upper(sample.constant("a", count: 0), in: sample.store).count == 0)
    #expect(Text.split(none, separator: [44], parts: 3, in: sample.store).map(\.count) == [0, 0, 0])
  }

  @Test func unchangedTextsAreTheSameBytes() throws {
    let sample = TextSample()
    let x = sample.column(["plain", "ünï", "x", "a longer text without any change"])
    let absent = sample.constant("?", count: 4)
    let size = sample.store.count
    let pattern = try Pattern(Array("[?]".utf8), ignoringCase: false, wholeValue: false)
    let results = [
      Text.trim(x, in: sample.store), Text.lower(x, in: sample.store),
      Text.replace(x, absent, absent, in: sample.store),
      pattern.replace(x, with: Array("!".utf8), all: true, in: sample.store),
      Text.concatIgnoringNulls([x, sample.column([nil, nil, nil, nil])], in: sample.store),
    ]
    for result in results { #expect(result.texts == x.texts) }
    #expect(sample.store.count == size)
  }

  @Test func longTexts() throws {
    let sample = TextSample()
    let half = String(repeating: "añ", count: 40_000)
    let long = "  " + half + "," + half + " "
    let x = sample.column([long, "short"])
    let trimmed = Text.trim(x, in: sample.store)
    #expect(sample.values(trimmed) == [half + "," + half, "short"])
    #expect(sample.values(Text.upper(trimmed, in: sample.store))[0] == (half + "," + half).uppercased())
    #expect(sample.values(Text.length(trimmed, in: sample.store)) == ["160001", "5"])
    let comma = sample.constant(",", count: 2)
    let second = Text.splitPart(trimmed, comma, sample.integers(["2"], isConstant: true, count: 2), in: sample.store)
    #expect(sample.values(second) == [half, ""])
    let joined = Text.replace(
      trimmed, sample.constant("ñ", count: 2), sample.constant("nn", count: 2), in: sample.store)
    #expect(
      sample.values(joined)[0] == String(repeating: "ann", count: 40_000) + ","
        + String(repeating: "ann", count: 40_000))
    let pattern = try Pattern(Array("(ñ)a".utf8), ignoringCase: false, wholeValue: false)
    let swapped = pattern.replace(second, with: Array("\\1".utf8), all: true, in: sample.store)
    #expect(sample.values(swapped)[0] == "a" + String(repeating: "ñ", count: 40_000))
  }

  /// A part that nearly stands everywhere: what would take 10¹⁰ comparisons place by place.
  @Test func repetitiveTextTakesLinearTime() {
    let sample = TextSample()
    let text = String(repeating: "a", count: 200_000)
    let part = String(repeating: "a", count: 100_000)
    let x = sample.column([text + "b" + part + "c", text])
    #expect(
      sample.values(Text.contains(x, sample.constant(part + "c", count: 2), in: sample.store)) == ["true", "false"])
    let clock = ContinuousClock()
    let time = clock.measure { _ = Text.contains(x, sample.constant(part + "d", count: 2), in: sample.store) }
    #expect(time < .seconds(1))
  }

  @Test func textsThatDoNotFitFail() throws {
    let sample = TextSample()
    let many = String(repeating: "a", count: 1 << 16)
    let x = sample.column([many, "b", nil])
    let (old, new) = (sample.constant("a", count: 3), sample.constant(many, count: 3))
    let replaced = Text.replace(x, old, new, in: sample.store)
    #expect(states(replaced) == [.failed, .present, .null])
    #expect(replaced.failures?.kind(0) == .tooLong)
    #expect(sample.values(replaced) == [nil, "b", nil])
    let constant = Text.replace(sample.constant(many, count: 2), old, new, in: sample.store)
    #expect(states(constant) == [.failed, .failed] && constant.failures?.kind(1) == .tooLong)
    let wide = Text.concat([Column](repeating: x, count: 1 << 15), in: sample.store)
    #expect(states(wide) == [.failed, .present, .null])
  }

  @Test func positionsBeyondAnyText() {
    let sample = TextSample()
    let x = sample.constant("añb", count: 1)
    let ends: [Int64] = [.min, .min + 1, -4, -1, 0, 1, 4, .max - 1, .max]
    for from in ends {
      for length in ends {
        let (start, extent) = (Int128(from) + (from < 0 ? 4 : 0), Int128(length))
        let (lower, upper) = extent < 0 ? (start + extent, start) : (start, start + extent)
        let expected = [(1, "a"), (2, "ñ"), (3, "b")].filter { $0.0 >= lower && $0.0 < upper }.map(\.1).joined()
        let result = Text.substring(
          x, from: sample.integers([String(from)]), length: sample.integers([String(length)]), in: sample.store)
        #expect(sample.values(result) == [expected], "\(from) \(length)")
      }
      let piece = Text.splitPart(x, sample.constant("ñ", count: 1), sample.integers([String(from)]), in: sample.store)
      #expect(sample.values(piece) == [[1: "a", -1: "b"][from] ?? ""])
    }
  }

  /// Whatever the bytes, results lie within the store, and nothing reads past what a text and its slack hold.
  @Test func anyBytes() throws {
    let sample = TextSample()
    var generator = SplitMix(state: 7)
    let pool: [UInt8] = [
      0, 0x20, 0x41, 0x61, 0x7F, 0x80, 0xA0, 0xBF, 0xC0, 0xC2, 0xE1, 0xE2, 0xE3, 0xED, 0xF0, 0xF4, 0xFF,
    ]
    func cells() -> [[UInt8]] {
      (0..<200).map { _ in (0..<generator.below(12)).map { _ in pool[generator.below(pool.count)] } }
    }
    let (x, y, z) = (sample.column(bytes: cells()), sample.column(bytes: cells()), sample.column(bytes: cells()))
    let numbers = sample.integers((0..<200).map { _ in String(generator.below(9) - 4) })
    let (search, whole) = (Array("[^a]\\s?(?=.|$)".utf8), Array("(.|[^a-é])*A?".utf8))
    let found = try Pattern(search, ignoringCase: false, wholeValue: false)
    let matched = try Pattern(whole, ignoringCase: false, wholeValue: true)
    let like = LikePattern([0x25, 0x5F, 0x61, 0x5F, 0x25], escape: nil, ignoringCase: true)
    let store = sample.store
    let results =
      [
        Text.trim(x, in: store), Text.trim(x, characters: y, in: store), Text.lower(x, in: store),
        Text.upper(x, in: store), Text.length(x, in: store), Text.replace(x, y, z, in: store),
        Text.substring(x, from: numbers, length: numbers, in: store), Text.isBlank(x, in: store),
        Text.splitPart(x, y, numbers, in: store), Text.concat([x, y, z], in: store),
        Text.concatWithSeparator(x, [y, z], in: store), Text.startsWith(x, y, in: store),
        Text.endsWith(x, y, in: store), Text.contains(x, y, in: store), Text.like(x, pattern: like, in: store),
        found.matches(x, in: store, rows: nil), matched.matches(x, in: store, rows: nil),
        found.extract(x, group: 0, in: store), found.replace(x, with: Array("\\0é".utf8), all: true, in: store),
      ] + Text.split(x, separator: [0xA0], parts: 3, in: store)
    for result in results {
      #expect(result.count == 200)
      if case .texts(let texts) = result.values {
        #expect(texts.allSatisfy { Int($0.offset) + Int($0.length) <= store.count })
      }
    }
  }
}

/// Numbers that look random and are the same in every run.
///
/// - Source: G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators, 2014.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
