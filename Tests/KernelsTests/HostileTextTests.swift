import Columns
import Testing

@testable import Kernels

/// Texts that are no UTF-8, very long or built to be slow: an answer or a failure, never a trap.
@Suite struct HostileTextTests {
  static let broken: [[UInt8]] = [
    [], [0xFF], [0xC3], [0x61, 0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0x80, 0x80, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80], Array(repeating: 0xCC, count: 33), Array("%e9%zz%".utf8), Array("a=%ff&&=&".utf8),
    Array("http://[::".utf8), Array("//@:".utf8), Array("1:2:3:4:5:6:7:8:9::".utf8), [0x61, 0xCC, 0x81, 0xCC],
  ]

  static let single: [(String, @Sendable (Column, ByteStore) -> Column)] = [
    ("reverse", { Text.reverse($0, in: $1) }), ("initcap", { Text.initcap($0, in: $1) }),
    ("remove_symbols", { Text.removeSymbols($0, in: $1) }),
    ("remove_whitespace", { Text.removeWhitespace($0, in: $1) }),
    ("strip_accents", { Text.stripAccents($0, in: $1) }), ("soundex", { Text.soundex($0, in: $1) }),
    ("nfc", { Text.normalize($0, as: .nfc, in: $1) }), ("nfkd", { Text.normalize($0, as: .nfkd, in: $1) }),
    ("base64", { Text.base64($0, in: $1) }), ("from_base64", { Text.fromBase64($0, in: $1) }),
    ("hex", { Text.hex($0, in: $1) }), ("unhex", { Text.unhex($0, in: $1) }),
    ("url_encode", { Text.urlEncode($0, in: $1) }), ("url_decode", { Text.urlDecode($0, in: $1) }),
    ("url_parameters", { Text.urlParameters($0, in: $1) }), ("host", { Text.urlPart($0, .host, in: $1) }),
    ("port", { Text.urlPart($0, .port, in: $1) }), ("ip_to_int", { Text.ipToInt($0, in: $1) }),
    ("ip_version", { Text.ipVersion($0, in: $1) }), ("ip_is_in", { Text.ipIsIn($0, $0, in: $1) }),
    ("levenshtein", { Text.levenshtein($0, $0, in: $1) }), ("jaro", { Text.jaro($0, $0, in: $1) }),
    ("sha256", { Text.digest($0, .sha256, in: $1) }), ("hmac", { Text.hmac($0, key: $0, .sha1, in: $1) }),
    ("translate", { Text.translate($0, from: $0, to: $0, in: $1) }), ("unicode", { Text.firstScalar($0, in: $1) }),
  ]

  /// What a text comes to does not hang on the texts beside it, nor on whether it is constant.
  @Test(arguments: single)
  func brokenTexts(_ name: String, _ function: @Sendable (Column, ByteStore) -> Column) {
    let sample = TextSample()
    let together = function(sample.column(bytes: Self.broken), sample.store)
    #expect(together.count == Self.broken.count)
    for (row, bytes) in Self.broken.enumerated() {
      let alone = TextSample()
      let result = function(alone.column(bytes: [bytes]), alone.store)
      #expect(result.state(0) == together.state(row), "\(name) of \(bytes)")
      guard case .texts(let texts) = result.values, case .texts(let all) = together.values else { continue }
      #expect(alone.store.string(texts[0]) == sample.store.string(all[row]), "\(name) of \(bytes)")
    }
  }

  /// A result past the limit of one text fails on its row; the others stay.
  @Test func tooLong() {
    let sample = TextSample()
    let texts = sample.column(["ab", "", "ab", "ab"])
    let times = sample.integers(["9223372036854775807", "9223372036854775807", "3", "-9223372036854775808"])
    let repeated = Text.repeat(texts, times, in: sample.store)
    #expect(repeated.failures?.kind(0) == .tooLong && repeated.failures?.rows.population == 1)
    #expect(sample.values(repeated) == [nil, "", "ababab", ""])
    let padded = Text.pad(
      texts, length: times, fill: sample.constant("xy", count: 4), atStart: false, in: sample.store)
    #expect(sample.values(padded) == [nil, nil, "abx", ""] && padded.failures?.kind(1) == .tooLong)
    let right = Text.right(texts, times, in: sample.store)
    #expect(sample.values(right) == ["ab", "", "ab", ""])
    #expect(sample.values(Text.left(texts, times, in: sample.store)) == ["ab", "", "ab", ""])
  }

  @Test func longTexts() {
    let sample = TextSample()
    let long = String(repeating: "a", count: 3000)
    let column = sample.column([long, "a"])
    let distance = Text.levenshtein(column, sample.constant("ab", count: 2), in: sample.store)
    #expect(sample.values(distance) == [nil, "1"] && distance.failures?.kind(0) == .outOfRange)
    // Many marks of falling classes: sorting them by insertion would take the square of their number.
    let marks = "a" + String(repeating: "\u{0345}", count: 20_000) + String(repeating: "\u{0327}", count: 20_000)
    let ordered = Text.normalize(sample.column([marks]), as: .nfd, in: sample.store)
    let expected = "a" + String(repeating: "\u{0327}", count: 20_000) + String(repeating: "\u{0345}", count: 20_000)
    #expect(sample.values(ordered)[0].map { $0.utf8.elementsEqual(expected.utf8) } == true)
    let query = sample.column([(0..<1001).map { "k\($0)=" }.joined(separator: "&")])
    #expect(Text.urlParameters(query, in: sample.store).failures?.kind(0) == .outOfRange)
    let hay = String(repeating: "ab", count: 200_000)
    let needle = String(repeating: "ab", count: 50_000) + "b"
    #expect(
      sample.values(
        Text.lastPosition(of: sample.column([needle]), in: sample.column([hay]), store: sample.store)) == ["0"])
  }
}
