/// How large and how long the numbers of a column are.
package struct NumberExtent: Sendable {
  /// A number as it is written, and where that is first.
  package struct Extreme: Sendable {
    package fileprivate(set) var value: Double
    package fileprivate(set) var text: [UInt8] = []
    fileprivate var ordinal = Int.max
  }

  /// The smallest and the greatest number, NaN apart; numbers that are one double are the same here.
  package private(set) var least = Extreme(value: .infinity)
  package private(set) var greatest = Extreme(value: -.infinity)
  /// Of those within 64 bits.
  package private(set) var integers: ClosedRange<Int64>?
  /// The most digits before the point.
  package private(set) var whole = 0
  /// How many numbers have 0, 1 … digits after the point, and, last, more than ``CellForm/mostPlaces``.
  package private(set) var fractions = ContiguousArray(repeating: 0, count: CellForm.mostPlaces + 2)

  @inline(__always)
  mutating func note(integer value: Int64) {
    guard let known = integers else {
      integers = value...value
      return
    }
    if value < known.lowerBound { integers = value...known.upperBound }
    if value > known.upperBound { integers = known.lowerBound...value }
  }

  @inline(__always)
  mutating func note(whole: Int, fraction: Int) {
    if whole > self.whole { self.whole = whole }
    fractions[min(fraction, CellForm.mostPlaces + 1)] &+= 1
  }

  mutating func note(_ value: Double, _ text: [UInt8], _ ordinal: Int) {
    let found = Extreme(value: value, text: text, ordinal: ordinal)
    if value < least.value || (value == least.value && ordinal < least.ordinal) { least = found }
    if value > greatest.value || (value == greatest.value && ordinal < greatest.ordinal) { greatest = found }
  }

  mutating func merge(_ other: NumberExtent) {
    if let range = other.integers {
      note(integer: range.lowerBound)
      note(integer: range.upperBound)
    }
    whole = max(whole, other.whole)
    for index in fractions.indices { fractions[index] += other.fractions[index] }
    for extreme in [other.least, other.greatest] where !extreme.text.isEmpty {
      note(extreme.value, extreme.text, extreme.ordinal)
    }
  }
}

/// The first and the last day or time among the texts of one form.
package struct TimeExtent: Sendable {
  /// The group of ``TemporalForms``; -1 for the forms of ISO 8601.
  package let group: Int
  /// The place of the format in its group, or of the form's bit in ``CellForm``.
  package let bit: Int
  /// In the unit of the type.
  package private(set) var range: ClosedRange<Int64>

  init(group: Int, bit: Int, range: ClosedRange<Int64>) {
    self.group = group
    self.bit = bit
    self.range = range
  }

  @inline(__always)
  mutating func note(_ value: Int64) {
    if value < range.lowerBound { range = value...range.upperBound }
    if value > range.upperBound { range = range.lowerBound...value }
  }
}
