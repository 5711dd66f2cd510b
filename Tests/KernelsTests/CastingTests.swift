import Columns
import Testing

@testable import Kernels

@Suite struct CastingTests {
  /// Texts of a table's first column, all in one store.
  private static func texts(_ hex: [String], in store: ByteStore) -> Column {
    var spans: ContiguousArray<TextSpan> = []
    for text in hex {
      let digits = Array(text.utf8).map { UInt8(Int(String(Unicode.Scalar($0)), radix: 16) ?? 0) }
      let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
      spans.append(bytes.withUnsafeBytes { store.append($0) } ?? .empty)
    }
    return Column(.string, .texts(spans), count: hex.count)
  }

  @Test(arguments: Set(NumbersTables.reading.map { $0[1] }).sorted())
  func textsAreReadAsPythonReadsThem(_ type: String) {
    let store = ByteStore(capacity: 64)
    let rows = NumbersTables.reading.filter { $0[1] == type }
    let read = Casting.cast(Self.texts(rows.map { $0[0] }, in: store), to: Cell.type(type), in: store)
    let written = Formatting.texts(read, in: store)
    for (row, expected) in rows.enumerated() {
      var shown = Cell.shown(read)[row]
      if read.isPresent(row) {
        shown = store.string(written[row])
        if type == "float32" { shown = "bits \(Float(read.floats[row]).bitPattern)" }
      }
      if shown != expected[2] { Issue.record("\(expected): \(shown)") }
    }
    #expect(rows.count > 200)
  }

  @Test func floatsAreWrittenAsPythonWritesThem() {
    let store = ByteStore(capacity: 64)
    let cells = NumbersTables.floats.map { $0[0] }
    let column = Cell.floats(cells)
    for (row, span) in Formatting.texts(column, in: store).enumerated() {
      let text = store.string(span)
      if text != cells[row] { Issue.record("\(cells[row]): \(text)") }
    }
    #expect(cells.count > 2500)
  }

  @Test func singlesReadBackAndAreShortest() {
    let store = ByteStore(capacity: 64)
    var values: ContiguousArray<Double> = []
    for step in 0..<20_000 {
      values.append(Double(Float(step) / 100))
      values.append(Double(Float(bitPattern: UInt32(truncatingIfNeeded: step &* 2_654_435_761))))
    }
    let column = Column(.float32, .floats(values), count: values.count)
    for (row, span) in Formatting.texts(column, in: store).enumerated() {
      let text = store.string(span)
      let value = Float(values[row])
      if text != (value.isNaN ? "nan" : value.description) { Issue.record("\(value): \(text)") }
    }
  }

  @Test func integersAreWrittenInFull() {
    let store = ByteStore(capacity: 64)
    var values: ContiguousArray<Int64> = [.min, .max, 0, -1]
    var power: Int64 = 1
    for _ in 0..<18 {
      power *= 10
      values += [power - 1, power, power + 1, -power, 1 - power, power / 7]
    }
    values += (0..<20_000).map { $0 }
    let column = Column(.int64, .integers(values), count: values.count)
    let spans = Formatting.texts(column, in: store)
    #expect(values.indices.allSatisfy { store.string(spans[$0]) == "\(values[$0])" })
  }

  @Test(arguments: [
    ("0", 0, "0"), ("0", 2, "0.00"), ("-1", 2, "-0.01"), ("1250", 2, "12.50"), ("-1250", 3, "-1.250"),
    ("5", 9, "0.000000005"),
    ("99999999999999999999999999999999999999", 0, "99999999999999999999999999999999999999"),
    ("-99999999999999999999999999999999999999", 38, "-0.99999999999999999999999999999999999999"),
    ("18446744073709551616", 1, "1844674407370955161.6"), ("18446744073709551615", 8, "184467440737.09551615"),
    ("10000000000000000000000000000000000000", 37, "1.0000000000000000000000000000000000000"),
    ("1", 38, "0.00000000000000000000000000000000000001"),
  ])
  func decimalsAreWrittenWithAllDigitsOfTheirScale(_ unscaled: String, _ scale: Int, _ text: String) {
    let store = ByteStore(capacity: 64)
    let spans = Formatting.texts(Cell.decimals([unscaled], scale: scale), in: store)
    #expect(spans.map { store.string($0) } == [text])
    let back = Casting.cast(Cell.texts([text], in: store), to: .decimal(precision: 38, scale: scale), in: store)
    #expect(Cell.shown(back) == [unscaled])
  }

  @Test func decimalsAreCastExactly() {
    let store = ByteStore(capacity: 64)
    for row in NumbersTables.decimalCasts {
      let precision = Int(row[1]) ?? 0
      let column = Column(
        .decimal(precision: precision, scale: Int(row[2]) ?? 0), .decimals([Int128(row[0]) ?? 0]), count: 1)
      let cast = Casting.cast(column, to: Cell.type(row[3]), in: store)
      if Cell.shown(cast) != [row[4]] { Issue.record("\(row): \(Cell.shown(cast))") }
    }
    #expect(NumbersTables.decimalCasts.count == 2000)
  }

  @Test func floatsAreCastAsTheirShortestText() {
    let store = ByteStore(capacity: 64)
    for row in NumbersTables.floatCasts {
      let cast = Casting.cast(Cell.floats([row[0]]), to: Cell.type(row[1]), in: store)
      if Cell.shown(cast) != [row[2]] { Issue.record("\(row): \(Cell.shown(cast))") }
    }
    #expect(NumbersTables.floatCasts.count > 1000)
  }

  /// Every pair of types: states survive, nothing traps, and the text of a cast is the cast of a text where both exist.
  @Test(arguments: [
    DataType.bool, .int8, .int64, .float32, .float64, .decimal(precision: 6, scale: 2), .string, .binary, .date, .time,
    .timestamp, .timestamptz, .null,
  ])
  func everyPairOfTypesKeepsStates(_ from: DataType) {
    let store = ByteStore(capacity: 64)
    let count = 67
    let cells = [String](repeating: "1", count: 64) + ["null", "invalid", "failed"]
    let column = from == .null ? Column.nulls(.null, count: count) : Self.column(from, cells, store)
    for to in [
      DataType.bool, .int8, .int64, .float32, .float64, .decimal(precision: 6, scale: 2), .string, .binary, .date,
      .time,
      .timestamp, .timestamptz,
    ] {
      let cast = Casting.cast(column, to: to, in: store)
      #expect(cast.type == to && cast.count == count, "\(from) to \(to)")
      let isNull = from == .null
      #expect((64...66).map { cast.state($0) } == (isNull ? [.null, .null, .null] : [.null, .invalid, .failed]))
      if from.isNumeric || from == .bool, to.isNumeric || to == .bool {
        let text = Casting.cast(cast, to: .string, in: store)
        let one = to == .bool ? "true" : to.isDecimal ? "1.00" : to.isFloat ? "1.0" : "1"
        #expect(Cell.shown(text, in: store)[63] == one)
      }
    }
  }

  private static func column(_ type: DataType, _ cells: [String], _ store: ByteStore) -> Column {
    switch type.layout {
    case .bits: Cell.bools(cells.map { $0 == "1" ? "true" : $0 })
    case .integers: Cell.integers(cells, type)
    case .floats: Cell.floats(cells, type)
    case .decimals: Cell.decimals(cells.map { $0 == "1" ? "100" : $0 }, scale: 2).with(type: type)
    case .texts: Cell.texts(cells, in: store).with(type: type)
    }
  }

  @Test func constantsAndWordBoundaries() {
    let store = ByteStore(capacity: 64)
    for count in [0, 1, 63, 64, 65, 130] {
      for (text, expected) in [("72.15", "7215"), (" ", "null"), ("x", "cast")] {
        let constant = Cell.constant(Cell.texts([text], in: store), count: count)
        let read = Casting.cast(constant, to: .decimal(precision: 6, scale: 2), in: store)
        #expect(Cell.shown(read) == [String](repeating: expected, count: count))
      }
      var cells: [String] = []
      var expected: [String] = []
      for row in 0..<count {
        cells.append(["\(row)", "x", ""][row % 3])
        expected.append(["\(row)", "cast", "null"][row % 3])
      }
      #expect(Cell.shown(Reading.integers(Cell.texts(cells, in: store), as: .int16, in: store)) == expected)
    }
  }

  @Test func bytesBecomeTextOnlyWhereTheyAreUTF8() {
    let store = ByteStore(capacity: 64)
    let texts = Self.texts(["c3a9", "c3", "", "ff", "eda080", "f09f9880"], in: store).with(type: .binary)
    let cast = Casting.cast(texts, to: .string, in: store)
    #expect(Cell.shown(cast, in: store) == ["é", "cast", "", "cast", "cast", "😀"])
  }
}
