import Columns
import Testing

@testable import Kernels

@Suite struct RandomNumbersTests {
  /// The first numbers of SplitMix64 from the seed 1234567, as its authors' C program prints them.
  @Test func published() {
    let numbers = RandomNumbers(seed: 1_234_567)
    #expect(
      (0..<5).map { numbers.bits(at: $0) } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  private let places = ContiguousArray(0..<20_000)

  private func constant(_ value: Int64) -> Column {
    Column(.int64, .integers([value]), count: places.count, isConstant: true)
  }

  /// Even over ten classes: chi-square of nine degrees of freedom is below 27.9 in 999 of 1000 draws.
  @Test(arguments: [("a", 0), ("a", 1), ("b", 0), ("", 7), ("attendance", 3)])
  func even(name: String, stream: Int) {
    let values = RandomNumbers(name: name.utf8, stream: stream).uniform(places).floats
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    var classes = [Double](repeating: 0, count: 10)
    for value in values { classes[Int(value * 10)] += 1 }
    #expect(classes.reduce(0) { $0 + ($1 - 2000) * ($1 - 2000) / 2000 } < 27.9)
    // Neighbours know nothing of each other.
    let pairs = zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 - 0.5) * ($1.1 - 0.5) } / Double(values.count)
    #expect(pairs.magnitude < 0.002)
  }

  @Test func bounds() {
    let numbers = RandomNumbers(name: "dice".utf8, stream: 0)
    let dice = numbers.integers(places, low: constant(1), high: constant(6)).integers
    #expect(Set(dice) == [1, 2, 3, 4, 5, 6])
    let all = numbers.integers(places, low: constant(.min), high: constant(.max))
    #expect(all.failures == nil && Set(all.integers).count == places.count)
    #expect(Set(numbers.integers(places, low: constant(5), high: constant(5)).integers) == [5])
    let crossed = numbers.integers(places, low: constant(2), high: constant(1))
    #expect(crossed.failures?.rows.isFull == true && crossed.failures?.kind(0) == .badArgument)
  }

  /// A number belongs to its place, whatever is drawn beside it.
  @Test func belongToPlaces() {
    let numbers = RandomNumbers(name: "x".utf8, stream: 0)
    let some: ContiguousArray = [7, 19_999, 0]
    #expect(numbers.uniform(some).floats.elementsEqual(some.map { numbers.uniform(places).floats[$0] }))
    #expect(numbers.bits(at: 0) != RandomNumbers(name: "x".utf8, stream: 1).bits(at: 0))
    #expect(numbers.bits(at: 0) != RandomNumbers(name: "y".utf8, stream: 0).bits(at: 0))
  }
}
