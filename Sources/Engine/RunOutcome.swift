import Columns
import Formats
import Measures
import Plans
import Storage

/// What a run found, when it is over.
package struct RunOutcome: Sendable {
  package var ledger = Ledger()
  package var rules: [RuleCounts] = []
  /// What the dataset rules judge, in their order.
  package var measured: [MeasuredValue] = []
  package var reasons: [ReasonTotal] = []
  package var recordsByFile: [Int] = []
  /// Whether the run ended before its input did, and why.
  package var stop: RunEnd?
  package var computations: [Int] = []
  package var batches = 0
  package var bytesSpilled = 0
  /// Records that could not be read as rows.
  package var unreadable = 0
  /// What was read of the further inputs.
  package var furtherInputs = FurtherCounts()

  package struct ReasonTotal: Sendable {
    package let reason: ReasonKey
    package var rows: Int
    package let firstLine: Int
    package let firstFile: Int
    package var samples: [RowPlace]
  }
}

/// Why a run ended before its input did.
package enum RunEnd: Error, Sendable {
  case interrupted
  /// The quarantine's `stop_at` was passed.
  case stopped(String)
  /// `on_error: fail` was chosen and a value did not fit.
  case valueFailed(column: String, kind: FailureKind, place: RowPlace)
  /// The same of a step that has no column.
  case stepFailed(String, kind: FailureKind, place: RowPlace)
  /// Rows of a further input cannot be used, so that what the rules compare with is not known.
  case refused(input: String, rows: Int, first: RefusedRows.First)
  case input(InputFailure)
  /// An input file is not what it was when the run began.
  case changed(String)
  case storage(StorageFailure)
}
