import Glibc
import Kernels
import Storage
import Testing

@testable import Spill

/// Against DuckDB; `Tests/oracles/quantiles.py` writes the table.
@Suite struct QuantileTests {
  static let cases: [[String]] = {
    let folder = "\(#filePath)".split(separator: "/").dropLast(2).joined(separator: "/")
    guard let bytes = try? readFile("/\(folder)/oracles/quantiles.txt") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
      line.split(separator: ";").map { String($0.drop { $0 == " " }) }
    }
  }()

  private static func numbers<Number: LosslessStringConvertible>(_ text: String) -> [Number] {
    text.split(separator: " ").compactMap { Number(String($0)) }
  }

  private static func quantiles<Key: SortKey>(_ values: [Key], _ shares: [Double]) throws -> [Quantile<Key>] {
    let scratch = try Scratch()
    let sort = ExternalSort<Key>(budget: MemoryBudget(limit: 1 << 20), folder: try TemporaryFolder(in: scratch.path))
    try sort.add(ContiguousArray(values))
    return try sort.quantile(at: shares)
  }

  @Test func thereAreCases() { #expect(Self.cases.count == 52) }

  @Test(arguments: cases.indices)
  func quantilesAreDuckDBs(_ index: Int) throws {
    let row = Self.cases[index]
    try #require(row.count == 4)
    let shares: [Double] = Self.numbers(row[2])
    #expect(shares.count == 10)
    switch row[0] {
    case "bigint":
      let found = try Self.quantiles(Self.numbers(row[1]) as [Int64], shares).map(\.value)
      #expect(found == Self.numbers(row[3]))
    case "double":
      let values: [Double] = Self.numbers(row[1])
      let found = try Self.quantiles(values.map(SortKeys.key), shares).map(\.float)
      let expected: [Double] = Self.numbers(row[3])
      #expect(found.count == expected.count)
      #expect(zip(found, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }, "\(found) for \(expected)")
    default:
      let found = try Self.quantiles(Self.numbers(row[1]) as [Int128], shares).map(\.decimal)
      #expect(found == Self.numbers(row[3]))
    }
  }

  /// 38 digits: more than a float can tell apart.
  @Test func largeDecimalsStayBetweenTheirNeighbours() throws {
    let most = Int128("99999999999999999999999999999999999999") ?? 0
    for values in [[most - 1, most], [-most, -most + 1], [-most, most], [.min, .max]] {
      let found = try Self.quantiles(values, [0, 0.3, 0.9999999999999999, 1]).map(\.decimal)
      #expect(found.first == values[0] && found.last == values[1])
      #expect(found == found.sorted())
    }
  }

  @Test func noValuesHaveNoQuantile() throws {
    #expect(try Self.quantiles([] as [Int64], [0.5]) == [])
    #expect(try Self.quantiles([1] as [Int64], []) == [])
  }

  @Test(arguments: [-1, 2, Double.nan, .infinity, -.infinity])
  func sharesOutsideAreBounded(_ share: Double) throws {
    let found = try Self.quantiles([1, 2, 3] as [Int64], [share])
    #expect(found.map(\.value) == [share > 1 ? 3 : 1])
  }
}
