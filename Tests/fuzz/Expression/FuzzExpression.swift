import Columns
import Diagnostics
import Expressions
import FuzzDriver
import Kernels

/// Any text as an expression over columns of all types: nothing traps, neither in reading it nor in binding it nor in
/// computing it over some rows, and what is refused is refused with a reason.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: data, count: data == nil ? 0 : count)
  guard let text = String(validating: bytes, as: UTF8.self) else { return 0 }
  let source = SourceText(text, path: "fuzz")
  var diagnostics = Diagnostics()
  let expression = parseExpression(source, into: &diagnostics)
  precondition(expression != nil || !diagnostics.all.isEmpty, "neither an expression nor a reason")
  precondition(diagnostics.rendered().utf8.count >= diagnostics.all.count)
  let rows = Rows()
  var scope = rows.scope()
  guard let value = scope.bind(source) else {
    precondition(!scope.diagnostics.all.isEmpty, "refused without a reason")
    _ = scope.diagnostics.rendered()
    return 0
  }
  var evaluation = Evaluation(scope.graph, over: rows)
  let all = Bitmap(repeating: true, count: rows.count)
  let result = evaluation.value(value.node, rows: all, living: all)
  precondition(result.count == rows.count)
  let texts = Casting.cast(result, to: .string, in: rows.store)
  for row in 0..<rows.count where texts.state(row) == .present {
    _ = rows.store.string(texts.texts[texts.isConstant ? 0 : row])
  }
  return 0
}

/// Some rows of texts under a column of each type.
private final class Rows: RowSource {
  private static let columns: [(name: String, type: DataType, cells: [String?])] = [
    ("i", .int64, ["0", "-9223372036854775808", nil, "9223372036854775807", "x"]),
    ("k", .int8, ["1", "-128", "127", nil, "128"]),
    ("d", .decimal(precision: 38, scale: 10), ["1.5", "-9999999999999999999999999999.9999999999", nil, "0", ""]),
    ("f", .float64, ["nan", "-inf", "1e308", "-0", nil]),
    ("s", .string, ["", "ä\u{10FFFF}b", nil, " 12 ", "%_\\"]),
    ("t", .date, ["0001-01-01", "9999-12-31", "2024-02-29", nil, "y"]),
    ("ts", .timestamp, ["0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", nil, "2024-02-29 12:00:00", ""]),
    ("tz", .timestamptz, ["2024-03-31T01:30:00Z", "9999-12-31T23:59:59Z", nil, "", "1970-01-01T00:00:00Z"]),
    ("b", .bool, ["true", "false", nil, "maybe", ""]),
  ]

  let store = ByteStore(capacity: 1 << 10)
  let count = 5
  let file = "fuzz.csv"
  let firstOrdinal = 0

  func recordNumber(_ row: Int) -> Int64 { Int64(row + 1) }
  func line(_ row: Int) -> Int64 { Int64(row + 2) }
  func ordinal(_ row: Int) -> Int { row }
  func fact(_ index: Int) -> any FactValue { UnknownFact() }

  func cells(_ index: Int) -> Column {
    var validity = Bitmap(repeating: true, count: count)
    var spans: ContiguousArray<TextSpan> = []
    for (row, cell) in Self.columns[index].cells.enumerated() {
      spans.append(cell.flatMap(store.append) ?? .empty)
      if cell == nil { validity[row] = false }
    }
    return Column(.string, .texts(spans), count: count, states: States(validity: validity))
  }

  func scope() -> Scope {
    // 2024-12-20 10:30:00 UTC
    var scope = Scope(context: CompileContext(instant: 1_734_690_600_000_000, zone: .utc))
    var bound: [BoundColumn] = []
    for (index, column) in Self.columns.enumerated() {
      let cell = scope.graph.cell(CellRead(column: index, nulls: []))
      guard let value = scope.cast(Typed(cell, .string, cell: cell), to: column.type) else { continue }
      bound.append(BoundColumn(column.name, value.node, value.type, cell: cell))
    }
    scope.setColumns(bound)
    return scope
  }
}

/// Where the program begins.
@_cdecl("FuzzExpression_main")
public func start(_ count: CInt, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  runFuzzer(count, words)
}
