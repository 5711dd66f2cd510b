import Columns

/// The number of rows.
package struct RowTotal: Measure {
  private var rows = 0

  package init() {}

  package mutating func add(_ columns: [Column], rows: Bitmap, in store: ByteStore) { self.rows += rows.population }
  package mutating func merge(_ other: RowTotal) { rows += other.rows }
  package var value: MeasuredValue { .count(rows) }
}
