import Columns
import Testing

@testable import Kernels

@Suite struct LogicTests {
  private static let truths = ["true", "false", "null", "invalid", "failed"]

  /// Rows and columns in the order of `truths`.
  @Test(arguments: [
    (
      "and",
      """
      true false null invalid failed
      false false false false false
      null false null invalid failed
      invalid false invalid invalid failed
      failed false failed failed failed
      """
    ),
    (
      "or",
      """
      true true true true true
      true false null invalid failed
      true null null invalid failed
      true invalid invalid invalid failed
      true failed failed failed failed
      """
    ),
  ])
  func tables(_ op: String, _ table: String) {
    let expected = table.split { $0 == "\n" || $0 == " " }.map(String.init)
    let a = Self.truths.flatMap { [String](repeating: $0, count: 5) }
    let b = (0..<5).flatMap { _ in Self.truths }
    for shift in [0, 1, 59, 64] {
      let padding = [String](repeating: "true", count: shift)
      let left = Cell.bools(padding + a)
      let right = Cell.bools(padding + b)
      let result = op == "and" ? Logic.and(left, right) : Logic.or(left, right)
      #expect(Cell.shown(result) == padding + expected)
    }
  }

  @Test func questionsAboutOneColumn() {
    let a = Cell.bools(Self.truths)
    #expect(Cell.shown(Logic.not(a)) == ["false", "true", "null", "invalid", "failed"])
    #expect(Cell.shown(Logic.isNull(a)) == ["false", "false", "true", "true", "failed"])
    #expect(Cell.shown(Logic.isNull(a, negated: true)) == ["true", "true", "false", "false", "failed"])
    #expect(Cell.shown(Logic.isInvalid(a)) == ["false", "false", "false", "true", "failed"])
    #expect(Cell.shown(Logic.isTrue(a, negated: false)) == ["true", "false", "false", "false", "failed"])
    #expect(Cell.shown(Logic.isTrue(a, negated: true)) == ["false", "true", "true", "true", "failed"])
    #expect(Cell.shown(Logic.isFalse(a, negated: false)) == ["false", "true", "false", "false", "failed"])
    #expect(Cell.shown(Logic.isUnknown(a, negated: false)) == ["false", "false", "true", "true", "failed"])
  }

  /// Values in ascending order, equal ones together: every operator on every pair follows from their ranks.
  private static func orders(_ store: ByteStore) -> [(name: String, column: Column, ranks: [Int])] {
    let texts = ["", "\0", "a", "a\0", "ab", "abcdefgh", "abcdefgh\0", "abcdefghi", "abcdefgi", "b", "é", "\u{10FFFF}"]
    let decimals = [
      "-99999999999999999999999999999999999999", "-1", "0", "1", "99999999999999999999999999999999999999",
    ]
    return [
      ("texts", Cell.texts(texts, in: store), Array(texts.indices)),
      ("integers", Cell.integers(["-9223372036854775808", "-1", "0", "5", "9223372036854775807"]), [0, 1, 2, 3, 4]),
      ("floats", Cell.floats(["-inf", "-1", "-0", "0", "1e-300", "inf", "nan", "-nan"]), [0, 1, 2, 2, 3, 4, 5, 5]),
      ("bools", Cell.bools(["false", "true"]), [0, 1]),
      ("decimals", Cell.decimals(decimals, scale: 3), [0, 1, 2, 3, 4]),
    ]
  }

  @Test func everyOperatorFollowsTheOrder() {
    let store = ByteStore(capacity: 64)
    for (name, column, ranks) in Self.orders(store) {
      for (row, rank) in ranks.enumerated() {
        let one = Blend(
          type: column.type, count: column.count,
          parts: [(Self.repeated(column, row), Bitmap(repeating: true, count: column.count))]
        ).column()
        for other in [one, column.type == .bool ? one : Self.repeated(column, row)] {
          for op in Comparison.Operator.allCases {
            let expected = ranks.map { "\(Self.holds(op, rank, $0))" }
            let shown = Cell.shown(Comparison.compare(op, other, column, in: store))
            #expect(shown == expected, "\(name) \(row) \(op)")
          }
        }
      }
    }
  }

  private static func repeated(_ column: Column, _ row: Int) -> Column {
    let values: Values =
      switch column.values {
      case .bits(let bits): .bits(Bitmap(repeating: bits[row], count: column.count))
      case .integers(let array): .integers([array[row]])
      case .floats(let array): .floats([array[row]])
      case .decimals(let array): .decimals([array[row]])
      case .texts(let array): .texts([array[row]])
      }
    return Column(column.type, values, count: column.count, isConstant: true)
  }

  private static func holds(_ op: Comparison.Operator, _ a: Int, _ b: Int) -> Bool {
    switch op {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }

  @Test(arguments: [
    ("10", 1, "100", 2, "equal"), ("10", 1, "101", 2, "less"),
    ("1", 0, "99999999999999999999999999999999999999", 38, "greater"),
    ("99999999999999999999999999999999999999", 0, "99999999999999999999999999999999999999", 38, "greater"),
    ("-99999999999999999999999999999999999999", 0, "-99999999999999999999999999999999999999", 38, "less"),
    ("0", 0, "-1", 38, "greater"), ("0", 0, "0", 38, "equal"),
  ])
  func decimalsOfTwoScales(_ a: String, _ scaleA: Int, _ b: String, _ scaleB: Int, _ expected: String) {
    let store = ByteStore(capacity: 64)
    let left = Cell.decimals([a], scale: scaleA)
    let right = Cell.decimals([b], scale: scaleB)
    let words = ["less": Comparison.Operator.less, "equal": .equal, "greater": .greater]
    for (word, op) in words {
      #expect(Cell.shown(Comparison.compare(op, left, right, in: store)) == ["\(word == expected)"])
      let mirrored: Comparison.Operator = op == .less ? .greater : op == .greater ? .less : .equal
      #expect(Cell.shown(Comparison.compare(mirrored, right, left, in: store)) == ["\(word == expected)"])
    }
  }

  @Test func nullsInComparisons() {
    let store = ByteStore(capacity: 64)
    let a = Cell.integers(["1", "1", "null", "null", "invalid", "failed", "1"])
    let b = Cell.integers(["1", "2", "1", "null", "null", "1", "invalid"])
    #expect(
      Cell.shown(Comparison.distinct(a, b, in: store)) == ["false", "true", "true", "false", "false", "failed", "true"])
    let equal = Comparison.compare(.equal, a, b, in: store)
    #expect(Cell.shown(equal) == ["true", "false", "null", "null", "invalid", "failed", "invalid"])
    let low = Cell.integers(["1", "null", "null", "3"])
    let high = Cell.integers(["9", "4", "9", "null"])
    let x = Cell.constant(Cell.integers(["5"]), count: 4)
    #expect(Cell.shown(Comparison.between(x, low, high, in: store)) == ["true", "false", "null", "null"])
    let c = Cell.integers(["null", "7", "null", "null", "null", "9", "0"])
    #expect(
      Cell.shown(Comparison.greatest([a, b, c], in: store)) == ["1", "7", "1", "null", "invalid", "failed", "1"])
    #expect(Cell.shown(Comparison.least([c, b, a], in: store)) == ["1", "1", "1", "null", "invalid", "failed", "0"])
    let nothing = Column.nulls(.null, count: 7)
    #expect(Cell.shown(Comparison.greatest([nothing, b], in: store)) == Cell.shown(b))
  }

  @Test(arguments: [1, 5, 50, 500])
  func setsFindTheFirstEqualConstant(_ size: Int) {
    let store = ByteStore(capacity: 64)
    let words = (0..<size).map { $0 % 3 == 0 ? "k\($0)" : $0 % 3 == 1 ? "a longer word \($0)" : "word \($0 / 2)" }
    let probes = words + words.map { $0 + "x" } + ["", "null", "k", "a longer word", "k0\0"]
    let texts = Cell.texts(probes, in: store)
    let expected = probes.map { probe in Int32(probe == "null" ? -1 : words.firstIndex(of: probe) ?? -1) }
    let set = ValueSet(words.map { Array($0.utf8) })
    #expect(Array(set.index(texts, in: store)) == expected)
    let contains = Cell.shown(set.contains(texts, in: store))
    #expect(contains == zip(probes, expected).map { $0 == "null" ? "null" : "\($1 >= 0)" })
    let constants = words.map { Cell.constant(Cell.texts([$0], in: store), count: 3) }
    #expect(Array(ValueSet(constants, in: store).index(texts, in: store)) == expected)
    let numbers = (0..<size).map { Int64($0) &* 0x1_0000_0001 }
    let cells = (0..<2 * size).map { Int64($0) &* 0x8000_0000_8000 }
    let integers = Column(.int64, .integers(ContiguousArray(cells)), count: cells.count)
    let found = cells.map { Int32(numbers.firstIndex(of: $0) ?? -1) }
    #expect(Array(ValueSet(numbers).index(integers, in: store)) == found)
  }

  @Test func setsOfFloatsDecimalsAndBools() {
    let store = ByteStore(capacity: 64)
    let floats = Cell.floats(["0", "-0", "nan", "1", "2"])
    #expect(Array(ValueSet([Double.nan, -0.0, 1]).index(floats, in: store)) == [1, 1, 0, 2, -1])
    let decimals = Cell.decimals(["100", "150", "155", "null"], scale: 2)
    let set = ValueSet([Cell.decimals(["10"], scale: 1), Cell.decimals(["1550"], scale: 3)], in: store)
    #expect(Array(set.index(decimals, in: store)) == [0, -1, 1, -1])
    let wide = ValueSet([Int128(99_999_999_999)] + [Int128(1)], scale: 0)
    #expect(Array(wide.index(Cell.decimals(["1" + String(repeating: "0", count: 37)], scale: 37), in: store)) == [1])
    let bools = ValueSet([Cell.bools(["true"]), Column.nulls(.bool, count: 1)], in: store)
    #expect(Array(bools.index(Cell.bools(["false", "true", "null"]), in: store)) == [-1, 0, -1])
    #expect(bools.hasNull)
  }

  @Test func casesTakeTheFirstTrueCondition() {
    let one = Cell.bools(["true", "false", "null", "invalid", "failed", "false", "true"])
    let two = Cell.bools(["failed", "true", "true", "true", "true", "false", "true"])
    let a = Cell.integers(["1", "failed", "1", "1", "1", "1", "null"])
    let b = Cell.integers(["2", "2", "2", "invalid", "2", "failed", "2"])
    let otherwise = Cell.constant(Cell.integers(["3"]), count: 7)
    let chosen = Conditional.choose([(one, a), (two, b)], otherwise: otherwise, as: .int64)
    #expect(Cell.shown(chosen) == ["1", "2", "2", "invalid", "failed", "3", "null"])
    let bare = Conditional.choose([(one, a)], otherwise: nil, as: .int64)
    #expect(Cell.shown(bare) == ["1", "null", "null", "null", "failed", "null", "null"])
    let literal = Column.nulls(.null, count: 7)
    let mixed = Conditional.choose([(one, literal)], otherwise: a, as: .int64)
    #expect(Cell.shown(mixed) == ["null", "failed", "1", "1", "failed", "1", "null"])
  }

  @Test func coalesceAndNullif() {
    let store = ByteStore(capacity: 64)
    let a = Cell.texts(["a", "null", "null", "invalid", "failed", "null", "invalid"], in: store)
    let b = Cell.texts(["failed", "b", "failed", "b", "b", "null", "null"], in: store)
    let c = Cell.constant(Cell.texts(["c"], in: store), count: 7)
    #expect(
      Cell.shown(Conditional.coalesce([a, b]), in: store) == ["a", "b", "failed", "b", "failed", "null", "invalid"])
    #expect(
      Cell.shown(Conditional.coalesce([a, b, c]), in: store) == ["a", "b", "failed", "b", "failed", "c", "c"])
    let x = Cell.integers(["1", "1", "null", "1", "invalid", "failed"])
    let y = Cell.integers(["1", "2", "1", "failed", "1", "1"])
    #expect(Cell.shown(Conditional.nullif(x, y, in: store)) == ["null", "1", "null", "failed", "invalid", "failed"])
    let bools = Cell.bools(["true", "false", "null"])
    #expect(Cell.shown(Conditional.nullif(bools, bools, in: store)) == ["null", "null", "null"])
  }

  @Test func pickTakesConstantsByIndex() {
    let store = ByteStore(capacity: 64)
    let constants = ["p", "l"].map { Cell.constant(Cell.texts([$0], in: store), count: 5) }
    let otherwise = Cell.texts(["x", "x", "null", "failed", "z"], in: store)
    let index: ContiguousArray<Int32> = [0, 1, -1, -1, 7]
    let kept = Conditional.pick(index, from: constants, otherwise: otherwise)
    #expect(Cell.shown(kept, in: store) == ["p", "l", "null", "failed", "z"])
    let dropped = Conditional.pick(index, from: constants, otherwise: nil, states: otherwise.states)
    #expect(Cell.shown(dropped, in: store) == ["p", "l", "null", "failed", "null"])
    let nulls = Conditional.pick(index, from: [Column.nulls(.string, count: 5), constants[1]], otherwise: nil)
    #expect(Cell.shown(nulls, in: store) == ["null", "l", "null", "null", "null"])
    let bits = Conditional.pick(index, from: [Cell.bools(["true"]), Cell.bools(["false"])], otherwise: nil)
    #expect(Cell.shown(bits) == ["true", "false", "null", "null", "null"])
  }
}
