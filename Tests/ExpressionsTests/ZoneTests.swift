import Columns
import Kernels
import Testing

@testable import Expressions

/// Instants on the clock of the recipe's zone. The expectations are those of Python's `zoneinfo`.
@Suite struct ZoneTests {
  /// Half past midnight in Berlin, on the day whose third hour summer time leaves out.
  @Test(
    "Berlin",
    arguments: [
      ("cast(tz as date)", "2024-03-31"), ("cast(tz as timestamp)", "2024-03-31 00:30:00"),
      ("cast(tz as time)", "00:30:00"), ("tz", "2024-03-30 23:30:00Z"), ("day(tz)", "31"), ("hour(tz)", "0"),
      ("isodow(tz)", "7"), ("strftime(tz, '%d.%m. %H:%M %z')", "31.03. 00:30 +0100"),
      ("date_trunc('day', tz)", "2024-03-30 23:00:00Z"), ("date_trunc('month', tz)", "2024-02-29 23:00:00Z"),
      ("tz + interval '1 day'", "2024-03-31 22:30:00Z"), ("tz + interval '24 hours'", "2024-03-31 23:30:00Z"),
      ("date_diff('day', tz, tz - interval '1 hour')", "-1"), ("date_diff('hour', tz, tz + interval '1 day')", "23"),
      ("cast(timestamp '2024-07-01 12:00:00' as timestamptz)", "2024-07-01 10:00:00Z"),
      ("cast('2024-07-01 12:00:00' as timestamptz)", "2024-07-01 10:00:00Z"),
      ("cast('2024-07-01 12:00:00Z' as timestamptz)", "2024-07-01 12:00:00Z"),
      ("cast(date '2024-07-01' as timestamptz)", "2024-06-30 22:00:00Z"),
      ("strptime('2024-07-01 12:00 +0500', '%Y-%m-%d %H:%M %z')", "2024-07-01 09:00:00"),
    ])
  func berlin(expression: String, expected: String) throws {
    let zone = try #require(TimeZone("Europe/Berlin"))
    let table = Table([.init("tz", .timestamptz)], rows: [["2024-03-30 23:30:00Z"]], zone: zone)
    #expect(try table.evaluate(expression).get() == [.text(expected)])
  }

  /// The run's day is the one on which its instant falls there: at 10:30 UTC it is tomorrow in Kiritimati.
  @Test(
    "today",
    arguments: [
      ("Pacific/Kiritimati", "2024-12-21"), ("America/New_York", "2024-12-20"), ("-11:00", "2024-12-19"),
    ])
  func today(name: String, expected: String) throws {
    let table = Table([.init("x", .int64)], rows: [["1"]], zone: try #require(TimeZone(name)))
    #expect(try table.evaluate("current_date").get() == [.text(expected)])
    #expect(try table.evaluate("cast(now() as date)").get() == [.text(expected)])
  }
}
