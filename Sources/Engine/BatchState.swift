import Columns
import Plans

/// Where the rows of a batch stand. Each row is living, condemned or dropped; this is the only place that says so.
package struct BatchState {
  /// Rows that go on: neither condemned nor dropped.
  package private(set) var living: Bitmap
  /// Rows that are not dropped: living and condemned ones. Rules judge these.
  private(set) var present: Bitmap
  /// Rows for quarantine.
  private(set) var condemned: Bitmap
  /// Why, in the order in which it was found.
  private(set) var reasons: [Reason] = []

  struct Reason {
    let row: Int
    let cause: Cause
  }

  enum Cause {
    /// A requirement of a stage, by its places in the program.
    case requirement(stage: Int, index: Int)
    /// The condition of a stage that drops rows could not be computed.
    case condition(stage: Int)
    /// The stage is there to condemn such rows.
    case rejection(stage: Int)
    /// A rule that the row failed, by its place in the program, and the stage that asked it.
    case rule(stage: Int, index: Int)
    /// A rule whose expression could not be computed on the row.
    case ruleError(stage: Int, index: Int)
  }

  init(count: Int) {
    living = Bitmap(repeating: true, count: count)
    present = living
    condemned = Bitmap(repeating: false, count: count)
  }

  /// Takes living rows out of the output, for a cause; gives back how many were living until now.
  mutating func condemn(_ rows: Bitmap, for cause: Cause) {
    rows.forEachSet { reasons.append(Reason(row: $0, cause: cause)) }
    condemned.formUnion(rows)
    living.subtract(rows)
  }

  /// Takes living rows out of everything.
  package mutating func drop(_ rows: Bitmap) {
    living.subtract(rows)
    present.subtract(rows)
  }
}
