import Columns
import Glibc

/// Values seen by how they lie among those of their column: what is far off, and what they are on another scale.
///
/// Columns of values are *n* rows of `float64`. Figures (a mean, a quartile) are columns of `float64` that hold one value
/// for all rows, or null where there were too few values to make one. O(*n*); allocates the result only.
package enum Spread {
  /// What is far off: further below `low`, or above `high`, than `threshold` times `unit`.
  package struct Fences: Sendable {
    /// Distances are multiplied by it before they are compared: 0.6745 for a modified z-score, else 1.
    package let weight: Double
    package let threshold: Double

    package init(weight: Double = 1, threshold: Double) {
      self.weight = weight
      self.threshold = threshold
    }

    /// Whether each value is far off. A value that is not present is not, nor is NaN; an infinity is. Where a figure is
    /// null nothing is, and where `unit` is 0 everything beyond `low` and `high` is.
    ///
    /// - Returns: *n* truth values, all present but where `x` failed.
    package func areCrossed(by x: Column, low: Column, high: Column, unit: Column) -> Column {
      var states = States.present
      states.fail(x.failures)
      guard let low = low.figure, let high = high.figure, let unit = unit.figure else {
        return Column(.bool, .bits(Bitmap(repeating: false, count: x.count)), count: x.count, states: states)
      }
      let (reach, weight) = (threshold * unit, weight)
      var bits = decided(x.floatOperand, Operand<UInt8>(constant: 0), count: x.count) { value, _ in
        (low - value) * weight > reach || (value - high) * weight > reach
      }
      if let validity = x.validity { bits.formIntersection(validity) }
      return Column(.bool, .bits(bits), count: x.count, states: states)
    }

    /// The values, those beyond the fences put on them.
    package func capped(_ x: Column, low: Column, high: Column, unit: Column) -> Column {
      guard let low = low.figure, let high = high.figure, let unit = unit.figure else { return x }
      let reach = threshold * unit / weight
      return Spread.capped(x, low: low - reach, high: high + reach)
    }
  }

  /// Whether each value is below `low` or above `high`; not where one of the three is not present.
  package static func isOutside(_ x: Column, low: Column, high: Column) -> Column {
    let unit = Column(.float64, .floats([0]), count: x.count, isConstant: true)
    return Fences(threshold: 0).areCrossed(by: x, low: low, high: high, unit: unit)
  }

  /// The values, those below `low` or above `high` put there; NaN stays.
  package static func capped(_ x: Column, low: Column, high: Column) -> Column {
    guard let low = low.figure, let high = high.figure else { return x }
    return capped(x, low: low, high: high)
  }

  private static func capped(_ x: Column, low: Double, high: Double) -> Column {
    mapped(.float64, x.floatOperand, of: x, zero: 0, into: Values.floats) { value in
      Checked(value < low ? low : value > high ? high : value)
    }
  }

  /// `(x − offset) / unit`, put on `low … high`: 0 becomes `low` and 1 becomes `high`. Where `unit` is 0, as where all
  /// values are equal, a finite value becomes `low`; null where a figure is.
  package static func scaled(_ x: Column, offset: Column, unit: Column, onto low: Double, _ high: Double) -> Column {
    guard let offset = offset.figure, let unit = unit.figure else {
      let nulls = Column.nulls(.float64, count: x.count)
      return nulls.with(states: .strict([x, nulls]))
    }
    return mapped(.float64, x.floatOperand, of: x, zero: 0, into: Values.floats) { value in
      let distance = value - offset
      return Checked((unit == 0 && distance.isFinite ? 0 : distance / unit) * (high - low) + low)
    }
  }

  /// The values without NaN and infinities, which are null: what figures are made of.
  package static func finite(_ x: Column) -> Column {
    guard case .floats = x.values else { return x }
    let odd = decided(x.floatOperand, Operand<UInt8>(constant: 0), count: x.count) { value, _ in !value.isFinite }
    guard !odd.isEmpty else { return x }
    var states = x.states
    states.void(x.validity.map { odd.intersection($0) } ?? odd)
    return x.with(states: states)
  }

  /// A curve that draws distant values nearer, or apart.
  package enum Curve: Sendable {
    /// The logarithm to a base, or the natural one; the value must be above 0.
    case log(base: Double?)
    /// The root of a degree, 2 … 9; of an odd degree for negative values, too.
    case root(degree: Int)
    case square

    package func bent(_ x: Column) -> Column {
      mapped(.float64, x.floatOperand, of: x, zero: 0, into: Values.floats) { value in
        let result = bent(value)
        return Checked(result, result.isNaN && !value.isNaN, .outOfRange)
      }
    }

    private func bent(_ value: Double) -> Double {
      switch self {
      case .square: value * value
      case .log(let base): value > 0 ? logarithm(value, base) : .nan
      case .root(2): value.squareRoot()
      case .root(3): cbrt(value)
      case .root(let degree):
        value >= 0
          ? pow(value, 1 / Double(degree)) : degree % 2 == 0 ? .nan : -pow(-value, 1 / Double(degree))
      }
    }

    private func logarithm(_ value: Double, _ base: Double?) -> Double {
      switch base {
      case nil: Glibc.log(value)
      case 10: log10(value)
      case 2: log2(value)
      case let base?: Glibc.log(value) / Glibc.log(base)
      }
    }
  }
}

extension Column {
  /// The one value of a column of floats that is the same for all rows.
  fileprivate var figure: Double? { count > 0 && isPresent(0) ? floats.first : nil }
}
