import Columns
import Kernels
import Testing

@testable import Expressions

/// Functions over dates, against what oracles in `Tests/oracles` wrote.
@Suite struct DateTests {
  private static func lines(_ name: String, by separator: Character) throws -> [[String]] {
    let lines = oracleLines(name).map { $0.split(separator: separator).map(String.init) }
    try #require(lines.count >= 60)
    return lines
  }

  /// Both edges of daylight saving in eight zones: a skipped time is read by the offset before, a repeated one is the
  /// first of the two, as Python's zoneinfo has it. DuckDB takes the second, which is the one difference.
  @Test func zoneClocks() throws {
    let lines = try Self.lines("zone_clocks.txt", by: "\t")
    var repeated = 0
    for (zone, lines) in Dictionary(grouping: lines, by: { $0[0] }) {
      let table = Table([.init("c", .timestamp), .init("i", .timestamptz)], rows: lines.map { [$0[1], $0[2] + "Z"] })
      #expect(try table.evaluate("timezone('\(zone)', c)").get() == lines.map { .text($0[2] + "Z") })
      #expect(try table.evaluate("timezone('\(zone)', i)").get() == lines.map { .text($0[5]) })
      let shown = try table.evaluate("convert_timezone('\(zone)', 'UTC', c)").get()
      #expect(shown == lines.map { .text($0[2]) })
      for line in lines where line[4] == "once" { #expect(line[2] == line[3]) }
      repeated += lines.filter { $0[4] == "twice" }.count
    }
    #expect(repeated > 70)
  }

  @Test func businessDays() throws {
    let lines = try Self.lines("business_days.txt", by: " ")
    let table = Table([.init("a", .date), .init("b", .date)], rows: lines.map { [$0[0], $0[1]] })
    let holidays = ["2024-12-25", "2024-12-26", "2025-01-01", "2025-01-04", "2024-12-25"].map { "date '\($0)'" }
    let list = holidays.joined(separator: ", ")
    #expect(try table.evaluate("business_days(a, b)").get() == lines.map { .text($0[2]) })
    #expect(try table.evaluate("business_days(a, b, \(list))").get() == lines.map { .text($0[3]) })
    #expect(
      try table.evaluate("business_days(a, b) + business_days(b, a)").get() == lines.map { _ in .text("0") })
  }

  /// What fails, and what null does to it.
  @Test(
    "failures",
    arguments: [
      ("make_date(x, 2, 30)", Outcome.failed(.outOfRange)), ("make_date(x, 13, null)", .null),
      ("make_time(24, x, 0)", .failed(.outOfRange)), ("make_time(0, 0, x / 0.0)", .failed(.divisionByZero)),
      ("make_timestamp(x, 1, 1, 0, 60, 0)", .failed(.outOfRange)),
      ("to_timestamp(x * 1000000000)", .failed(.outOfRange)),
      ("date_add(date '9999-12-31', x, 'day')", .failed(.outOfRange)),
      ("date_add(date '2024-01-01', x * 4000000000000000000, 'year')", .failed(.overflow)),
      ("date_add(date '2024-01-01', x * 4000000000000000, 'year')", .failed(.outOfRange)),
      ("date_add(timestamp '2024-01-01', x * 4000000000000000, 'hour')", .failed(.outOfRange)),
      ("strptime(x || '', '%d/%m/%Y', '%Y-%m-%d')", .failed(.cast)),
    ])
  func failures(expression: String, expected: Outcome) throws {
    let table = Table([.init("x", .int64)], rows: [["2024"]])
    #expect(try table.evaluate(expression).get() == [expected])
  }

  /// Arguments that are refused when the document compiles.
  @Test(
    "refused",
    arguments: [
      "timezone('Europe/Nowhere', timestamp '2024-01-01')", "time_bucket('0 minutes', timestamp '2024-01-01')",
      "time_bucket('1 month 1 day', date '2024-01-01')", "time_bucket('1 hour', date '2024-01-01')",
      "time_bucket('soon', date '2024-01-01')", "date_add(date '2024-01-01', 1, 'hour')",
      "date_add(date '2024-01-01', 1, 'dow')", "age('epoch', date '2024-01-01', date '2024-01-02')",
      "extract(minuts from date '2024-01-01')", "strptime('x', '%d/%m/%Y', '%H:%M')",
      "time_bucket('-3 days', date '2024-01-01')",
    ])
  func refused(expression: String) {
    let table = Table([.init("x", .int64)], rows: [["1"]])
    #expect(throws: (any Error).self) { try table.evaluate(expression).get() }
  }
}
