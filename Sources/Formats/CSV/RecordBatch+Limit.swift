extension RecordBatch {
  /// Forgets all but the first `count` records, malformed ones counted.
  package func keepFirst(_ count: Int) {
    guard records > count else { return }
    var kept = 0
    var broken = 0
    while kept + broken < count {
      let isBroken = broken < malformed.count && (kept == rows || malformed[broken].start < start(kept))
      if isBroken { broken += 1 } else { kept += 1 }
    }
    rows = kept
    malformed.removeLast(malformed.count - broken)
  }
}
