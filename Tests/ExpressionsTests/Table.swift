import Columns
import Diagnostics
import Kernels

@testable import Expressions

/// What became of a value on a row.
enum Outcome: Hashable, Sendable, CustomStringConvertible {
  case text(String)
  case null, invalid
  case failed(FailureKind)

  var description: String {
    switch self {
    case .text(let text): "'\(text)'"
    case .null: "null"
    case .invalid: "invalid"
    case .failed(let kind): "failed(\(kind))"
    }
  }
}

/// A batch of texts under typed columns, as a run would have read them.
final class Table: RowSource {
  struct Declaration: Sendable {
    let name: String
    let type: DataType

    init(_ name: String, _ type: DataType) {
      self.name = name
      self.type = type
    }
  }

  /// Stand for cells that are invalid, or could not be computed.
  static let invalid = "\u{1}invalid"
  static let failed = "\u{1}failed"

  let declarations: [Declaration]
  /// The texts by row, nil where the cell is null.
  let rows: [[String?]]
  /// Where the recipe's days begin.
  let zone: TimeZone
  let store = ByteStore(capacity: 1 << 10)

  init(_ declarations: [Declaration], rows: [[String?]], zone: TimeZone = .utc) {
    self.declarations = declarations
    self.zone = zone
    self.rows = rows
  }

  var count: Int { rows.count }
  let file = "in/a.csv"
  let firstOrdinal = 0
  func recordNumber(_ row: Int) -> Int64 { Int64(row + 1) }
  func line(_ row: Int) -> Int64 { Int64(row + 2) }
  func ordinal(_ row: Int) -> Int { row }
  func fact(_ index: Int) -> any FactValue { UnknownFact() }

  func cells(_ index: Int) -> Column {
    var states = States(validity: Bitmap(repeating: true, count: count))
    var invalid = Bitmap(repeating: false, count: count)
    var failures = Failures(count: count)
    var spans: ContiguousArray<TextSpan> = []
    for (row, cells) in rows.enumerated() {
      let text = index < cells.count ? cells[index] : nil
      switch text {
      case Self.invalid: invalid[row] = true
      case Self.failed: failures.insert(row, .patternLimit)
      case nil: break
      case let text?:
        spans.append(store.append(text) ?? .empty)
        continue
      }
      states.validity?[row] = false
      spans.append(.empty)
    }
    if !invalid.isEmpty { states.invalid = invalid }
    if !failures.isEmpty { states.failures = failures }
    return Column(.string, .texts(spans), count: count, states: states)
  }

  /// A scope that sees the table's columns.
  func scope() -> Scope { Self.scope(declarations, zone: zone) }

  /// A scope that sees columns. The run's clock stands at 2024-12-20 10:30:00 UTC.
  static func scope(
    _ declarations: [Declaration], zone: TimeZone = .utc, parameters: [String: Constant] = [:]
  ) -> Scope {
    let instant: Int64 = 1_734_690_600_000_000
    var scope = Scope(
      context: CompileContext(instant: instant, zone: zone, parameters: parameters, run: "run-1"))
    var columns: [BoundColumn] = []
    for (index, declaration) in declarations.enumerated() {
      let cell = scope.graph.cell(CellRead(column: index, nulls: []))
      let text = Typed(cell, .string, cell: cell)
      guard let value = scope.cast(text, to: declaration.type) else { continue }
      columns.append(BoundColumn(declaration.name, value.node, value.type, cell: cell))
    }
    scope.setColumns(columns)
    return scope
  }

  /// The outcome of a node on each row.
  func outcomes(of node: NodeID, in graph: Graph) -> [Outcome] {
    var evaluation = Evaluation(graph, over: self)
    let all = Bitmap(repeating: true, count: count)
    return outcomes(evaluation.value(node, rows: all, living: all))
  }

  func outcomes(_ column: Column) -> [Outcome] {
    let texts = Casting.cast(column, to: .string, in: store)
    return (0..<count).map { row in
      switch column.state(row) {
      case .present: .text(store.string(texts.texts[texts.isConstant ? 0 : row]))
      case .null: .null
      case .invalid: .invalid
      case .failed: .failed(column.failures?.kind(row) ?? .badArgument)
      }
    }
  }

  /// The outcome of an expression on each row, or the codes of what is wrong with it.
  func evaluate(_ expression: String) -> Result<[Outcome], Refusal> {
    var scope = scope()
    guard let value = scope.bind(SourceText(expression, path: "e")) else {
      return .failure(Refusal(codes: scope.diagnostics.all.map(\.code)))
    }
    return .success(outcomes(of: value.node, in: scope.graph))
  }
}

/// An expression that does not compile, by the codes of its diagnostics.
struct Refusal: Error, Hashable {
  let codes: [String]
}
