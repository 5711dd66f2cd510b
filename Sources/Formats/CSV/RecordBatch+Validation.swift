import CScan

extension RecordBatch {
  /// Moves the rows that hold a NUL or are not UTF-8 from the rows to ``malformed``; the first such byte gives the code.
  ///
  /// - Complexity: nothing where the source is plain ASCII; O(bytes) at several bytes a nanosecond where it is sound.
  package func validate() {
    guard mayBeUnsound else { return }
    mayBeUnsound = false
    guard brew_text_fault(store.base.bytes(at: 0), sourceEnd) < sourceEnd else { return }
    var kept = 0
    var found: [Malformed] = []
    for row in 0..<rows {
      let start = Int(starts[row])
      let length = Int(stops[row]) - start
      let fault = brew_text_fault(store.base.bytes(at: start), length)
      if fault < length {
        let isNul = store.base.load(fromByteOffset: start + fault, as: UInt8.self) == 0
        found.append(
          Malformed(
            code: isNul ? .nulByte : .invalidUTF8, start: start, length: length, kept: length,
            record: recordNumber(row), line: line(at: start)))
        continue
      }
      starts[kept] = starts[row]
      firsts[kept] = firsts[row]
      stops[kept] = stops[row]
      kept += 1
    }
    rows = kept
    if !found.isEmpty { malformed = merge(malformed, found) }
  }

  /// The end of the source bytes in the store, before whatever kernels appended.
  private var sourceEnd: Int { min(sourceBytes, store.count) }

  private func merge(_ a: [Malformed], _ b: [Malformed]) -> [Malformed] {
    (a + b).sorted { $0.start < $1.start }
  }
}
