import Kernels
import Storage

extension ExternalSort {
  /// Calls `body` with each different value, ascending, and how often it occurs.
  package func sorted(_ body: (Key, Int) -> Void) throws(StorageFailure) {
    try merge { key, count in
      body(key, count)
      return true
    }
  }

  /// The exact quantiles at some shares (0…1) of the values, in the order of the shares; none without values.
  ///
  /// - Source: the definition of SQL's `percentile_cont`: place *(n − 1) · share* of the sorted values, counted from 0,
  ///   between its neighbours where it is not whole.
  package func quantile(at shares: [Double]) throws(StorageFailure) -> [Quantile<Key>] {
    let total = count
    guard total > 0, !shares.isEmpty else { return [] }
    let places = shares.map { QuantilePlace($0, of: total) }
    let found = try values(at: places.flatMap { [$0.lower, $0.upper] })
    return places.compactMap { place in
      guard let lower = found[place.lower], let upper = found[place.upper] else { return nil }
      return Quantile(lower: lower, upper: upper, fraction: place.fraction)
    }
  }

  /// The value at the place of a share, as SQL's `percentile_disc` has it; nil without values.
  package func value(at share: QuantileShare) throws(StorageFailure) -> Key? {
    let place = share.place(among: count)
    return try values(at: [place])[place]
  }

  /// The values at some places of the sorted values, from 0.
  private func values(at places: [Int]) throws(StorageFailure) -> [Int: Key] {
    let wanted = Set(places).sorted()
    var found: [Int: Key] = [:]
    var next = 0
    var passed = 0
    try merge { key, count in
      passed += count
      while next < wanted.count, wanted[next] < passed {
        found[wanted[next]] = key
        next += 1
      }
      return next < wanted.count
    }
    return found
  }

  /// The value at a place, from 0, of the sorted values; nil where there is none.
  package func value(at place: Int) throws(StorageFailure) -> Key? {
    try place >= 0 && place < count ? values(at: [place])[place] : nil
  }

  /// The most frequent values.
  ///
  /// - Parameter limit: how many of several that are equally frequent to tell, the least first.
  package func modes(limit: Int = 1) throws(StorageFailure) -> Modes<Key> {
    var result = Modes<Key>(values: [], count: 0, ties: 0)
    try merge { key, count in
      if count > result.count { result = Modes(values: [], count: count, ties: 0) }
      if count == result.count {
        result.ties += 1
        if result.values.count < limit { result.values.append(key) }
      }
      return true
    }
    return result
  }
}

/// The most frequent of some values.
package struct Modes<Key: SortKey>: Sendable, Equatable {
  /// In ascending order; as many as were asked for.
  package fileprivate(set) var values: [Key]
  /// How often each of them occurs; 0 where there are no values.
  package let count: Int
  /// How many values are that frequent.
  package fileprivate(set) var ties: Int
}

/// Where a quantile lies among *n* sorted values: the places on both sides, from 0, and how far it is from the lower to the
/// upper.
package struct QuantilePlace {
  package let lower: Int
  package let upper: Int
  package let fraction: Double

  package init(_ share: Double, of count: Int) {
    let bounded = share.isNaN ? 0 : min(max(share, 0), 1)
    let place = Double(count - 1) * bounded
    lower = min(Int(place.rounded(.down)), count - 1)
    upper = min(Int(place.rounded(.up)), count - 1)
    fraction = place - Double(lower)
  }
}

/// A quantile: the values on both sides of it, and how far it is from the lower to the upper.
package struct Quantile<Key: SortKey>: Sendable, Equatable {
  package let lower: Key
  package let upper: Key
  /// 0 ..< 1
  package let fraction: Double

  package init(lower: Key, upper: Key, fraction: Double) {
    self.lower = lower
    self.upper = upper
    self.fraction = fraction
  }

  /// The quantile of integers, as a float.
  package var value: Double { interpolated(Double(lower), Double(upper)) }

  /// Rounded as DuckDB 2.0 does, which multiplies the lower value and adds in one step.
  private func interpolated(_ lower: Double, _ upper: Double) -> Double {
    if fraction == 0 || lower == upper { return lower }
    return (upper * fraction).addingProduct(lower, 1 - fraction)
  }
}

extension Quantile where Key == Int64 {
  /// The quantile of floats that were added by their keys.
  package var float: Double { interpolated(SortKeys.double(lower), SortKeys.double(upper)) }

  /// The quantile of points in time, at their own unit, halves away from zero, as DuckDB 2.0 rounds them.
  package var instant: Int64 {
    let (distance, isOver) = upper.subtractingReportingOverflow(lower)
    let step = (isOver ? Double(upper) - Double(lower) : Double(distance)) * fraction
    let isNegative = Double(lower) + step < 0
    guard let way = Int64(exactly: isNegative ? (step - 0.5).rounded(.up) : (step + 0.5).rounded(.down)) else {
      return upper
    }
    let (result, isPast) = lower.addingReportingOverflow(way)
    return isPast ? upper : min(result, upper)
  }
}

extension Quantile where Key == Int128 {
  /// The quantile of decimals, at their scale; digits past it are cut off.
  package var decimal: Int128 {
    if fraction == 0 || lower == upper { return lower }
    let exact = Int128(1 << 53)
    if (-exact...exact).contains(lower), (-exact...exact).contains(upper) {
      // As DuckDB 2.0 does it: the product is not rounded by itself.
      return Int128(Double(lower).addingProduct(Double(upper) - Double(lower), fraction))
    }
    // A distance past the type is gone in two steps.
    let (distance, isOver) = upper.subtractingReportingOverflow(lower)
    let way = isOver ? Double(upper) / 2 - Double(lower) / 2 : Double(distance)
    guard let step = Int128(exactly: (way * fraction).rounded(.down)) else { return upper }
    var result = lower
    for _ in 0..<(isOver ? 2 : 1) {
      let (sum, isPast) = result.addingReportingOverflow(step)
      if isPast { return upper }
      result = sum
    }
    return min(result, upper)
  }
}
