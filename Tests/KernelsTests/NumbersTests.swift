import Columns
import Testing

@testable import Kernels

@Suite struct NumbersTests {
  /// All pairs of `int8`, one column each.
  private static let pairs = (-128...127).flatMap { a in (-128...127).map { (Int64(a), Int64($0)) } }

  @Test(arguments: ["+", "-", "*", "//", "%"])
  func everyPairOfBytes(_ op: String) {
    let count = Self.pairs.count
    let a = Column(.int8, .integers(ContiguousArray(Self.pairs.map(\.0))), count: count)
    let b = Column(.int8, .integers(ContiguousArray(Self.pairs.map(\.1))), count: count)
    let shown = Cell.shown(Self.apply(op, a, b, .int8))
    for (row, (x, y)) in Self.pairs.enumerated() {
      var expected: String
      if y == 0, op == "//" || op == "%" {
        expected = "divisionByZero"
      } else {
        let wide =
          switch op {
          case "+": x + y
          case "-": x - y
          case "*": x * y
          case "//": x / y
          default: x % y
          }
        expected = (-128...127).contains(wide) ? "\(wide)" : "overflow"
      }
      if shown[row] != expected { Issue.record("\(x) \(op) \(y): \(shown[row]), not \(expected)") }
    }
  }

  private static func apply(_ op: String, _ a: Column, _ b: Column, _ type: DataType) -> Column {
    switch op {
    case "+": Arithmetic.add(a, b, as: type)
    case "-": Arithmetic.subtract(a, b, as: type)
    case "*": Arithmetic.multiply(a, b, as: type)
    case "//": Arithmetic.quotient(a, b, as: type)
    default: Arithmetic.remainder(a, b, as: type)
    }
  }

  @Test(arguments: [
    ("+", "9223372036854775807", "1", "overflow"), ("+", "-9223372036854775808", "-1", "overflow"),
    ("+", "9223372036854775807", "-1", "9223372036854775806"), ("-", "-9223372036854775808", "1", "overflow"),
    ("-", "0", "-9223372036854775808", "overflow"), ("*", "4294967296", "2147483648", "overflow"),
    ("*", "-4294967296", "2147483648", "-9223372036854775808"), ("*", "-1", "-9223372036854775808", "overflow"),
    ("//", "-9223372036854775808", "-1", "overflow"), ("%", "-9223372036854775808", "-1", "0"),
    ("//", "-7", "2", "-3"), ("%", "-7", "2", "-1"), ("%", "7", "-2", "1"), ("%", "7", "0", "divisionByZero"),
  ])
  func extremesOfIntegers(_ op: String, _ a: String, _ b: String, _ expected: String) {
    #expect(Cell.shown(Self.apply(op, Cell.integers([a]), Cell.integers([b]), .int64)) == [expected])
  }

  @Test func decimalsAgreeWithFractions() {
    for row in NumbersTables.decimals {
      let numbers = row.compactMap { Int($0) }
      let type = Cell.type("decimal(\(row[5]), \(row[6]))")
      let a = Cell.decimals([row[1]], scale: Int(row[2]) ?? -1)
      let b = Cell.decimals([row[3]], scale: Int(row[4]) ?? -1)
      let shown = Cell.shown(Self.apply(row[0], a, b, type))
      if shown != [row[7]] { Issue.record("\(row.joined(separator: " ")): \(shown) \(numbers.count)") }
    }
    #expect(NumbersTables.decimals.count == 1200)
  }

  /// Every combination of a constant and a column, at every count around a word, with states on both sides.
  @Test(arguments: [0, 1, 63, 64, 65, 130])
  func wordBoundaries(_ count: Int) {
    let states = ["null", "invalid", "failed"]
    var left: [String] = []
    var right: [String] = []
    for row in 0..<count {
      left.append(row % 5 == 3 ? states[row / 5 % 3] : "\(min(row, 127))")
      right.append(row % 7 == 5 ? states[row / 7 % 3] : row % 11 == 0 ? "120" : "7")
    }
    let a = Cell.integers(left, .int8)
    let b = Cell.integers(right, .int8)
    let seven = Cell.constant(Cell.integers(["7"], .int8), count: count)
    func expected(_ x: String, _ y: String) -> String {
      if let a = Int(x), let b = Int(y) { return a + b > 127 ? "overflow" : "\(a + b)" }
      return ["failed", "invalid", "null"].first { $0 == x || $0 == y } ?? "?"
    }
    #expect(Cell.shown(Arithmetic.add(a, b, as: .int8)) == zip(left, right).map(expected))
    #expect(Cell.shown(Arithmetic.add(a, seven, as: .int8)) == left.map { expected($0, "7") })
    #expect(Cell.shown(Arithmetic.add(seven, b, as: .int8)) == right.map { expected("7", $0) })
    let both = Arithmetic.add(seven, seven, as: .int8)
    #expect(both.isConstant && Cell.shown(both) == [String](repeating: "14", count: count))
    let large = Cell.constant(Cell.integers(["100"], .int8), count: count)
    let over = Arithmetic.add(large, large, as: .int8)
    #expect(Cell.shown(over) == [String](repeating: "overflow", count: count))
  }

  @Test func valuesUnderRowsThatAreNotPresentAreZero() {
    let states = Cell.states(["null", "1", "failed"])
    let a = Column(.int64, .integers([.max, 1, .max]), count: 3, states: states)
    let sum = Arithmetic.add(a, a, as: .int64)
    #expect(Cell.shown(sum) == ["null", "2", "failed"])
    #expect(sum.integers == [0, 2, 0])
    let garbage = Column(.decimal(precision: 4, scale: 1), .decimals([.min, 1, .max]), count: 3, states: states)
    for scale in [0, 1, 38] {
      let type = DataType.decimal(precision: 38, scale: scale)
      for op in ["+", "-", "*", "//", "%"] { #expect(Self.apply(op, garbage, garbage, type).decimals[0] == 0) }
      let columns = [
        Arithmetic.floor(garbage, as: type), Arithmetic.ceil(garbage, as: type), Arithmetic.abs(garbage, as: type),
        Arithmetic.round(garbage, digits: Cell.integers(["0", "0", "-9"]), as: type),
      ]
      for column in columns { #expect(column.decimals[0] == 0 && column.state(0) == .null) }
    }
  }

  @Test func floats() {
    let a = Cell.floats(["1", "-7.5", "1e308", "nan", "0", "0.1"])
    let b = Cell.floats(["0", "2", "1e-10", "1", "3", "0.2"])
    #expect(
      Cell.shown(Arithmetic.divide(a, b)) == ["divisionByZero", "-3.75", "inf", "nan", "0.0", "0.5"])
    #expect(Cell.shown(Arithmetic.quotient(a, b, as: .float64))[1] == "-3.0")
    #expect(Cell.shown(Arithmetic.remainder(a, b, as: .float64))[1] == "-1.5")
    #expect(Cell.shown(Arithmetic.add(a, b, as: .float64))[5] == "0.30000000000000004")
    #expect(Cell.shown(Arithmetic.add(a, b, as: .float32))[5] == "\(Double(Float(0.1 + 0.2)))")
    #expect(Cell.shown(Arithmetic.sign(a)) == ["1", "-1", "1", "0", "0", "1"])
    #expect(Cell.shown(Arithmetic.negate(Cell.floats(["0", "1.5"]), as: .float64)) == ["-0.0", "-1.5"])
  }

  @Test(arguments: [
    ("-128", "overflow", "overflow", "-1"), ("-127", "127", "127", "-1"), ("0", "0", "0", "0"),
    ("127", "-127", "127", "1"),
  ])
  func signs(_ x: String, _ negated: String, _ absolute: String, _ sign: String) {
    let a = Cell.integers([x], .int8)
    #expect(Cell.shown(Arithmetic.negate(a, as: .int8)) == [negated])
    #expect(Cell.shown(Arithmetic.abs(a, as: .int8)) == [absolute])
    #expect(Cell.shown(Arithmetic.sign(a)) == [sign])
  }

  @Test func decimalsToWholeNumbers() {
    let cells = ["-25", "-20", "-1", "0", "1", "20", "25", "null"]
    let a = Cell.decimals(cells, scale: 1)
    let whole = DataType.decimal(precision: 38, scale: 0)
    #expect(Cell.shown(Arithmetic.floor(a, as: whole)) == ["-3", "-2", "-1", "0", "0", "2", "2", "null"])
    #expect(Cell.shown(Arithmetic.ceil(a, as: whole)) == ["-2", "-2", "0", "0", "1", "2", "3", "null"])
    let zero = Cell.constant(Cell.integers(["0"]), count: cells.count)
    #expect(Cell.shown(Arithmetic.round(a, digits: zero, as: whole)) == ["-3", "-2", "0", "0", "0", "2", "3", "null"])
    #expect(Cell.shown(Arithmetic.abs(a, as: .decimal(precision: 2, scale: 1)))[0] == "25")
    let tens = Cell.constant(Cell.integers(["-1"]), count: cells.count)
    #expect(Cell.shown(Arithmetic.round(a, digits: tens, as: .decimal(precision: 38, scale: 1)))[5...6] == ["0", "0"])
    let most = Cell.decimals([String(repeating: "9", count: 38)], scale: 0)
    #expect(Cell.shown(Arithmetic.round(most, digits: Cell.integers(["-1"]), as: whole)) == ["overflow"])
    #expect(Cell.shown(Arithmetic.round(most, digits: Cell.integers(["-9223372036854775808"]), as: whole)) == ["0"])
  }

  @Test(arguments: [
    ("15", "-1", "20"), ("25", "-1", "30"), ("-15", "-1", "-20"), ("14", "-1", "10"), ("125", "-1", "overflow"),
    ("127", "5", "127"), ("49", "-2", "0"), ("50", "-2", "100"), ("99", "-30", "0"), ("1", "-9223372036854775808", "0"),
  ])
  func integersToTens(_ x: String, _ digits: String, _ expected: String) {
    #expect(
      Cell.shown(Arithmetic.round(Cell.integers([x], .int8), digits: Cell.integers([digits]), as: .int8)) == [expected])
  }

  @Test func floatsRoundAsTheirShortestText() {
    for row in NumbersTables.rounding {
      let rounded = Arithmetic.round(Cell.floats([row[0]]), digits: Cell.integers([row[1]]), as: .float64)
      if rounded.floats.first != Double(row[2]) { Issue.record("\(row): \(rounded.floats)") }
    }
    #expect(NumbersTables.rounding.count > 400)
    let odd = Arithmetic.round(
      Cell.floats(["nan", "inf", "1.5", "1.5", "1.2345678901234567e16"]),
      digits: Cell.integers(["2", "2", "9223372036854775807", "-9223372036854775808", "-9223372036854775808"]),
      as: .float64)
    #expect(Cell.shown(odd) == ["nan", "inf", "1.5", "0.0", "0.0"])
  }
}
