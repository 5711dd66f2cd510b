import Columns

/// Figures over chosen rows of one column. Rows that are not present are passed over.
package enum Reductions {
  /// The exact sum of integers, or of decimals in units of their scale; nil past 128 bits.
  package static func sum(_ column: Column, rows: Bitmap) -> Int128? {
    let chosen = column.validity.map { rows.intersection($0) } ?? rows
    var total: Int128 = 0
    var overflowed = false
    func add(_ value: Int128) {
      let (sum, overflow) = total.addingReportingOverflow(value)
      total = sum
      overflowed = overflowed || overflow
    }
    switch column.values {
    case .integers(let array):
      let cells = Cells(array.span, isConstant: column.isConstant)
      forEachRow(of: chosen) { add(Int128(cells[$0])) }
    case .decimals(let array):
      let cells = Cells(array.span, isConstant: column.isConstant)
      forEachRow(of: chosen) { add(cells[$0]) }
    case .bits, .floats, .texts: return nil
    }
    return overflowed ? nil : total
  }

  /// The row of the smallest or the largest value; nil where no row is present. The first of equal ones.
  package static func extremeRow(_ column: Column, rows: Bitmap, largest: Bool, in store: ByteStore) -> Int? {
    let chosen = column.validity.map { rows.intersection($0) } ?? rows
    var best: Int?
    func take(_ row: Int, _ isBetter: (Int, Int) -> Bool) {
      if let known = best, !isBetter(row, known) { return }
      best = row
    }
    switch column.values {
    case .bits(let bits):
      forEachRow(of: chosen) { row in take(row) { bits[$0] != bits[$1] && bits[$0] == largest } }
    case .integers(let array):
      let cells = Cells(array.span, isConstant: column.isConstant)
      forEachRow(of: chosen) { row in take(row) { largest ? cells[$0] > cells[$1] : cells[$0] < cells[$1] } }
    case .floats(let array):
      let cells = Cells(array.span, isConstant: column.isConstant)
      forEachRow(of: chosen) { row in
        take(row) { largest ? sortsBefore(cells[$1], cells[$0]) : sortsBefore(cells[$0], cells[$1]) }
      }
    case .decimals(let array):
      let cells = Cells(array.span, isConstant: column.isConstant)
      forEachRow(of: chosen) { row in take(row) { largest ? cells[$0] > cells[$1] : cells[$0] < cells[$1] } }
    case .texts(let array):
      let cells = Cells(array.span, isConstant: column.isConstant)
      forEachRow(of: chosen) { row in
        take(row) {
          let (a, b) = (store.bytes(cells[$0]), store.bytes(cells[$1]))
          return largest ? b.lexicographicallyPrecedes(a) : a.lexicographicallyPrecedes(b)
        }
      }
    }
    return best
  }

  /// NaN sorts last.
  package static func sortsBefore(_ a: Double, _ b: Double) -> Bool { a < b || (b.isNaN && !a.isNaN) }

  @inline(__always)
  private static func forEachRow(of rows: Bitmap, _ body: (Int) -> Void) {
    for (index, word) in rows.words.enumerated() {
      var word = word
      while word != 0 {
        body(index << 6 + word.trailingZeroBitCount)
        word &= word &- 1
      }
    }
  }
}
