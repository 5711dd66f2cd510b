import Columns
import Testing

@testable import Kernels

@Suite struct TemporalTextTests {
  private func read(_ texts: [String], _ type: DataType, _ patterns: [String] = []) throws -> [String] {
    let store = ByteStore(capacity: 64)
    let column = Temporal.read(
      Sample.texts(texts, in: store), as: type, formats: try patterns.map { try TemporalFormat($0) }, in: store)
    return Sample.written(column)
  }

  @Test func theTablesAreThere() {
    let tables = [
      TemporalTables.offsets, TemporalTables.clocks, TemporalTables.reading, TemporalTables.writing,
      TemporalTables.parts,
      TemporalTables.cuts, TemporalTables.differences, TemporalTables.sums,
    ]
    #expect(tables.allSatisfy { $0.count >= 30 })
  }

  @Test(arguments: TemporalTables.reading)
  func readingIsPythons(row: [String]) throws {
    #expect(try TemporalFormat(row[0]).problem(reading: .timestamp) == nil)
    #expect(try read([row[1], "  \(row[1]) "], .timestamp, [row[0]]) == [row[2], row[2]])
    #expect(try read([row[1]], .date, [row[0]]) == [row[2] == "cast" ? "cast" : String(row[2].prefix(10))])
  }

  @Test(arguments: TemporalTables.writing)
  func writingIsPythons(row: [String]) throws {
    let store = ByteStore(capacity: 64)
    let text = Temporal.strftime(Sample.values([row[1]], .timestamp), try TemporalFormat(row[0]), in: store)
    #expect(store.string(text.texts[0]) == row[2])
  }

  @Test(arguments: [
    (
      DataType.date,
      [
        "2024-09-01", " 2024-09-01  ", "2024-9-1", "2024-09-01 00:00:00", "", "   ", "20240901", "2024-09-1 ",
        "2024-02-30",
      ],
      ["2024-09-01", "2024-09-01", "cast", "cast", "null", "null", "cast", "cast", "cast"]
    ),
    (
      .time,
      [
        "10:11", "10:11:12", "10:11:12.5", "10:11:12.1234567", "10:11:12.123456000", "24:00:00", "10:11:60", "1:2:3",
        "10",
      ],
      ["10:11:00", "10:11:12", "10:11:12.500000", "cast", "10:11:12.123456", "cast", "cast", "cast", "cast"]
    ),
    (
      .timestamp,
      ["2024-09-01", "2024-09-01T10:11", "2024-09-01 10:11:12", "2024-09-01 10:11:12.000001", "2024-09-01 10:11:12Z"],
      ["2024-09-01 00:00:00", "2024-09-01 10:11:00", "2024-09-01 10:11:12", "2024-09-01 10:11:12.000001", "cast"]
    ),
    (
      .timestamptz,
      [
        "2024-09-01", "2024-09-01T10:11:12Z", "2024-09-01 10:11:12+02", "2024-09-01 10:11:12.5-0230",
        "2024-09-01T10:11+25",
      ],
      ["2024-09-01 00:00:00Z", "2024-09-01 10:11:12Z", "2024-09-01 08:11:12Z", "2024-09-01 12:41:12.500000Z", "cast"]
    ),
  ])
  func isoForms(type: DataType, texts: [String], expected: [String]) throws {
    #expect(try read(texts, type) == expected)
  }

  /// A fraction of any length, `T` or a space, `Z` or an offset of none: all say the same instant or are refused.
  @Test func fractionsAreReadWhole() throws {
    for digits in 1...9 {
      let fraction = String("123456000".prefix(digits))
      let expected = String((fraction + "00000").prefix(6))
      for separator in [" ", "T"] {
        let text = "1969-12-31\(separator)23:59:58.\(fraction)"
        #expect(
          try read([text, text + "x", text + "."], .timestamp) == ["1969-12-31 23:59:58.\(expected)", "cast", "cast"])
        for zone in ["", "Z", "+00", "-00:00"] {
          #expect(try read([text + zone], .timestamptz) == ["1969-12-31 23:59:58.\(expected)Z"])
        }
      }
    }
    #expect(
      try read(["2024-09-01 10:11:12.", "2024-09-01 10:11:12.Z", "2024-09-01 10:11:12ZZ"], .timestamptz)
        == ["cast", "cast", "cast"])
  }

  /// Python goes on into the next year.
  @Test func noDayPastTheYearsEnd() throws {
    #expect(try read(["2023/365", "2023/366"], .date, ["%Y/%j"]) == ["2023-12-31", "cast"])
  }

  @Test func formatsAreTriedInOrder() throws {
    let texts = [
      "2024-09-01", "03/04/2024", "13/04/2024", "04/13/2024", "1/9/2024", "20240901", "2025/03/04", "yesterday",
    ]
    #expect(
      try read(texts, .date, ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d"])
        == [
          "2024-09-01", "2024-04-03", "2024-04-13", "2024-04-13", "2024-09-01", "2024-09-01", "cast", "cast",
        ])
    #expect(
      try read(["03/04/2024", "5 May 2024", "2024-09-01"], .date, ["%d %B %Y", "%m/%d/%Y"])
        == ["2024-03-04", "2024-05-05", "cast"])
    #expect(
      try read(["20240901T081530", "2024-09-01T08:15:30"], .timestamp, ["%Y%m%dT%H%M%S", "%FT%T"])
        == ["2024-09-01 08:15:30", "2024-09-01 08:15:30"])
  }

  /// Every byte of a date changed to every other: the eight-byte way and the way byte by byte must say the same.
  @Test func noByteSlipsThrough() throws {
    let patterns = ["%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%m.%d.%Y %H:%M:%S"]
    let samples = ["2024-09-28", "28/09/2024", "20240928", "09.28.2024 19:38:47"]
    for (pattern, sample) in zip(patterns, samples) {
      let format = try TemporalFormat(pattern)
      #expect(format.template?.length == sample.utf8.count)
      let store = ByteStore(capacity: 1 << 17)
      var spans: ContiguousArray<TextSpan> = []
      var expected: [Bool] = []
      for position in sample.utf8.indices {
        for byte in UInt8.min...UInt8.max {
          var bytes = Array(sample.utf8)
          bytes[sample.utf8.distance(from: sample.utf8.startIndex, to: position)] = byte
          spans.append(bytes.withUnsafeBytes { store.append($0) } ?? .empty)
          let written = bytes.withUnsafeBytes { text in
            var reader = FormatReader(text)
            return reader.matches(format.items)
          }
          expected.append(written?.days != nil && written?.clock != nil)
        }
      }
      let column = Temporal.read(
        Column(.string, .texts(spans), count: spans.count), as: .timestamp, formats: [format], in: store)
      // A space at either end is trimmed by the whole, and is no part of the pattern.
      let isSpaced = spans.map { [store.bytes($0).first, store.bytes($0).last].contains(32) }
      let wrong = spans.indices.filter { !isSpaced[$0] && column.isPresent($0) != expected[$0] }
      #expect(wrong.isEmpty)
      #expect(expected.filter { $0 }.count > sample.utf8.count)
    }
  }

  @Test func nullsStayNullAndConstantsStayConstant() throws {
    let store = ByteStore(capacity: 64)
    let texts = Sample.texts([nil, "2024-09-01", "x", nil, ""], in: store)
    let column = Temporal.read(texts, as: .date, in: store)
    #expect(Sample.written(column) == ["null", "2024-09-01", "cast", "null", "null"])
    #expect(Sample.written(Temporal.text(of: column, in: store)) != [])
    let written = Temporal.texts(column, in: store)
    #expect(written.map { store.string($0) } == ["", "2024-09-01", "", "", ""])
    let span = try #require(store.append("2024-09-01 08:00:00"))
    var validity = Bitmap(repeating: true, count: 3)
    validity[1] = false
    let constant = Column(
      .string, .texts([span]), count: 3, isConstant: true, states: States(validity: validity))
    let stamps = Temporal.read(constant, as: .timestamp, in: store)
    #expect(stamps.isConstant)
    #expect(Sample.written(stamps) == ["2024-09-01 08:00:00", "null", "2024-09-01 08:00:00"])
    let bad = Temporal.read(constant, as: .time, in: store)
    #expect(Sample.written(bad) == ["cast", "null", "cast"])
    #expect(Sample.numbers(Temporal.part(.hour, of: stamps)) == [8, nil, 8])
    #expect(
      Sample.numbers(Temporal.difference(.day, from: column, to: Temporal.read(texts, as: .date, in: store))).count == 5
    )
    let none = Temporal.read(Column(.string, .texts([]), count: 0), as: .date, in: store)
    #expect(none.count == 0 && Sample.written(none) == [])
  }

  @Test func castsAreSQLs() {
    let stamps = Sample.values(["2024-09-01 10:11:12.5", "1969-12-31 23:00:00"], .timestamp)
    #expect(Sample.written(Temporal.cast(stamps, to: .date)) == ["2024-09-01", "1969-12-31"])
    #expect(Sample.written(Temporal.cast(stamps, to: .time)) == ["10:11:12.500000", "23:00:00"])
    let dates = Temporal.cast(stamps, to: .date)
    #expect(Sample.written(Temporal.cast(dates, to: .timestamp)) == ["2024-09-01 00:00:00", "1969-12-31 00:00:00"])
    #expect(Sample.written(Temporal.cast(dates, to: .time)) == ["cast", "cast"])
  }

  /// Whatever a value that no kernel makes may be, none of the functions may trap on it.
  @Test func anyIntegerIsSafe() throws {
    let values: [Int64] = [
      .min, .min + 1, .max, .max - 1, -1, 0, 1 << 62, -(1 << 62), 719_163, 253_402_300_800_000_000,
    ]
    let berlin = try #require(TimeZone("Europe/Berlin"))
    let format = try TemporalFormat("%Y %m %d %H %M %S %f %y %b %B %a %A %j %p %I %U %W %G %V %u %w %e %-d")
    let clock = try TemporalFormat("%H %I %M %S %f %p")
    let store = ByteStore(capacity: 64)
    let far = Interval(months: 199_999, days: .max, microseconds: .max)
    for type in [DataType.date, .time, .timestamp, .timestamptz] {
      let column = Sample.integers(values, type)
      for zone in [TimeZone.utc, berlin] {
        for part in DatePart.allCases {
          #expect(Temporal.part(part, of: column, zone: zone).count == values.count)
          #expect(Temporal.truncate(column, to: part, zone: zone).count == values.count)
          #expect(Temporal.difference(part, from: column, to: column, zone: zone).count == values.count)
        }
        for target in [DataType.date, .time, .timestamp, .timestamptz, .string] {
          #expect(Temporal.cast(column, to: target, zone: zone).type == target)
        }
        for interval in [far, Interval(months: -5, days: 3), Interval(microseconds: .min)] {
          #expect(Temporal.add(column, interval, zone: zone).count == values.count)
          #expect(Temporal.add(column, interval, negated: true, zone: zone).count == values.count)
        }
        let text = Temporal.strftime(column, type == .time ? clock : format, in: store, zone: zone)
        #expect(text.texts.allSatisfy { $0.length > 10 })
      }
      #expect(Temporal.texts(column, in: store).allSatisfy { $0.length >= 8 })
      #expect(Temporal.daysBetween(column, Sample.integers(values.reversed(), type)).count == values.count)
    }
  }

  @Test(arguments: [
    ("", TemporalFormatError.Reason.empty, 0), ("%Y-%Q", .unknownDirective("%Q"), 3),
    ("%Y%", .unknownDirective("%"), 2),
    ("é%é", .unknownDirective("%é"), 2), ("%-Y", .unknownDirective("%-Y"), 0), ("%-", .unknownDirective("%-"), 0),
    ("%-%", .unknownDirective("%-%"), 0),
  ])
  func brokenPatterns(pattern: String, reason: TemporalFormatError.Reason, offset: Int) {
    #expect(throws: TemporalFormatError(reason: reason, offset: offset)) { try TemporalFormat(pattern) }
  }

  @Test(arguments: [
    ("%Y-%m-%d", DataType.date, nil), ("%d/%m", .date, TemporalFormatError.Reason.missing("%Y", for: .date)),
    ("%Y-%d", .date, .missing("%m", for: .date)), ("%H:%M", .time, nil), ("%H:%M", .date, .missing("%Y", for: .date)),
    ("%Y", .time, .missing("%H", for: .time)), ("%Y %y", .date, .repeatedField("%y")),
    ("%I:%M", .time, .cannotBeRead("%I")),
    ("%H:%M %p", .time, .cannotBeRead("%p")), ("%Y %U", .date, .cannotBeRead("%U")),
    ("%Y %j %d", .date, .cannotBeRead("%d")),
    ("%F %T", .timestamp, nil), ("%b %Y", .date, nil),
  ])
  func whatCanBeRead(pattern: String, type: DataType, reason: TemporalFormatError.Reason?) throws {
    #expect(try TemporalFormat(pattern).problem(reading: type)?.reason == reason)
  }

  @Test(arguments: [
    ("%F %H", DataType.date, nil), ("%H", .time, nil),
    ("%Y", .time, TemporalFormatError.Reason.notIn(.time, directive: "%Y")),
    ("%z", .timestamp, .notIn(.timestamp, directive: "%z")), ("%Z", .timestamptz, nil),
    ("x", .string, .notIn(.string, directive: "")),
  ])
  func whatCanBeWritten(pattern: String, type: DataType, reason: TemporalFormatError.Reason?) throws {
    #expect(try TemporalFormat(pattern).problem(writing: type)?.reason == reason)
  }
}
