import Columns
import Kernels

/// What else can be asked of a date or time.
extension Function {
  package static let second = part(
    "second", .second, .clock, "The whole second, 0 to 59.", example: "second(timestamp '2024-09-01 08:30:12.5')",
    gives: "12")
  package static let millisecond = part(
    "millisecond", .millisecond, .clock, "The milliseconds of the minute, 0 to 59999, as in DuckDB and PostgreSQL.",
    example: "millisecond(timestamp '2024-09-01 08:30:12.5')", gives: "12500")
  package static let microsecond = part(
    "microsecond", .microsecond, .clock,
    "The microseconds of the minute, 0 to 59999999, as in DuckDB and PostgreSQL.",
    example: "microsecond(timestamp '2024-09-01 08:30:12.5')", gives: "12500000")
  package static let quarter = part(
    "quarter", .quarter, .temporal, "The quarter of the year, 1 to 4.", example: "quarter(date '2024-09-01')",
    gives: "3")
  package static let week = part(
    "week", .week, .temporal,
    "The week of ISO 8601, 1 to 53: weeks begin on Monday and belong to their Thursday's year.",
    example: "week(date '2024-12-30')", gives: "1")
  package static let isoyear = part(
    "isoyear", .isoyear, .temporal, "The year that the week of ISO 8601 belongs to.",
    example: "isoyear(date '2024-12-30')", gives: "2025")
  package static let dayofyear = part(
    "dayofyear", .dayofyear, .temporal, "The day of the year, 1 to 366.", example: "dayofyear(date '2024-12-31')",
    gives: "366")
  package static let epoch = part(
    "epoch", .epoch, .temporal,
    "Whole seconds since 1970-01-01 00:00:00, rounded down; an instant's in UTC, any other's on its own clock.",
    example: "epoch(timestamp '2024-09-01 00:00:00')", gives: "1725148800")

  package static let anyPart = Function(
    "extract", .date,
    "A part by name, as in extract(year from date): year, quarter, month, day, dayofyear, isodow, dow, week, isoyear, hour, minute, second, "
      + "millisecond, microsecond or epoch.",
    .prepared(.constant("part", .string), .value("at", .temporal), gives: .fixed(.int64)) {
      info throws(ArgumentFault) in
      let part = try datePart(info)
      return { Temporal.part(part, of: $0[1], zone: info.context.zone) }
    },
    example: "extract(dow from date '2024-09-01')", gives: "0")

  private static func spelled(
    _ name: String, _ pattern: String, _ summary: String, example: String, gives result: String
  ) -> Function {
    Function(
      name, .date, summary,
      .prepared(.value("at", .temporal), gives: .fixed(.string)) { info throws(ArgumentFault) in
        do throws(TemporalFormatError) {
          let format = try TemporalFormat(pattern)
          return { Temporal.strftime($0[0], format, in: $0.store, zone: info.context.zone) }
        } catch {
          throw ArgumentFault(argument: 0, error.message)
        }
      },
      example: example, gives: result)
  }

  package static let dayname = spelled(
    "dayname", "%A", "The English name of the day of the week.", example: "dayname(date '2024-09-01')", gives: "Sunday")
  package static let monthname = spelled(
    "monthname", "%B", "The English name of the month.", example: "monthname(date '2024-09-01')", gives: "September")

  package static let lastDay = Function(
    "last_day", .date, "The last day of the month.",
    .prepared(.value("at", .temporal), gives: .fixed(.date)) { info throws(ArgumentFault) in
      { Temporal.lastDay($0[0], zone: info.context.zone) }
    },
    example: "last_day(date '2024-02-10')", gives: "2024-02-29")

  static let dateParts = [
    anyPart, dayname, dayofyear, epoch, isoyear, lastDay, microsecond, millisecond, monthname, quarter, second, week,
  ]
}
