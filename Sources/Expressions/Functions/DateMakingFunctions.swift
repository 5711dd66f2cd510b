import Columns
import Kernels

/// Dates, times and instants from their parts, and on other clocks.
extension Function {
  package static let makeDate = Function(
    "make_date", .date, "The date of a year, 1 to 9999, a month and a day.",
    .plain(.value("year", .integer), .value("month", .integer), .value("day", .integer), gives: .fixed(.date)) {
      Temporal.makeDate($0[0], $0[1], $0[2])
    },
    errors: "the calendar has no such day", example: "make_date(2024, 2, 29)", gives: "2024-02-29")

  private static func time(_ call: borrowing Call, from first: Int) -> Column {
    Temporal.makeTime(
      call[first], call[first + 1], microseconds: Temporal.microseconds(ofSeconds: call[first + 2], in: call.store))
  }

  private static func clock(_ seconds: TypeClass) -> [Signature.Parameter] {
    [.value("hour", .integer), .value("minute", .integer), .value("second", seconds)]
  }

  private static func makingTime(_ seconds: TypeClass) -> Signature {
    Signature(clock(seconds), gives: .fixed(.time)) { _ throws(ArgumentFault) in { time($0, from: 0) } }
  }

  private static func makingTimestamp(_ seconds: TypeClass) -> Signature {
    let day: [Signature.Parameter] = [.value("year", .integer), .value("month", .integer), .value("day", .integer)]
    return Signature(day + clock(seconds), gives: .fixed(.timestamp)) { _ throws(ArgumentFault) in
      { call in
        let date = Temporal.makeDate(call[0], call[1], call[2])
        return Temporal.nullFirst(Temporal.join(date, time(call, from: 3)), of: call.arguments)
      }
    }
  }

  package static let makeTime = Function(
    "make_time", .date, "The time of day of an hour, a minute, and a second with or without a fraction.",
    makingTime(.integer), makingTime(.float),
    errors: "the hour is not 0 to 23, the minute not 0 to 59, or the second not below 60",
    example: "make_time(8, 30, 12.5)", gives: "08:30:12.500000")

  package static let makeTimestamp = Function(
    "make_timestamp", .date, "The timestamp of a year, month, day, hour, minute and second.",
    makingTimestamp(.integer), makingTimestamp(.float), errors: "there is no such day or time",
    example: "make_timestamp(2024, 9, 1, 8, 30, 0)", gives: "2024-09-01 08:30:00")

  private static func instant(_ seconds: TypeClass) -> Signature {
    .plain(.value("seconds", seconds), gives: .fixed(.timestamptz)) {
      Temporal.instants(microseconds: Temporal.microseconds(ofSeconds: $0[0], in: $0.store))
    }
  }

  package static let toTimestamp = Function(
    "to_timestamp", .date, "The instant so many seconds after 1970-01-01 00:00:00 UTC, to the microsecond.",
    instant(.integer), instant(.float), errors: "the instant is outside the years 1 to 9999",
    example: "to_timestamp(1725148800)", gives: "2024-09-01 00:00:00Z")

  /// The zone that a constant argument names.
  private static func zone(_ info: Signature.Preparation, _ index: Int) throws(ArgumentFault) -> TimeZone {
    let name = info.string(index)
    let bare =
      ["UTC", "GMT"].contains(String(name.prefix(3))) && name.utf8.count == 9 ? String(name.dropFirst(3)) : name
    guard let zone = TimeZone(bare) else {
      throw ArgumentFault(
        argument: index, "no time zone '\(name)'; there are IANA's names such as 'Europe/Berlin', and offsets '+05:30'")
    }
    return zone
  }

  package static let timezone = Function(
    "timezone", .date,
    "An instant as the timestamp that a zone's clock shows, or a timestamp on that clock as its instant. "
      + "A skipped time is read by the offset before, a repeated one is the first of the two.",
    .prepared(
      .constant("zone", .string), .value("at", .temporal),
      gives: .computed("timestamp or timestamptz") { $0[1] == .timestamptz ? .timestamp : .timestamptz }
    ) { info throws(ArgumentFault) in
      let zone = try zone(info, 0)
      return { Temporal.cast($0[1], to: $0.type, zone: zone) }
    },
    errors: "the result is outside the years 1 to 9999",
    example: "timezone('Europe/Berlin', timestamp '2024-09-01 08:30:00')", gives: "2024-09-01 06:30:00Z")

  package static let convertTimezone = Function(
    "convert_timezone", .date,
    "A timestamp on one zone's clock as what another zone's shows then. A skipped time is read by the offset before, "
      + "a repeated one is the first of the two.",
    .prepared(
      .constant("from", .string), .constant("to", .string), .value("at", .timestamp), gives: .fixed(.timestamp)
    ) { info throws(ArgumentFault) in
      let (from, to) = (try zone(info, 0), try zone(info, 1))
      return { Temporal.cast(Temporal.cast($0[2], to: .timestamptz, zone: from), to: .timestamp, zone: to) }
    },
    errors: "the result is outside the years 1 to 9999",
    example: "convert_timezone('Europe/Berlin', 'America/New_York', timestamp '2024-09-01 08:30:00')",
    gives: "2024-09-01 02:30:00")

  static let dateMaking = [convertTimezone, makeDate, makeTime, makeTimestamp, timezone, toTimestamp]
}
