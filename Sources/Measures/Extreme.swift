import Columns
import Kernels

/// The smallest or the largest value of a column. NaN sorts last; texts by their bytes.
package struct Extreme: Measure {
  private let type: DataType
  private let isLargest: Bool
  private var best: Constant?

  package init(_ type: DataType, largest: Bool) {
    self.type = type
    isLargest = largest
  }

  package mutating func add(_ columns: [Column], rows: Bitmap, in store: ByteStore) {
    guard let column = columns.first,
      let row = Reductions.extremeRow(column, rows: rows, largest: isLargest, in: store),
      let value = Constant(column.gather([row]), in: store)
    else { return }
    take(value)
  }

  package mutating func merge(_ other: Extreme) {
    if let value = other.best { take(value) }
  }

  private mutating func take(_ value: Constant) {
    guard let known = best else { return best = value }
    if isLargest ? precedes(known, value) : precedes(value, known) { best = value }
  }

  private func precedes(_ a: Constant, _ b: Constant) -> Bool {
    switch (a.value, b.value) {
    case (.bool(let x), .bool(let y)): !x && y
    case (.integer(let x), .integer(let y)): x < y
    case (.float(let x), .float(let y)): Reductions.sortsBefore(Double(bitPattern: x), Double(bitPattern: y))
    case (.decimal(let x), .decimal(let y)): x < y
    case (.text(let x), .text(let y)): x.lexicographicallyPrecedes(y)
    default: false
    }
  }

  package var value: MeasuredValue { .value(best ?? Constant(type, .null)) }
}
