import Columns
import Testing

@testable import Kernels

@Suite struct TemporalCivilTests {
  @Test func everyDayOfEightCenturiesFollowsTheLast() {
    var date = CivilDate(year: 1600, month: 1, day: 1)
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard let first = Civil.days(fromYear: 1600, month: 1, day: 1) else {
      Issue.record("1600-01-01 is a day")
      return
    }
    var days = first
    var faults = 0
    while date.year <= 2400 {
      let isLeap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0)
      if Civil.date(fromDays: days) != date { faults += 1 }
      if Civil.days(fromYear: date.year, month: date.month, day: date.day) != days { faults += 1 }
      days += 1
      date.day += 1
      if date.day > lengths[date.month - 1] + (date.month == 2 && isLeap ? 1 : 0) {
        if Civil.days(fromYear: date.year, month: date.month, day: date.day) != nil { faults += 1 }
        date = CivilDate(year: date.year, month: date.month + 1, day: 1)
      }
      if date.month > 12 { date = CivilDate(year: date.year + 1, month: 1, day: 1) }
    }
    #expect(faults == 0)
    #expect(days - first == 292_560)
  }

  /// Python: `datetime.date(…).toordinal() - 719163`.
  @Test(arguments: [
    (1, 1, 1, -719_162), (1600, 1, 1, -135_140), (1969, 12, 31, -1), (1970, 1, 1, 0), (2000, 2, 29, 11_016),
    (2024, 9, 1, 19_967), (9999, 12, 31, 2_932_896),
  ])
  func checkpoints(year: Int, month: Int, day: Int, days: Int64) {
    #expect(Civil.days(fromYear: year, month: month, day: day) == days)
    #expect(Civil.date(fromDays: days) == CivilDate(year: year, month: month, day: day))
  }

  @Test(arguments: [
    (0, 1, 1), (10_000, 1, 1), (2024, 0, 1), (2024, 13, 1), (2024, 4, 31), (2023, 2, 29), (1900, 2, 29), (2024, 1, 0),
    (Int.max, 1, 1), (2024, Int.min, 1), (2024, 1, Int.max),
  ])
  func noSuchDay(year: Int, month: Int, day: Int) {
    #expect(Civil.days(fromYear: year, month: month, day: day) == nil)
  }

  @Test(arguments: TemporalTables.parts)
  func partsAreDuckDBs(row: [String]) {
    let names = "year quarter month day dayofyear isodow dow week isoyear hour minute second millisecond microsecond"
    let column = Sample.values([row[0]], .timestamp)
    let parts = names.split(separator: " ").compactMap { DatePart(String($0)) }
    let found = parts.map { Sample.numbers(Temporal.part($0, of: column))[0] }
    #expect(found == row[1].split(separator: " ").map { Int64($0) })
    let dates = parts.prefix(9).map { Sample.numbers(Temporal.part($0, of: Temporal.cast(column, to: .date)))[0] }
    #expect(dates == Array(found.prefix(9)))
    let times = parts.suffix(5).map { Sample.numbers(Temporal.part($0, of: Temporal.cast(column, to: .time)))[0] }
    #expect(times == Array(found.suffix(5)))
  }

  @Test(arguments: TemporalTables.cuts)
  func cutsAreDuckDBs(row: [String]) throws {
    let format = try TemporalFormat("%Y-%m-%d %H:%M:%S.%f")
    let column = Sample.values([row[0]], .timestamp)
    let parts: [DatePart] = [.year, .quarter, .month, .week, .isoyear, .day, .hour, .minute, .second, .millisecond]
    let store = ByteStore(capacity: 64)
    let found = parts.map { part in
      let text = Temporal.strftime(Temporal.truncate(column, to: part), format, in: store)
      return store.string(text.texts[0])
    }
    #expect(found == row[1].split(separator: ",").map(String.init))
  }

  @Test(arguments: TemporalTables.differences)
  func differencesAreDuckDBs(row: [String]) {
    let parts: [DatePart] = [
      .year, .quarter, .month, .day, .week, .isoyear, .hour, .minute, .second, .millisecond,
    ]
    let (a, b) = (Sample.values([row[0]], .timestamp), Sample.values([row[1]], .timestamp))
    let found = parts.map { Sample.numbers(Temporal.difference($0, from: a, to: b))[0] }
    #expect(found == row[2].split(separator: " ").map { Int64($0) })
    let back = parts.map { Sample.numbers(Temporal.difference($0, from: b, to: a))[0] }
    #expect(back == found.map { $0.map { -$0 } })
  }

  @Test(arguments: TemporalTables.sums)
  func sumsAreDuckDBs(row: [String]) throws {
    let interval = try #require(Interval(row[1]))
    let column = Sample.values([row[0]], .timestamp)
    #expect(Sample.written(Temporal.add(column, interval, negated: false)) == [row[2]])
    #expect(Sample.written(Temporal.add(column, interval, negated: true)) == [row[3]])
  }

  @Test func typesAndEndsOfSums() throws {
    let date = Sample.values(["2024-01-31", "9999-12-31", "0001-01-01"], .date)
    let month = try #require(Interval("1 month"))
    let hour = try #require(Interval("1 hour"))
    #expect(Temporal.add(date, month).type == .date)
    #expect(Sample.written(Temporal.add(date, month)) == ["2024-02-29", "outOfRange", "0001-02-01"])
    #expect(Sample.written(Temporal.add(date, month, negated: true)) == ["2023-12-31", "9999-11-30", "outOfRange"])
    #expect(
      Sample.written(Temporal.add(date, hour, negated: true))
        == ["2024-01-30 23:00:00", "9999-12-30 23:00:00", "outOfRange"])
    let time = Sample.values(["22:30", "00:10"], .time)
    #expect(
      Sample.written(Temporal.add(time, Interval(days: 9, microseconds: 7_200_000_000))) == ["00:30:00", "02:10:00"])
    let far = Interval(months: .max, days: .min, microseconds: .max)
    #expect(Sample.written(Temporal.add(date, far)) == ["outOfRange", "outOfRange", "outOfRange"])
    #expect(Sample.written(Temporal.add(date, far, negated: true)) == ["overflow", "overflow", "overflow"])
    #expect(
      Sample.numbers(Temporal.daysBetween(date, Sample.integers([0, 0, 1], .date))) == [19_753, 2_932_896, -719_163])
  }

  @Test(arguments: [
    ("9 hours", 0, 0, 32_400_000_000), ("1 year 2 months", 14, 0, 0), ("-3 days", 0, -3, 0),
    ("10 minutes", 0, 0, 600_000_000), ("1.5 hours", 0, 0, 5_400_000_000), ("01:30:00", 0, 0, 5_400_000_000),
    ("-01:30", 0, 0, -5_400_000_000), ("1 WEEK", 0, 7, 0), ("2 quarters", 6, 0, 0), ("1 decade", 120, 0, 0),
    ("1 month -1 day", 1, -1, 0), ("1 day 01:00:00", 0, 1, 3_600_000_000), ("3 days ago", 0, -3, 0),
    ("1.5 days", 0, 1, 43_200_000_000), ("0.1 seconds", 0, 0, 100_000), ("1day", 0, 1, 0), ("1 us", 0, 0, 1),
    ("0.5 years", 6, 0, 0), ("  2 h  ", 0, 0, 7_200_000_000), ("00:00:01.000001", 0, 0, 1_000_001),
    ("-1.5 weeks", 0, -10, -43_200_000_000),
  ])
  func intervals(text: String, months: Int64, days: Int64, microseconds: Int64) {
    #expect(Interval(text) == Interval(months: months, days: days, microseconds: microseconds))
  }

  @Test(arguments: [
    "", " ", "5", "hour", "1e3 days", "1.5 months", "0.1 us", "1 day,2 hours", "- 3 days", "1 fortnight", "1 daysx",
    "1:2", "1:60", "01:30:60", "01:30:-5", "1:30 2:30", "1. day", ".5 day", "1 day ago 2 days", "ago", "1 day é",
    "99999999999999999999 days", "99999999999999999 decades", "9999999999999 hours 9999999999999 hours", "1\u{0}day",
    "01:30:5", "01:+1", "1:30:",
  ])
  func noIntervals(text: String) {
    #expect(Interval(text) == nil)
  }
}
