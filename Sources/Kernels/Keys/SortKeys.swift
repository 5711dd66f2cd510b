import Columns

/// Values as integers whose order is the order of the values.
package enum SortKeys {
  /// The bits of a float, turned so that they compare as the floats do: -0 is 0, all NaN are one and come last.
  @inlinable
  package static func key(_ value: Double) -> Int64 {
    if value.isNaN { return Int64(bitPattern: Double.nan.bitPattern) }
    let bits = Int64(bitPattern: value == 0 ? 0 : value.bitPattern)
    return bits >= 0 ? bits : bits ^ .max
  }

  /// The float that ``key(_:)`` was made from.
  @inlinable
  package static func double(_ key: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: key >= 0 ? key : key ^ .max))
  }

  /// The keys of the present values of some rows of a column of bools, integers, times or floats; none for others.
  ///
  /// - Parameter rows: a bit for each row of the column.
  package static func narrow(_ column: Column, rows: Bitmap) -> ContiguousArray<Int64> {
    let mask = column.isConstant ? 0 : -1
    switch column.values {
    case .integers(let values): return keys(column, rows) { values[$0 & mask] }
    case .floats(let values): return keys(column, rows) { key(values[$0 & mask]) }
    case .bits(let values): return keys(column, rows) { values[$0] ? 1 : 0 }
    case .decimals, .texts: return []
    }
  }

  /// The unscaled present values of some rows of a column of decimals; none for others.
  package static func wide(_ column: Column, rows: Bitmap) -> ContiguousArray<Int128> {
    let mask = column.isConstant ? 0 : -1
    guard case .decimals(let values) = column.values else { return [] }
    return keys(column, rows) { values[$0 & mask] }
  }

  @inline(__always)
  private static func keys<Key>(_ column: Column, _ rows: Bitmap, _ key: (Int) -> Key) -> ContiguousArray<Key> {
    let present = column.validity.map { rows.intersection($0) } ?? rows
    var result: ContiguousArray<Key> = []
    result.reserveCapacity(present.population)
    present.forEachSet { result.append(key($0)) }
    return result
  }
}
