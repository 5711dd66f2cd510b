import Columns
import Expressions
import Formats
import Kernels
import Plans

/// Makes the encoders of each worker.
struct Encoders {
  let plan: BoundPlan
  let inputs: Inputs
  let output: CSVOutputDialect
  let quarantine: QuarantineFormat

  func make() -> Encoding {
    Encoding(
      program: plan.program, writesRows: plan.mode == .apply, passesThrough: passesThrough,
      writer: CSVWriter(output),
      quarantine: QuarantineEncoding(
        format: quarantine, plan: plan, delimiter: inputs.dialect.delimiter, attempt: 1))
  }

  /// Whether the bytes of a field mean the same in the output as in the input, so that untouched ones need no other form.
  private var passesThrough: Bool {
    let input = inputs.dialect
    return input.delimiter == output.delimiter && input.quote == output.quote && input.escape == nil
      && output.nullText.isEmpty && plan.program.output.count > 1
      && inputs.files.allSatisfy { $0.lineEnd != .carriageReturn }
  }
}

/// Turns a batch that was judged into the bytes of both outputs.
struct Encoding {
  let program: RowProgram
  let writesRows: Bool
  let passesThrough: Bool
  var writer: CSVWriter
  var quarantine: QuarantineEncoding

  mutating func encode(
    _ cells: BatchCells, _ state: borrowing BatchState, _ file: InputFile, _ work: inout RowWork,
    into result: BatchResult
  ) {
    quarantine.encode(cells, state, file, &work, into: result)
    guard writesRows else {
      result.acceptedRows = state.living.population
      return
    }
    guard !state.living.isEmpty else { return }
    var columns: [CSVOutputColumn] = []
    columns.reserveCapacity(program.output.count)
    var next = 0
    while next < program.output.count {
      if let run = untouchedRun(from: next, cells) {
        columns.append(
          CSVOutputColumn(texts: cells.batch.rawSpans(from: run.first, to: run.last), isVerbatim: true))
        next += run.count
        continue
      }
      let column = work.column(program.output[next].node, state)
      if column.type.isText {
        columns.append(CSVOutputColumn(column))
      } else {
        let texts = Formatting.texts(column, in: cells.store)
        columns.append(CSVOutputColumn(texts: texts, validity: column.validity, isVerbatim: true))
      }
      next += 1
    }
    result.acceptedRows = writer.write(columns, rows: state.living, in: cells.store, to: &result.accepted)
  }

  /// The fields of the file that a run of output columns from `index` on are, untouched and side by side; nil where
  /// already the first is something else.
  private func untouchedRun(from index: Int, _ cells: BatchCells) -> (first: Int, last: Int, count: Int)? {
    guard passesThrough, let first = field(of: program.output[index], cells) else { return nil }
    var count = 1
    while index + count < program.output.count, field(of: program.output[index + count], cells) == first + count {
      count += 1
    }
    return (first, first + count - 1, count)
  }

  private func field(of column: BoundColumn, _ cells: BatchCells) -> Int? {
    guard case .cell(let read) = program.graph[column.node].operation else { return nil }
    return cells.untouchedField(read)
  }
}
