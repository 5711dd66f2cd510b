import Columns
import Testing

@testable import Kernels

/// Every text function against the tables: as columns, and with each of its arguments constant.
struct TextTests {
  typealias Function = @Sendable ([Column], ByteStore) -> Column

  /// A function, its name in the tables, and which of its arguments are integers.
  struct Subject: CustomTestStringConvertible, Sendable {
    let name: String
    let integers: Set<Int>
    let function: Function
    var testDescription: String { name }

    init(_ name: String, integers: Set<Int> = [], _ function: @escaping Function) {
      self.name = name
      self.integers = integers
      self.function = function
    }
  }

  static let subjects = [
    Subject("trim") { Text.trim($0[0], in: $1) },
    Subject("ltrim") { Text.ltrim($0[0], in: $1) },
    Subject("rtrim") { Text.rtrim($0[0], in: $1) },
    Subject("trim_set") { Text.trim($0[0], characters: $0[1], in: $1) },
    Subject("blank") { Text.isBlank($0[0], in: $1) },
    Subject("lower") { Text.lower($0[0], in: $1) },
    Subject("upper") { Text.upper($0[0], in: $1) },
    Subject("length") { Text.length($0[0], in: $1) },
    Subject("substring", integers: [1, 2]) { Text.substring($0[0], from: $0[1], length: $0[2], in: $1) },
    Subject("substring_from", integers: [1]) { Text.substring($0[0], from: $0[1], length: nil, in: $1) },
    Subject("replace") { Text.replace($0[0], $0[1], $0[2], in: $1) },
    Subject("starts_with") { Text.startsWith($0[0], $0[1], in: $1) },
    Subject("ends_with") { Text.endsWith($0[0], $0[1], in: $1) },
    Subject("contains") { Text.contains($0[0], $0[1], in: $1) },
    Subject("split_part", integers: [2]) { Text.splitPart($0[0], $0[1], $0[2], in: $1) },
    Subject("concat_strict") { Text.concat($0, in: $1) },
    Subject("concat") { Text.concatIgnoringNulls($0, in: $1) },
    Subject("concat_ws") { Text.concatWithSeparator($0[0], Array($0[1...]), in: $1) },
  ]

  @Test(arguments: subjects)
  func columns(_ subject: Subject) {
    let table = TextTable(subject.name)
    let sample = TextSample()
    let arguments = (0..<table.width).map { index in
      subject.integers.contains(index) ? sample.integers(table[index]) : sample.column(table[index])
    }
    let result = subject.function(arguments, sample.store)
    #expect(!table.rows.isEmpty)
    #expect(!result.isConstant && sample.values(result) == table.results)
    for row in 0..<result.count where !result.isPresent(row) {
      if case .texts(let texts) = result.values { #expect(texts[row] == .empty) }
      if case .bits(let bits) = result.values { #expect(!bits[row]) }
    }
  }

  /// Each argument constant beside others that are not, and all of them.
  @Test(arguments: subjects)
  func constants(_ subject: Subject) {
    let table = TextTable(subject.name)
    for row in table.rows.prefix(60) {
      for constants in 1..<(1 << table.width) {
        let sample = TextSample()
        let arguments = (0..<table.width).map { index in
          let isConstant = constants >> index & 1 == 1
          if subject.integers.contains(index) {
            let cells = [String?](repeating: row[index], count: isConstant ? 1 : 3)
            return sample.integers(cells, isConstant: isConstant, count: 3)
          }
          return isConstant
            ? sample.constant(row[index], count: 3) : sample.column([row[index], row[index], row[index]])
        }
        let result = subject.function(arguments, sample.store)
        #expect(sample.values(result) == [String?](repeating: row[table.width], count: 3), "\(row)")
      }
    }
  }

  /// Scalars beside letters on either side, so that words of eight bytes begin and end in the midst of some.
  @Test func everyScalarChangesCase() {
    let scalars = (Array(0x80..<0x3400) + stride(from: 0x3400, to: 0x2_0000, by: 61)).compactMap { Unicode.Scalar($0) }
    let sample = TextSample()
    let x = sample.column(scalars.enumerated().map { "aB".prefix($0 % 3) + String($1) + "Zy " + String($1) })
    let (lower, upper) = (Text.lower(x, in: sample.store), Text.upper(x, in: sample.store))
    for (row, scalar) in scalars.enumerated() {
      let (small, large) = (scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping)
      #expect(sample.store.string(lower.texts[row]) == "ab".prefix(row % 3) + small + "zy " + small)
      #expect(sample.store.string(upper.texts[row]) == "AB".prefix(row % 3) + large + "ZY " + large)
    }
  }

  @Test(arguments: ["like", "ilike"])
  func like(_ name: String) {
    let table = TextTable(name)
    let sample = TextSample()
    for row in table.rows {
      let pattern = LikePattern(Array((row[1] ?? "").utf8), escape: "!", ignoringCase: name == "ilike")
      let x = sample.column([row[0], nil])
      #expect(sample.values(Text.like(x, pattern: pattern, in: sample.store)) == [row[2], nil], "\(row)")
    }
    #expect(table.rows.count > 300)
  }

  @Test(arguments: [("a!", true), ("a!!", false), ("a!%", false), ("!", true), ("", false)])
  func likeEndsInEscape(_ pattern: String, _ endsInEscape: Bool) {
    #expect(LikePattern(Array(pattern.utf8), escape: "!", ignoringCase: false).endsInEscape == endsInEscape)
    #expect(!LikePattern(Array(pattern.utf8), escape: nil, ignoringCase: false).endsInEscape)
  }

  @Test func encodings() {
    for (name, append) in [("json", Text.appendJSON), ("base64", Text.appendBase64)] {
      let table = TextTable(name)
      for row in table.rows {
        var output = Array("<".utf8)
        Array((row[0] ?? "").utf8).withUnsafeBytes { append($0, &output) }
        #expect(String(decoding: output, as: UTF8.self) == "<" + (row[1] ?? ""))
      }
      #expect(!table.rows.isEmpty)
    }
    var output: [UInt8] = []
    (0..<0x20).map { UInt8($0) }.withUnsafeBytes { Text.appendJSON($0, to: &output) }
    let expected = (0..<0x20).map { code in
      [8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"][code]
        ?? "\\u00\(code < 16 ? "0" : "")\(String(code, radix: 16))"
    }
    #expect(String(decoding: output, as: UTF8.self) == expected.joined())
  }

  @Test func sha256() {
    for row in TextTable("sha256").rows {
      let bytes = Array((row[0] ?? "").utf8)
      for cut in [0, bytes.count / 2, bytes.count] {
        let digest = bytes.withUnsafeBytes { all in
          Hashing.sha256([.init(rebasing: all[..<cut]), .init(rebasing: all[cut...])])
        }
        #expect(Hashing.hex(digest) == row[1])
      }
    }
  }

  @Test(
    arguments: [
      ("a,b,c", 1, ["a,b,c"]), ("a,b,c", 2, ["a", "b,c"]), ("a,b,c", 3, ["a", "b", "c"]),
      ("a,b,c", 4, ["a", "b", "c", nil]), ("", 2, ["", nil]), (",", 3, ["", "", nil]), (",,é", 2, ["", ",é"]),
      (nil, 2, [nil, nil]),
    ] as [(String?, Int, [String?])])
  func split(_ text: String?, _ parts: Int, _ expected: [String?]) {
    let sample = TextSample()
    for x in [sample.column([text, "x,y"]), sample.constant(text, count: 2)] {
      let columns = Text.split(x, separator: Array(",".utf8), parts: parts, in: sample.store)
      #expect(columns.map { sample.values($0)[0] } == expected)
    }
    let whole = Text.split(sample.column([text]), separator: [], parts: parts, in: sample.store)
    #expect(whole.map { sample.values($0)[0] } == [text] + [String?](repeating: nil, count: parts - 1))
  }
}
