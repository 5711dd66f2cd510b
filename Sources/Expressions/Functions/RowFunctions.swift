import Columns
import Kernels

extension Function {
  package static let sourceFile = Function(
    "source_file", .row, "The path of the file that the row was read from.",
    .plain(gives: .fixed(.string)) { Constant.text($0.source.file).column(count: $0.count, in: $0.store) },
    nulls: .custom("never null"), isPure: false, example: "length(source_file()) >= 0", gives: "true")

  package static let sourceLine = Function(
    "source_line", .row, "The line, from 1, on which the row's record begins.",
    .plain(gives: .fixed(.int64)) { call in
      Column(.int64, .integers(ContiguousArray((0..<call.count).map { call.source.line($0) })), count: call.count)
    },
    nulls: .custom("never null"), isPure: false, example: "source_line() > 0", gives: "true")

  package static let recordNumber = Function(
    "record_number", .row, "The number of the row's record in its file, from 1, the header apart.",
    .plain(gives: .fixed(.int64)) { call in
      Column(
        .int64, .integers(ContiguousArray((0..<call.count).map { call.source.recordNumber($0) })), count: call.count)
    },
    nulls: .custom("never null"), isPure: false, example: "record_number() > 0", gives: "true")

  package static let raw = Function(
    "raw", .row, "The text of a column as it stood in the input.",
    .plain(.value("column", .cell), gives: .fixed(.string)) { $0[0] },
    nulls: .custom("null where the cell was one of the null texts"), example: "raw(x)", gives: "12")

  package static let runID = Function(
    "run_id", .row, "The run's own identifier.",
    .prepared(gives: .fixed(.string)) { info throws(ArgumentFault) in
      let run = Constant.text(info.context.run)
      return { run.column(count: $0.count, in: $0.store) }
    },
    nulls: .custom("never null"), example: "length(run_id()) >= 0", gives: "true")

  package static let random = Function(
    "random", .row,
    "A number at random, from 0 to below 1 or between two bounds that are included; the same whenever the recipe runs.",
    .prepared(gives: .fixed(.float64)) { info throws(ArgumentFault) in
      let numbers = RandomNumbers(name: info.context.document.utf8, stream: info.call)
      return { numbers.uniform(places(of: $0)) }
    },
    .prepared(.value("low", .integer), .value("high", .integer), gives: .fixed(.int64)) { info throws(ArgumentFault) in
      let numbers = RandomNumbers(name: info.context.document.utf8, stream: info.call)
      return { numbers.integers(places(of: $0), low: $0[0], high: $0[1]) }
    },
    .prepared(.value("low", .float), .value("high", .float), gives: .fixed(.float64)) { info throws(ArgumentFault) in
      let numbers = RandomNumbers(name: info.context.document.utf8, stream: info.call)
      return { numbers.floats(places(of: $0), low: $0[0], high: $0[1]) }
    },
    errors: "the bounds cross or are not finite", isPure: false, isVolatile: true,
    example: "random(1, 6) between 1 and 6", gives: "true")

  private static func places(of call: borrowing Call) -> ContiguousArray<Int> {
    ContiguousArray(unsafeUninitializedCapacity: call.count) { places, filled in
      for row in 0..<call.count { places.initializeElement(at: row, to: call.source.ordinal(row)) }
      filled = call.count
    }
  }

  static let rows = [random, raw, recordNumber, runID, sourceFile, sourceLine]
}
