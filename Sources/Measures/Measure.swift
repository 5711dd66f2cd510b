import Columns

/// A figure over many rows that can be counted in parts: each worker adds its batches to a measure of its own, and the
/// measures of all parts are merged. Merging commutes, so that the result depends on the rows only.
package protocol Measure: Sendable {
  /// Adds rows of a batch.
  ///
  /// - Parameters:
  ///   - columns: the columns that the measure is about, in the order in which its rule named them.
  ///   - rows: the rows to count; on each of them the columns are sound.
  ///   - store: where their texts stand.
  mutating func add(_ columns: [Column], rows: Bitmap, in store: ByteStore)
  mutating func merge(_ other: Self)
  var value: MeasuredValue { get }
}

/// A measure that is also taken of each of many groups of rows.
package protocol GroupMeasure: Measure {
  /// Adds rows of a batch, each to the measure of its group.
  ///
  /// - Parameters:
  ///   - columns, rows, store: as in `add`.
  ///   - groups: for each row the place of its group's measure in `measures`.
  static func add(
    _ columns: [Column], rows: Bitmap, groups: ContiguousArray<Int32>, to measures: inout ContiguousArray<Self>,
    in store: ByteStore)
  /// Bytes of memory that a measure takes; texts apart.
  var bytes: Int { get }
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
  /// As a share, for bounds that are numbers too.
  case part(Int, of: Int)
  /// A value of some type, null where there was nothing to measure.
  case value(Constant)

  /// Whether no row was there to be measured.
  package var isEmpty: Bool {
    switch self {
    case .count: false
    case .share(_, let total), .part(_, let total): total == 0
    case .value(let value): value.isNull
    }
  }

  /// As a value in expressions; a share is a float.
  package var constant: Constant {
    switch self {
    case .count(let count): .integer(Int64(count))
    case .part(let part, _): .integer(Int64(part))
    case .share(let part, let total): total == 0 ? Constant(.float64, .null) : .float(Double(part) / Double(total))
    case .value(let value): value
    }
  }
}
