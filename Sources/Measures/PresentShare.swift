import Columns

/// How many rows have a value in one column. Invalid values count as absent.
package struct PresentShare: Measure {
  private var present = 0
  private var rows = 0

  package init() {}

  package mutating func add(_ columns: [Column], rows: Bitmap, in store: ByteStore) {
    self.rows += rows.population
    guard let column = columns.first else { return }
    present += (column.validity.map { rows.intersection($0) } ?? rows).population
  }

  package mutating func merge(_ other: PresentShare) {
    present += other.present
    rows += other.rows
  }

  package var value: MeasuredValue { .share(present, of: rows) }
}
