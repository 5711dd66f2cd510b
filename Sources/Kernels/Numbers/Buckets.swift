import Columns

/// Numbers in a row of buckets, each from one edge, inclusive, up to the next.
package struct Buckets {
  /// The edges between buckets, ascending; equal ones leave a bucket empty. Nil where there were no values to find them.
  private let cuts: [Double]?
  /// The ends: nothing is below the first or above the second.
  private let ends: (low: Double, high: Double)

  /// Buckets between edges; the last one takes its upper edge, too.
  package init(edges: [Double]) {
    cuts = Array(edges.dropFirst().dropLast())
    ends = (edges.first ?? -.infinity, edges.last ?? .infinity)
  }

  /// Buckets with open ends.
  ///
  /// - Parameter cuts: figures, constant columns of floats.
  package init(cuts: [Column]) {
    let values = cuts.compactMap { $0.count > 0 && $0.isPresent(0) ? $0.floats.first : nil }
    self.cuts = values.count == cuts.count ? values : nil
    ends = (-.infinity, .infinity)
  }

  /// Buckets of equal width from one figure to another, with open ends.
  ///
  /// - Source: the edges are those of NumPy's `linspace`.
  package init(low: Column, high: Column, count: Int) {
    ends = (-.infinity, .infinity)
    guard low.count > 0, low.isPresent(0), high.isPresent(0), let first = low.floats.first, let last = high.floats.first
    else {
      cuts = nil
      return
    }
    let step = (last - first) / Double(count)
    cuts = (1..<count).map { Double($0) * step + first }
  }

  /// The number of each value's bucket, from 1.
  ///
  /// - Parameter x: *n* floats.
  /// - Returns: *n* integers. NaN, and values beyond the ends, fail with `.outOfRange`; null where the edges are unknown.
  /// - Complexity: O(*n* log *edges*).
  package func numbers(of x: Column) -> Column {
    guard let cuts else { return .nulls(.int64, count: x.count) }
    return cuts.withUnsafeBufferPointer { cuts in
      mapped(.int64, x.floatOperand, of: x, zero: 0, into: Values.integers) { value in
        guard value >= ends.low, value <= ends.high else { return Checked(0, true, .outOfRange) }
        var low = 0
        var high = cuts.count
        while low < high {
          let middle = (low + high) / 2
          if cuts[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return Checked(Int64(low + 1))
      }
    }
  }

  /// The text of each bucket.
  ///
  /// - Parameters:
  ///   - numbers: *n* integers, from 1.
  ///   - names: constant columns of texts.
  package static func picked(_ numbers: Column, from names: [Column]) -> Column {
    let cells = numbers.integerOperand
    let index = ContiguousArray((0..<numbers.count).map { Int32(clamping: cells.values[$0 & cells.mask] &- 1) })
    return Conditional.pick(index, from: names, otherwise: nil, states: numbers.states)
  }
}
