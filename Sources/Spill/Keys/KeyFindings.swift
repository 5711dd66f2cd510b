import Synchronization

/// How often keys occur.
package struct KeyCounts: Sendable, Equatable {
  /// Rows with a key.
  package var rows = 0
  /// Different keys.
  package var distinct = 0
  /// Keys that one row has.
  package var single = 0

  package init(rows: Int = 0, distinct: Int = 0, single: Int = 0) {
    self.rows = rows
    self.distinct = distinct
    self.single = single
  }

  /// Rows whose key another row has, too: what `unique` fails when it keeps none.
  package var repeatedRows: Int { rows - single }

  /// Rows beyond the first of each key: what `unique` fails when it keeps one.
  package var extraRows: Int { rows - distinct }

  mutating func add(_ other: KeyCounts) {
    rows += other.rows
    distinct += other.distinct
    single += other.single
  }
}

/// Which row of a repeated key does not fail.
package enum KeptRow: Sendable { case none, first, last }

/// What is found out about keys by one thread: how many there are, and the rows that fail.
struct KeyFindings {
  var counts = KeyCounts()
  private let keeping: KeptRow
  private let failing: OrdinalCollector?
  private var waiting: [Int64] = []

  /// - Parameter failing: takes the rows that fail; nil where only the counts are wanted.
  init(keeping: KeptRow, failing: OrdinalCollector?) {
    self.keeping = keeping
    self.failing = failing
  }

  /// Judges two rows of one key, of which `kept` was met before.
  ///
  /// - Returns: true where `kept` is still the row to compare with; false where it is `fresh` now.
  @inline(__always)
  mutating func judge(_ kept: Int64, isFirstMeeting: Bool, _ fresh: Int64) -> Bool {
    let keepsKept = keeping == .none || (keeping == .first ? kept < fresh : kept > fresh)
    if failing != nil {
      if keeping == .none, isFirstMeeting { fail(kept) }
      fail(keepsKept ? fresh : kept)
    }
    return keepsKept
  }

  @inline(__always)
  mutating func fail(_ ordinal: Int64) {
    waiting.append(ordinal)
    if waiting.count >= 4096 { flush() }
  }

  /// Hands on the rows that wait. To be called at the end, too.
  mutating func flush() {
    failing?.insert(waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}

/// The rows of one key, met one after the other.
struct KeyCopies {
  private(set) var count = 0
  private var kept: Int64 = 0

  mutating func meet(_ ordinal: Int64, _ findings: inout KeyFindings) {
    count += 1
    if count == 1 || !findings.judge(kept, isFirstMeeting: count == 2, ordinal) { kept = ordinal }
  }

  var counts: KeyCounts { KeyCounts(rows: count, distinct: count > 0 ? 1 : 0, single: count == 1 ? 1 : 0) }
}

/// Takes rows from several threads.
final class OrdinalCollector: Sendable {
  private let rows: Mutex<OrdinalSet>

  init(_ budget: MemoryBudget) { rows = Mutex(OrdinalSet(of: budget)) }

  func insert(_ ordinals: [Int64]) {
    guard !ordinals.isEmpty else { return }
    rows.withLock { rows in
      for ordinal in ordinals { rows.insert(ordinal) }
    }
  }

  var set: OrdinalSet { rows.withLock { $0 } }
}
