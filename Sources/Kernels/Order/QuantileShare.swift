import Columns

/// How much of some values lies at or below a quantile: 0…1.
package struct QuantileShare: Hashable, Sendable {
  package let value: Double
  /// The share as it was written, in units of 10^−`scale`; nil for one that was computed.
  private let digits: Int128?
  private let scale: Int

  package static let half = QuantileShare(value: 0.5, digits: 5, scale: 1)

  private init(value: Double, digits: Int128?, scale: Int) {
    self.value = value
    self.digits = digits
    self.scale = scale
  }

  /// A share from a number; nil where that is null, no number or outside 0…1.
  package init?(_ constant: Constant) {
    switch (constant.value, constant.type) {
    case (.integer(let value), _) where value == 0 || value == 1:
      self.init(value: Double(value), digits: Int128(value), scale: 0)
    case (.float(let bits), _):
      let value = Double(bitPattern: bits)
      guard (0...1).contains(value) else { return nil }
      self.init(value: value, digits: nil, scale: 0)
    case (.decimal(let digits), .decimal(_, let scale)):
      let one = (0..<scale).reduce(Int128(1)) { power, _ in power &* 10 }
      guard (0...one).contains(digits) else { return nil }
      self.init(value: Double(digits) / Double(one), digits: digits, scale: scale)
    default: return nil
    }
  }

  /// The place, from 0, among *n* > 0 sorted values of the first at which no less than the share is reached.
  ///
  /// - Source: SQL's `percentile_disc`: place ⌈*n* · share⌉, counted from 1 and at least 1; exact for shares of up to 18
  ///   digits.
  package func place(among count: Int) -> Int {
    let reached: Int
    if let digits, scale <= 18 {
      let one = (0..<scale).reduce(Int128(1)) { power, _ in power &* 10 }
      reached = Int(clamping: (Int128(count) &* digits &+ one &- 1) / one)
    } else {
      let n = Double(count)
      reached = count - Int((n - n * value).rounded(.down))
    }
    return min(max(reached, 1), max(count, 1)) - 1
  }
}
