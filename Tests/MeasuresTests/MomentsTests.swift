import Columns
import Glibc
import Kernels
import Testing

@testable import Measures

/// Sums and moments against exact rational arithmetic (`Tests/oracles/moments.py`).
@Suite struct MomentsTests {
  struct Case: Sendable {
    let sum: Double
    let mean: Double?
    let variance: Double?
    let values: [Double]
  }

  static let cases: [Case] = {
    let path = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    guard let file = fopen("/\(path)/oracles/moments.txt", "r") else { return [] }
    defer { fclose(file) }
    var cases: [Case] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    while getline(&line, &capacity, file) > 0 {
      guard let line else { break }
      let words = String(cString: line).split { $0 == " " || $0 == "\n" }.map(String.init)
      cases.append(
        Case(
          sum: Double(words[0]) ?? .nan, mean: Double(words[1]), variance: Double(words[2]),
          values: words[4...].compactMap { Double($0) }))
    }
    free(line)
    return cases
  }()

  private func column(_ values: [Double]) -> Column {
    Column(.float64, .floats(ContiguousArray(values)), count: values.count)
  }

  private func measured(_ figure: Moments.Figure, _ parts: [[Double]]) -> Double? {
    let store = ByteStore(capacity: 64)
    var total = Moments(figure, of: .float64)
    for part in parts {
      var measure = Moments(figure, of: .float64)
      measure.add([column(part)], rows: Bitmap(repeating: true, count: part.count), in: store)
      total.merge(measure)
    }
    guard case .value(let constant) = total.value, case .float(let bits) = constant.value else { return nil }
    return Double(bitPattern: bits)
  }

  @Test func theTableIsThere() { #expect(Self.cases.count == 130) }

  @Test(arguments: cases.indices) func sumsAreExact(_ index: Int) {
    let item = Self.cases[index]
    var sum = ExactSum()
    for value in item.values { sum.add(value) }
    #expect(sum.value == item.sum)
  }

  @Test(arguments: cases.indices) func partsInAnyOrderGiveTheSame(_ index: Int) {
    let item = Self.cases[index]
    let whole = measured(.sum, [item.values])
    let shuffled = Array(item.values.reversed())
    let middle = shuffled.count / 2
    #expect(measured(.sum, [Array(shuffled[middle...]), Array(shuffled[..<middle])]) == whole)
    let variance = measured(.variance, [item.values])
    #expect(measured(.variance, [Array(shuffled[..<middle]), Array(shuffled[middle...])]) == variance)
  }

  @Test(arguments: cases.indices) func meansAndVariancesAreNearestOrNext(_ index: Int) {
    let item = Self.cases[index]
    if let mean = item.mean, let found = measured(.mean, [item.values]) {
      #expect(abs(found - mean) <= mean.ulp)
    }
    if let variance = item.variance, let found = measured(.variance, [item.values]) {
      // The squares of values near 1e12 with a spread of 1 lose 80 of 106 bits.
      #expect(abs(found - variance) <= max(variance * 1e-7, 4 * variance.ulp))
    }
  }

  @Test func specialValues() {
    #expect(measured(.sum, [[.infinity, 1]]) == .infinity)
    #expect(measured(.sum, [[.infinity], [-.infinity]])?.isNaN == true)
    #expect(measured(.mean, [[.nan, 1]])?.isNaN == true)
    #expect(measured(.mean, [[]]) == nil)
    #expect(measured(.variance, [[7]]) == nil)
  }

  @Test func integersAndDecimalsSumExactly() {
    let store = ByteStore(capacity: 64)
    var integers = Moments(.sum, of: .int64)
    integers.add(
      [Column(.int64, .integers([.max, .max, 1]), count: 3)], rows: Bitmap(repeating: true, count: 3), in: store)
    let expected = Int128(Int64.max) * 2 + 1
    #expect(integers.value == .value(Constant(.decimal(precision: 38, scale: 0), .decimal(expected))))
    var nothing = Moments(.sum, of: .int64)
    nothing.add([.null(.int64, count: 2)], rows: Bitmap(repeating: true, count: 2), in: store)
    #expect(nothing.value.isEmpty)
  }

  @Test func extremesPassOverNullsAndSortNaNLast() {
    let store = ByteStore(capacity: 64)
    var validity = Bitmap(repeating: true, count: 4)
    validity[0] = false
    let column = Column(
      .float64, .floats([-9, 2, .nan, 1]), count: 4, states: States(validity: validity))
    var smallest = Extreme(.float64, largest: false)
    smallest.add([column], rows: Bitmap(repeating: true, count: 4), in: store)
    #expect(smallest.value == .value(.float(1)))
    var largest = Extreme(.float64, largest: true)
    largest.add([column], rows: Bitmap(repeating: true, count: 4), in: store)
    #expect(largest.value == .value(.float(.nan)))
  }
}
