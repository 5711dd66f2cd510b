import Formats
import Plans
import Synchronization

/// What a worker made of one batch, on its way to the writers. Results are used again and again.
///
/// `@unchecked Sendable`: one thread at a time has a result; it changes hands only through the mutexes of the reader's
/// turns and the ordered output.
final class BatchResult: @unchecked Sendable {
  var accepted = OutputBuffer(capacity: 1 << 20)
  var acceptedRows = 0
  var quarantine = QuarantineBytes()
  var tally = BatchTally()
  var reasons: [ReasonCount] = []
  /// The batch's rows and malformed records as the worker saw them.
  var rows = 0
  var malformed = 0
  /// Why the run has to end with this batch.
  var stop: RunEnd?

  func clear() {
    stop = nil
    accepted.removeAll()
    acceptedRows = 0
    quarantine.removeAll()
    reasons.removeAll(keepingCapacity: true)
    rows = 0
    malformed = 0
  }
}

/// Results that wait to be used again.
final class ResultPool: Sendable {
  private let spare = Mutex<[BatchResult]>([])

  func take() -> BatchResult {
    let result = spare.withLock { $0.popLast() } ?? BatchResult()
    result.clear()
    return result
  }

  func release(_ result: BatchResult) { spare.withLock { $0.append(result) } }
}

/// Encoded quarantine rows.
struct QuarantineBytes {
  var bytes: [UInt8] = []
  /// Records that could not be read, where they do not fit the other format.
  var unreadable: [UInt8] = []
  var rows = 0

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    unreadable.removeAll(keepingCapacity: true)
    rows = 0
  }
}

/// How often a reason was given in a batch.
struct ReasonCount {
  let reason: ReasonKey
  var rows: Int
  let firstLine: Int
  let file: Int
  /// The first few places.
  var samples: [RowPlace]
}

/// A reason as it is counted: a code, and the rule or column that it speaks of.
package struct ReasonKey: Hashable, Sendable {
  package let code: String
  /// The rule's name; nil where no rule gave it.
  package let rule: String?
  package let column: String?
}

/// Where a row stands.
package struct RowPlace: Sendable, Hashable {
  package let file: String
  package let record: Int
  package let line: Int
}
