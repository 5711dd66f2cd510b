import Columns
import Testing

@testable import Kernels

@Suite struct TemporalZoneTests {
  private func micros(_ text: String) -> Int64 { Sample.values([text], .timestamp).integers[0] }

  @Test(arguments: TemporalTables.offsets)
  func offsetsArePythons(row: [String]) throws {
    let zone = try #require(TimeZone(row[0]))
    #expect(zone.offset(at: micros(row[1])) == Int64(row[2]))
  }

  @Test(arguments: TemporalTables.clocks)
  func bothSidesOfAChangeArePythons(row: [String]) throws {
    let zone = try #require(TimeZone(row[0]))
    let (first, second) = (micros(row[2]), micros(row[3]))
    let found = zone.instants(forLocal: micros(row[1]))
    if first == second {
      #expect(found == .one(first))
    } else if first < second {
      #expect(found == .repeated(first: first, second: second))
    } else {
      #expect(found == .skipped(byEarlierOffset: first, byLaterOffset: second))
    }
    #expect(found.resolved == first)
  }

  /// The remembered stretch of a whole column must give what each row alone gives, in any order of rows.
  @Test(arguments: ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "America/New_York", "-03:30"])
  func columnsAgreeWithSingleValues(name: String) throws {
    let zone = try #require(TimeZone(name))
    var rows: [Int64] = []
    for row in TemporalTables.clocks {
      rows += [micros(row[1]), micros(row[2]), -min(micros(row[3]), 50_000_000_000_000_000)]
    }
    rows += rows.reversed().map { $0 + 999_999 }
    let local = Temporal.cast(Sample.integers(rows, .timestamptz), to: .timestamp, zone: zone)
    #expect(Sample.numbers(local) == rows.map { zone.local($0) })
    let instants = Temporal.cast(Sample.integers(rows, .timestamp), to: .timestamptz, zone: zone)
    #expect(Sample.numbers(instants) == rows.map { zone.instants(forLocal: $0).resolved })
  }

  @Test(arguments: [("+05:30", 19_800), ("-00:30", -1_800), ("UTC", 0), ("Z", 0), ("+23:59", 86_340)])
  func fixedOffsets(name: String, seconds: Int64) throws {
    #expect(try #require(TimeZone(name)).offset(at: 0) == seconds)
  }

  @Test(arguments: [
    "", "/", "../../../etc/passwd", "Europe/../Europe/Berlin", "/usr/share/zoneinfo/UTC", "Europe", "Europe/", "./UTC",
    "Mars/Olympus", "+24:00", "+5:30", "05:30", "+05:60", "Europe//Berlin", "tzdata.zi", "zone.tab",
    "Europe/Berlin\u{0}",
    "+ab:cd", String(repeating: "a", count: 5_000),
  ])
  func noZones(name: String) {
    #expect(TimeZone(name) == nil)
  }

  @Test func cutAndSpoiltFilesAreNoZones() throws {
    let bytes = try #require(TimeZoneFile.bytes(of: "Europe/Berlin"))
    for count in stride(from: 0, to: bytes.count - 1, by: 7) {
      #expect(TimeZone("cut", tzif: Array(bytes[..<count])) == nil)
    }
    var answered = 0
    for position in stride(from: 0, to: bytes.count, by: 3) {
      var spoilt = bytes
      spoilt[position] ^= 0xff
      guard let zone = TimeZone("spoilt", tzif: spoilt) else { continue }
      if abs(zone.offset(at: 0)) <= 26 * 3600 { answered += 1 }
      _ = zone.instants(forLocal: 4_000_000_000_000_000)
    }
    #expect(answered > 0)
  }

  /// POSIX and RFC 9636 examples: a rule alone, hours past a day, Julian days, daylight saving all year.
  @Test(arguments: [
    ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10 07:00:00", "2024-11-03 06:00:00"),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31 01:00:00", "2024-10-27 01:00:00"),
    ("IST-2IDT,M3.4.4/26,M10.5.0", "2024-03-29 00:00:00", "2024-10-26 23:00:00"),
    ("AAA0BBB,J60/0,J300/0:30:15", "2024-03-01 00:00:00", "2024-10-26 23:30:15"),
    ("AAA0BBB-2,59/0,300/0", "2024-02-29 00:00:00", "2024-10-26 22:00:00"),
  ])
  func rules(text: String, start: String, end: String) throws {
    let rule = try #require(TimeZoneRule(Array(text.utf8)))
    let found = rule.stretches(ofYear: 2024).map { $0.start * 1_000_000 }
    #expect(found == [micros(start), micros(end)])
  }

  @Test(arguments: [
    "", "CET", "CET-25", "C1,", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
    "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J5", "CET-1CEST,366,5", "CET-1CEST,M3.5.0/168,M10.5.0", "<+03-3", "<>3",
    "CET-1CEST,M3.5.0,M10.5.0x", "CET-99999999999999999999",
  ])
  func noRules(text: String) {
    #expect(TimeZoneRule(Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    ("2025-12-31", "2025-12-30 23:00:00"), ("2025-12-31T08:00:00Z", "2025-12-31 08:00:00"),
    ("2025-12-31T08:00:00+02:00", "2025-12-31 06:00:00"), ("2025-07-31 08:00", "2025-07-31 06:00:00"),
    ("2025-12-31T08:00:00.5-0230", "2025-12-31 10:30:00.5"), ("2024-03-31 02:30", "2024-03-31 01:30:00"),
    ("2024-10-27 02:30", "2024-10-27 00:30:00"),
  ])
  func moments(text: String, utc: String) throws {
    let berlin = try #require(TimeZone("Europe/Berlin"))
    #expect(Instant.parse(text, zone: berlin) == micros(utc))
  }

  @Test(arguments: [
    "", "today", "2025-13-01", "2025-12-31T25:00", "2025-12-31T08:00:00+24:00", "2025-12-31T08", "2025",
  ])
  func noMoments(text: String) { #expect(Instant.parse(text, zone: .utc) == nil) }

  @Test func aRunsDayIsItsZones() throws {
    let berlin = try #require(TimeZone("Europe/Berlin"))
    let clock = try #require(RunClock(asOf: "2025-12-31T23:30:00Z", zone: berlin))
    #expect(clock.today == Civil.days(fromYear: 2026, month: 1, day: 1))
    #expect(RunClock(instant: clock.instant).today == Civil.days(fromYear: 2025, month: 12, day: 31))
    #expect(clock.localTime == micros("2026-01-01 00:30:00"))
  }

  @Test func instantsAreCutAndMovedOnTheLocalClock() throws {
    let berlin = try #require(TimeZone("Europe/Berlin"))
    let instants = Sample.values(["2024-03-30 22:30:00Z", "2024-10-27 01:30:00Z"], .timestamptz)
    #expect(
      Sample.written(Temporal.truncate(instants, to: .day, zone: berlin))
        == ["2024-03-29 23:00:00Z", "2024-10-26 22:00:00Z"])
    #expect(
      Sample.written(Temporal.truncate(instants, to: .hour, zone: berlin))
        == ["2024-03-30 22:00:00Z", "2024-10-27 01:00:00Z"])
    #expect(
      Sample.written(Temporal.add(instants, Interval(days: 1), zone: berlin))
        == ["2024-03-31 21:30:00Z", "2024-10-28 01:30:00Z"])
    #expect(
      Sample.written(Temporal.add(instants, Interval(microseconds: 86_400_000_000), zone: berlin))
        == ["2024-03-31 22:30:00Z", "2024-10-28 01:30:00Z"])
    #expect(Sample.numbers(Temporal.part(.hour, of: instants, zone: berlin)) == [23, 2])
    let store = ByteStore(capacity: 64)
    let text = Temporal.strftime(instants, try TemporalFormat("%F %R %z %Z"), in: store, zone: berlin)
    #expect(text.texts.map { store.string($0) } == ["2024-03-30 23:30 +0100 CET", "2024-10-27 02:30 +0100 CET"])
  }
}
