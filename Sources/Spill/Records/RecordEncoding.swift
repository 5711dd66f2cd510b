import Columns
import Kernels

extension EncodedKeys {
  /// The records of rows that are to be sorted by key and value.
  ///
  /// - Parameters:
  ///   - values: the column whose values are sorted; nil for none.
  ///   - counted: rows that count, as far as their value is present.
  ///   - groups: a row with a number of 0 or more is left out.
  ///   - origin: the place of the batch's first row.
  /// - Returns: whole records, one after the other.
  package func records(
    of values: Column?, in store: ByteStore, counted: Bitmap, leavingOut groups: ContiguousArray<Int32>?,
    from origin: Int64
  ) -> ContiguousArray<UInt64> {
    let counted = values?.validity.map { counted.intersection($0) } ?? counted
    var total = 0
    forEach { _, key, _, ordinal in
      let row = Int(ordinal &- origin)
      guard groups.map({ $0[row] < 0 }) ?? true else { return }
      total += SortRecord.headWords + key.count
      if let values, counted[row] { total += OrderedWords.size(values, row) }
    }
    return ContiguousArray(unsafeUninitializedCapacity: total) { buffer, used in
      guard var next = buffer.baseAddress else { return }
      forEach { _, key, hash, ordinal in
        let row = Int(ordinal &- origin)
        guard groups.map({ $0[row] < 0 }) ?? true else { return }
        var size = 0
        if let values, counted[row] { size = OrderedWords.size(values, row) }
        next[0] = SortRecord.header(key: key.count, value: size, isCounted: counted[row])
        next[1] = UInt64(bitPattern: ordinal)
        next[2] = hash
        next += SortRecord.headWords
        for word in key {
          next[0] = word
          next += 1
        }
        if let values, size > 0 { OrderedWords.write(values, row, in: store, to: next) }
        next += size
      }
      used = total
    }
  }
}

extension SortRecord {
  /// Adds a record of a row and its value to others: sorted, they stand in the order of the rows.
  package static func append(
    row: Int64, _ value: some Sequence<UInt64>, to records: inout ContiguousArray<UInt64>
  ) {
    let start = records.count
    records.append(0)
    records.append(UInt64(bitPattern: row))
    records.append(UInt64(bitPattern: row))
    records.append(contentsOf: value)
    records[start] = header(key: 0, value: records.count - start - headWords, isCounted: true)
  }
}
