import Columns

/// A figure over many rows that can be counted in parts: each worker adds its batches to a measure of its own, and the
/// measures of all parts are merged. Merging commutes, so that the result depends on the rows only.
package protocol Measure: Sendable {
  /// Adds rows of a batch.
  ///
  /// - Parameters:
  ///   - columns: the columns that the measure is about, in the order in which its rule named them.
  ///   - rows: the rows to count; on each of them the columns are sound.
  mutating func add(_ columns: [Column], rows: Bitmap)
  mutating func merge(_ other: Self)
  var value: MeasuredValue { get }
}

extension Measure {
  /// As `merge`; a measure of another kind is not this one's other part, and adds nothing.
  package mutating func merge(erased other: any Measure) {
    if let other = other as? Self { merge(other) }
  }
}

/// What was measured.
package enum MeasuredValue: Hashable, Sendable {
  case count(Int)
  /// So many of so many rows.
  case share(Int, of: Int)

  /// How many rows it speaks of; nil where that says nothing about it.
  package var rows: Int? {
    switch self {
    case .count: nil
    case .share(_, let total): total
    }
  }
}
