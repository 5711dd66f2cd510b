import Columns
import Testing

@testable import Kernels

/// SQL's `percentile_disc`: the smallest place, from 1, that is at least the share of all.
@Suite struct QuantileShareTests {
  private static func decimal(_ digits: Int128, _ scale: Int) -> Constant {
    Constant(.decimal(precision: 38, scale: scale), .decimal(digits))
  }

  /// Against `fractions.Fraction` in Python: `max(math.ceil(n * share), 1) - 1`.
  @Test(
    arguments: [
      (7, 2, 100, 6), (7, 2, 101, 7), (1, 1, 10, 0), (3, 1, 10, 2), (29, 2, 100, 28), (999, 3, 1000, 998), (0, 0, 5, 0),
      (1, 0, 5, 4), (5, 1, 1, 0), (5, 1, 2, 0), (5, 1, 3, 1), (57, 2, 100, 56), (58, 2, 100, 57),
    ] as [(Int128, Int, Int, Int)])
  func placesAreExact(_ digits: Int128, _ scale: Int, _ count: Int, _ place: Int) throws {
    #expect(try #require(QuantileShare(Self.decimal(digits, scale))).place(among: count) == place)
  }

  @Test func whatIsNoShareIsRefused() {
    let none: [Constant] = [
      .integer(2), .integer(-1), .float(1.5), .float(-0.1), .float(.nan), .text("0.5"), .null, Self.decimal(15, 1),
      Self.decimal(-1, 1),
    ]
    for value in none { #expect(QuantileShare(value) == nil, "\(value)") }
    for value in [.integer(0), .integer(1), .float(0.25), Self.decimal(10, 1)] as [Constant] {
      #expect(QuantileShare(value) != nil, "\(value)")
    }
  }
}
