import Columns

/// Reads a number that an earlier pass has worked out and that is the same on every row.
private func known(_ column: Column) -> Int? {
  guard column.count > 0, column.isPresent(0) else { return nil }
  return column.integers.first.map(Int.init)
}

/// A count that an earlier pass has worked out.
package struct KeyCount: Measure {
  private var count: Int?

  package init() {}

  package mutating func add(_ columns: [Column], rows: Bitmap, in store: ByteStore) {
    count = count ?? columns.first.flatMap(known)
  }

  package mutating func merge(_ other: KeyCount) { count = count ?? other.count }
  package var value: MeasuredValue { .count(count ?? 0) }
}

/// How much of the second of two counts the first is, both worked out by an earlier pass.
package struct KeyShare: Measure {
  private var counts: (part: Int, total: Int)?

  package init() {}

  package mutating func add(_ columns: [Column], rows: Bitmap, in store: ByteStore) {
    guard counts == nil, columns.count == 2, let part = known(columns[0]), let total = known(columns[1]) else { return }
    counts = (part, total)
  }

  package mutating func merge(_ other: KeyShare) { counts = counts ?? other.counts }
  package var value: MeasuredValue { .share(counts?.part ?? 0, of: counts?.total ?? 0) }
}

/// By how much the first of two counts exceeds the second, both worked out by an earlier pass; a share is of the first.
package struct KeyExcess: Measure {
  private var counts: (rows: Int, keys: Int)?

  package init() {}

  package mutating func add(_ columns: [Column], rows: Bitmap, in store: ByteStore) {
    guard counts == nil, columns.count == 2, let rows = known(columns[0]), let keys = known(columns[1]) else { return }
    counts = (rows, keys)
  }

  package mutating func merge(_ other: KeyExcess) { counts = counts ?? other.counts }

  package var value: MeasuredValue {
    let (rows, keys) = counts ?? (0, 0)
    return .part(rows - keys, of: rows)
  }
}
