import Columns
import Measures
import Testing

@testable import Expressions

/// Aggregates over a small column, against Python: `sum`, `statistics.mean`, `.stdev`, `.variance`, `min`, `max` of the
/// values that are there.
@Suite struct AggregateTests {
  private static let cells: [String?] = ["3", "1", nil, "4", "-1", "5", "9", nil, "-2", "6"]

  @Test("all are here") func complete() {
    #expect(
      AggregateFunction.all.map(\.name) == [
        "count", "max", "mean", "median", "min", "mode", "quantile", "quantile_cont", "stddev", "sum", "variance",
      ])
  }

  @Test(
    "figures",
    arguments: [
      ("count", DataType.int64, "8"), ("sum", .int64, "25"), ("mean", .int64, "3.125"), ("min", .int64, "-2"),
      ("max", .int64, "9"), ("variance", .int64, "13.553571428571429"), ("stddev", .int64, "3.6815175442433286"),
      ("sum", .decimal(precision: 6, scale: 2), "25.00"), ("mean", .decimal(precision: 6, scale: 2), "3.125"),
      ("max", .decimal(precision: 6, scale: 2), "9.00"), ("sum", .float64, "25.0"), ("mean", .float64, "3.125"),
      ("min", .string, "-1"), ("max", .string, "9"), ("count", .string, "8"),
      ("variance", .float64, "13.553571428571429"), ("sum", .int8, "25"), ("min", .float64, "-2.0"),
    ])
  func figures(name: String, type: DataType, expected: String) throws {
    let function = try #require(AggregateFunction.named(name))
    for cut in 0...Self.cells.count {
      var measure = try empty(function, type)
      add(Self.cells[..<cut], type, to: &measure)
      var rest = try empty(function, type)
      add(Self.cells[cut...], type, to: &rest)
      measure.merge(erased: rest)
      let value = measure.value.constant
      #expect(value.type == function.result(type))
      #expect(value.canonicalText == expected, "cut at \(cut)")
    }
  }

  /// Without a value there is none, but a count; the spread wants two.
  @Test("of nothing", arguments: ["count", "max", "mean", "min", "stddev", "sum", "variance"])
  func nothing(name: String) throws {
    let function = try #require(AggregateFunction.named(name))
    var measure = try empty(function, .int64)
    add([nil, nil], .int64, to: &measure)
    let value = measure.value.constant
    #expect(name == "count" ? value == .integer(0) : value.isNull)
    add(["7"], .int64, to: &measure)
    let isSpread = name == "stddev" || name == "variance"
    #expect(measure.value.constant.isNull == isSpread)
  }

  @Test func star() throws {
    var measure = try empty(#require(AggregateFunction.named("count")), .null)
    measure.add([], rows: Bitmap(repeating: true, count: 3), in: ByteStore(capacity: 1))
    #expect(measure.value.constant == .integer(3))
  }

  private func empty(_ function: AggregateFunction, _ type: DataType) throws -> any Measure {
    guard case .measure(let measure) = function.work else { throw Unexpected() }
    return measure(type)
  }

  private struct Unexpected: Error {}

  private func add(_ cells: some Sequence<String?>, _ type: DataType, to measure: inout any Measure) {
    let table = Table([.init("x", type)], rows: cells.map { [$0] })
    let scope = table.scope()
    guard let node = scope["x"]?.node else { return }
    var evaluation = Evaluation(scope.graph, over: table)
    let all = Bitmap(repeating: true, count: table.count)
    measure.add([evaluation.value(node, rows: all, living: all)], rows: all, in: table.store)
  }
}
