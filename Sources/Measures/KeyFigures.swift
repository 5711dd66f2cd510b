/// A figure made of the numbers of keys, which are counted apart: a key is one only among those of all rows.
package enum KeyFigure: Sendable {
  /// How many keys there are.
  case distinct
  /// How many of the rows with a key have one that no other row has.
  case singleOfRows
  /// How many of the keys occur once.
  case singleOfDistinct
  /// How many of the rows with a key have one that occurred before.
  case copies

  /// - Parameters:
  ///   - rows: rows with a key.
  ///   - distinct: different keys.
  ///   - single: keys that occur once.
  package func value(rows: Int, distinct: Int, single: Int) -> MeasuredValue {
    switch self {
    case .distinct: .count(distinct)
    case .singleOfRows: .share(single, of: rows)
    case .singleOfDistinct: .share(single, of: distinct)
    case .copies: .part(rows - distinct, of: rows)
    }
  }
}
