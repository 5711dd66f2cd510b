import Columns
import Expressions
import Formats
import Kernels
import Plans

/// The reasons of a batch's refused rows, ready to be written: by row, with the values they speak of.
struct RowReasons {
  /// The refused rows, ascending.
  let rows: [Int]
  /// For each of them, its reasons' places in `causes`, in the order in which they were found.
  private(set) var byRow: [[Int]]
  private(set) var causes: [BatchState.Cause] = []

  init(_ state: borrowing BatchState) {
    rows = state.condemned.rows
    byRow = Array(repeating: [], count: rows.count)
    var position: [Int: Int] = [:]
    position.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() { position[row] = index }
    for reason in state.reasons {
      guard let index = position[reason.row] else { continue }
      byRow[index].append(causes.count)
      causes.append(reason.cause)
    }
  }
}

/// A cause put into the words of reports.
struct CauseFacts {
  let key: ReasonKey
  /// The stage's number in reports.
  let step: Int
  /// The columns that it speaks of.
  let columns: [BoundColumn]
  /// What holds the value to show: the source text where the value could not be read.
  let shown: NodeID?
  /// What holds the place of the row that was kept instead.
  private(set) var kept: NodeID?

  init(_ cause: BatchState.Cause, in program: borrowing RowProgram) {
    switch cause {
    case .requirement(let stage, let index):
      step = program.stages[stage].index
      guard case .require(let requirements) = program.stages[stage].action else {
        (key, columns, shown) = (ReasonKey(code: "expression", rule: nil, column: nil), [], nil)
        return
      }
      let requirement = requirements[index]
      key = ReasonKey(code: requirement.code.rawValue, rule: nil, column: requirement.column)
      let node = requirement.cell ?? requirement.node
      columns = [BoundColumn(requirement.column, node, program.graph[node].type, cell: requirement.cell)]
      shown = requirement.cell
    case .condition(let stage):
      step = program.stages[stage].index
      (key, columns, shown) = (ReasonKey(code: ReasonCode.expression.rawValue, rule: nil, column: nil), [], nil)
    case .rejection(let stage):
      step = program.stages[stage].index
      guard case .reject(let rejection) = program.stages[stage].action else {
        (key, columns, shown) = (ReasonKey(code: "expression", rule: nil, column: nil), [], nil)
        return
      }
      columns = rejection.columns
      let only = columns.count == 1 ? columns[0] : nil
      key = ReasonKey(code: rejection.code.rawValue, rule: nil, column: only?.name)
      shown = only?.node
      kept = rejection.kept
    case .rule(let stage, let index), .ruleError(let stage, let index):
      let rule = program.rowRules[index]
      step = program.stages[stage].index
      columns = rule.columns
      let isError = if case .ruleError = cause { true } else { false }
      key = ReasonKey(
        code: isError ? ReasonCode.expression.rawValue : rule.info.code, rule: rule.info.name,
        column: rule.info.columns.count == 1 ? rule.info.columns[0] : nil)
      shown = rule.columns.count == 1 ? rule.columns[0].node : nil
    }
  }
}

/// Canonical texts of columns for a few rows of a batch, made when first asked for.
struct ShownValues {
  private let rows: [Int]
  private var known: [NodeID: (column: Column, texts: ContiguousArray<TextSpan>)] = [:]

  init(rows: [Int]) { self.rows = rows }

  /// The value of a column on the `index`-th of the rows as JSON; an invalid one as its source text.
  mutating func appendJSON(
    _ column: BoundColumn, _ index: Int, _ work: inout RowWork, _ state: borrowing BatchState, _ store: ByteStore,
    to output: inout [UInt8]
  ) {
    let value = values(column.node, &work, state, store)
    switch value.column.state(index) {
    case .present:
      let bytes = store.bytes(value.texts[value.column.type.isText && value.column.isConstant ? 0 : index])
      if value.column.type.isBareJSON(bytes) { output += bytes } else { appendString(bytes, to: &output) }
    case .null:
      output += "null".utf8
    case .invalid, .failed:
      guard let cell = column.cell, cell != column.node else {
        output += "null".utf8
        return
      }
      appendJSON(BoundColumn(column.name, cell, .string), index, &work, state, store, to: &output)
    }
  }

  /// The integer of a node on the `index`-th of the rows; nil where it has none.
  mutating func integer(
    _ node: NodeID, _ index: Int, _ work: inout RowWork, _ state: borrowing BatchState, _ store: ByteStore
  ) -> Int64? {
    let column = values(node, &work, state, store).column
    guard column.isPresent(index), case .integers(let integers) = column.values else { return nil }
    return integers[column.isConstant ? 0 : index]
  }

  private mutating func values(
    _ node: NodeID, _ work: inout RowWork, _ state: borrowing BatchState, _ store: ByteStore
  ) -> (column: Column, texts: ContiguousArray<TextSpan>) {
    if let found = known[node] { return found }
    let column = work.column(node, state).gather(rows)
    let texts = column.type.isText ? column.texts : Formatting.texts(column, in: store)
    known[node] = (column, texts)
    return (column, texts)
  }
}

/// A JSON string of UTF-8 bytes.
func appendString(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
  output.append(UInt8(ascii: "\""))
  Text.appendJSON(bytes, to: &output)
  output.append(UInt8(ascii: "\""))
}

func appendString(_ text: String, to output: inout [UInt8]) {
  var text = text
  text.withUTF8 { appendString(UnsafeRawBufferPointer($0), to: &output) }
}

extension DataType {
  /// Whether the canonical text of a value is its JSON as it stands.
  fileprivate func isBareJSON(_ text: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .bool, .int8, .int16, .int32, .int64, .decimal: true
    case .float32, .float64: text.last.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    default: false
    }
  }
}
