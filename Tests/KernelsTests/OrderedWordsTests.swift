import Columns
import Testing

@testable import Kernels

/// Words are in the order of the values, no value's are the beginning of another's, and the values can be read back.
@Suite struct OrderedWordsTests {
  /// Each in ascending order.
  static let ladders: [[Constant]] = [
    [.bool(false), .bool(true)],
    [Int64.min, -2, -1, 0, 1, 2, .max].map { .integer($0) },
    [-Double.infinity, -1e308, -1, -Double.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 1, 1e308, .infinity, .nan]
      .map { .float($0) },
    [-(Int128(10) << 100), -(Int128(1) << 64), -1, 0, 1, Int128(1) << 63, Int128(1) << 64, Int128(10) << 100].map {
      Constant(.decimal(precision: 38, scale: 2), .decimal($0))
    },
    [
      "", "\0", "\0\0", "a", "a\0", "a\0\0\0\0\0\0", "a\0\0\0\0\0\0\0", "aa", "abcdef", "abcdefg", "abcdefg\0",
      "abcdefgh",
      "abcdefghijklmn", "abcdefghijklmno", "b", "é", "名", "😀",
    ].map { .text($0) },
  ]

  @Test(arguments: ladders)
  func keepTheOrder(_ ladder: [Constant]) {
    for (a, b) in zip(ladder, ladder.dropFirst()) {
      let (x, y) = (a.orderedWords, b.orderedWords)
      #expect(x.lexicographicallyPrecedes(y), "\(a) before \(b)")
      #expect(!y.starts(with: x), "\(a) is no beginning of \(b)")
    }
  }

  @Test(arguments: ladders)
  func areReadBack(_ ladder: [Constant]) throws {
    let store = ByteStore(capacity: 64)
    let type = try #require(ladder.first?.type)
    var filling = ColumnFilling(type, count: ladder.count + 1, in: store)
    for (row, value) in ladder.enumerated() {
      value.orderedWords.withUnsafeBufferPointer { filling.set(row, $0) }
    }
    let column = filling.column()
    for (row, value) in ladder.enumerated() { #expect(Constant(column.gather([row]), in: store) == value) }
    #expect(!column.isPresent(ladder.count), "a row that was given nothing is null")
  }

  @Test func negativeZeroIsZero() {
    #expect(Constant.float(-0.0).orderedWords == Constant.float(0).orderedWords)
    #expect(Constant(.string, .null).orderedWords.isEmpty)
  }

  @Test func picksRows() {
    let store = ByteStore(capacity: 64)
    let other = ByteStore(capacity: 64)
    var source = ColumnFilling(.string, count: 3, in: other)
    source.set(0, .text("one"))
    source.set(2, .text("three"))
    var filling = ColumnFilling(.string, count: 5, in: store)
    filling.pick(source.column(), [2, -1, 0, 1, 2], in: other)
    let column = filling.column()
    let found = (0..<5).map { Constant(column.gather([$0]), in: store)?.string }
    #expect(found == ["three", nil, "one", nil, "three"])
  }
}
