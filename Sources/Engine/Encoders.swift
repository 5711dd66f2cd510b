import Columns
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
      program: plan.program, writesRows: plan.mode == .apply, writer: CSVWriter(output),
      quarantine: QuarantineEncoding(
        format: quarantine, plan: plan, delimiter: inputs.dialect.delimiter, attempt: 1))
  }
}

/// Turns a batch that was judged into the bytes of both outputs.
struct Encoding {
  let program: RowProgram
  let writesRows: Bool
  var writer: CSVWriter
  var quarantine: QuarantineEncoding

  mutating func encode(
    _ cells: BatchCells, _ state: borrowing BatchState, _ file: InputFile, _ work: inout RowWork,
    into result: BatchResult
  ) {
    quarantine.encode(cells, state, file, &work, into: result)
    result.acceptedRows = state.living.population
    guard writesRows, result.acceptedRows > 0 else { return }
    var columns: [CSVOutputColumn] = []
    columns.reserveCapacity(program.output.count)
    for output in program.output {
      let column = work.column(output.node, state)
      if column.type.isText {
        columns.append(CSVOutputColumn(column))
      } else {
        let texts = Formatting.texts(column, in: cells.store)
        columns.append(CSVOutputColumn(texts: texts, validity: column.validity, isVerbatim: true))
      }
    }
    writer.write(columns, rows: state.living, in: cells.store, to: &result.accepted)
  }
}
