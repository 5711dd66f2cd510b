/// What became of the rows at one step. `in + expanded + added = out + quarantined + dropped + merged`.
package struct StepCounts: Sendable, Hashable {
  package var entered = 0
  package var left = 0
  package var quarantined = 0
  package var dropped = 0
  /// Of the dropped: rows for which the condition was null.
  package var droppedNull = 0
  package var expanded = 0
  package var added = 0
  package var merged = 0

  package init() {}

  package static func += (a: inout StepCounts, b: StepCounts) {
    a.entered += b.entered
    a.left += b.left
    a.quarantined += b.quarantined
    a.dropped += b.dropped
    a.droppedNull += b.droppedNull
    a.expanded += b.expanded
    a.added += b.added
    a.merged += b.merged
  }

  package var closes: Bool { entered + expanded + added == left + quarantined + dropped + merged }
}

/// The books of a run, each figure from the place that saw it: records from the reader, rows from the steps, accepted
/// and quarantined rows from the two writers.
package struct Ledger: Sendable, Hashable {
  /// Records that the reader found, malformed ones included.
  package var read = 0
  /// Rows that the output writer wrote.
  package var accepted = 0
  /// Rows that the quarantine writer wrote.
  package var quarantined = 0
  /// By stage, in the program's order. All records enter the first, the reading; those that are no rows are quarantined
  /// there.
  package var steps: [StepCounts] = []
  /// Bytes of all records, headers, blank lines and byte-order marks, and of the inputs themselves.
  package var bytesAccounted = 0
  package var bytesRead = 0
  /// Bytes that the inputs had when the run began.
  package var bytesOnDisk = 0
  /// Bytes that were encoded for all outputs, and bytes that their files took.
  package var bytesEncoded = 0
  package var bytesWritten = 0

  package init() {}

  package var dropped: Int { steps.reduce(0) { $0 + $1.dropped } }

  /// What does not add up, in words; empty when the books close.
  package func discrepancies(stageNames: [String]) -> [String] {
    var found: [String] = []
    func expect(_ a: Int, _ b: Int, _ what: String) {
      if a != b { found.append("\(what): \(a) and \(b)") }
    }
    expect(bytesOnDisk, bytesRead, "bytes of the inputs when the run began and bytes read")
    expect(bytesAccounted, bytesRead, "bytes of records and bytes read")
    expect(bytesEncoded, bytesWritten, "bytes encoded and bytes written")
    var reaching = read
    for (index, step) in steps.enumerated() {
      let name = index < stageNames.count ? stageNames[index] : "\(index)"
      let before = index == 0 ? "records of the reader" : "rows out of the step before"
      expect(step.entered, reaching, "rows into '\(name)' and \(before)")
      if !step.closes {
        found.append(
          "step '\(name)': \(step.entered) in, \(step.left) out, \(step.quarantined) quarantined, \(step.dropped) dropped"
        )
      }
      reaching = step.left
    }
    expect(reaching, accepted, "rows out of the last step and rows written")
    let condemned = steps.reduce(0) { $0 + $1.quarantined }
    expect(condemned, quarantined, "rows condemned and rows written to quarantine")
    expect(read, accepted + quarantined + dropped, "records read and rows accepted, quarantined and dropped")
    return found
  }
}
