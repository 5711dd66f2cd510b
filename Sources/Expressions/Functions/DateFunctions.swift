import Columns
import Kernels

extension Function {
  static func part(
    _ name: String, _ part: DatePart, _ accepts: TypeClass, _ summary: String, example: String, gives result: String
  ) -> Function {
    Function(
      name, .date, summary,
      .prepared(.value("at", accepts), gives: .fixed(.int64)) { info throws(ArgumentFault) in
        { Temporal.part(part, of: $0[0], zone: info.context.zone) }
      },
      example: example, gives: result)
  }

  package static let year = part(
    "year", .year, .temporal, "The year.", example: "year(date '2024-09-01')", gives: "2024")
  package static let month = part(
    "month", .month, .temporal, "The month, 1 to 12.", example: "month(date '2024-09-01')", gives: "9")
  package static let day = part(
    "day", .day, .temporal, "The day of the month, 1 to 31.", example: "day(date '2024-09-01')", gives: "1")
  package static let isodow = part(
    "isodow", .isodow, .temporal, "The day of the week, Monday 1 to Sunday 7.", example: "isodow(date '2024-09-01')",
    gives: "7")
  package static let hour = part(
    "hour", .hour, .clock, "The hour, 0 to 23.", example: "hour(timestamp '2024-09-01 08:30:00')", gives: "8")
  package static let minute = part(
    "minute", .minute, .clock, "The minute, 0 to 59.", example: "minute(timestamp '2024-09-01 08:30:00')", gives: "30")

  package static let dateTrunc = Function(
    "date_trunc", .date, "The beginning of the year, quarter, month, week, day, hour, minute or second.",
    .prepared(.constant("part", .string), .value("at", .temporal), gives: .argument(1)) { info throws(ArgumentFault) in
      let part = try datePart(info)
      guard beginnings.contains(part) else {
        let known = beginnings.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        throw ArgumentFault(argument: 0, "a '\(part.rawValue)' has no beginning; there are \(known)")
      }
      return { Temporal.truncate($0[1], to: part, zone: info.context.zone) }
    },
    example: "date_trunc('month', date '2024-09-17')", gives: "2024-09-01")

  private static let beginnings: [DatePart] = [
    .year, .quarter, .month, .week, .day, .hour, .minute, .second, .millisecond, .microsecond,
  ]

  package static let dateDiff = Function(
    "date_diff", .date, "How many boundaries of a part lie between two points in time.",
    .prepared(.constant("part", .string), .value("from", .common), .value("to", .common), gives: .fixed(.int64)) {
      info throws(ArgumentFault) in
      let part = try datePart(info)
      guard info.types[1].isTemporal, info.types[1] != .time else {
        throw ArgumentFault(argument: 1, "takes dates or timestamps, not \(info.types[1])")
      }
      return { Temporal.difference(part, from: $0[1], to: $0[2], zone: info.context.zone) }
    },
    example: "date_diff('day', date '2024-09-01', date '2024-09-17')", gives: "16")

  package static let strftime = Function(
    "strftime", .date, "The date or time written in a format such as '%d/%m/%Y'.",
    .prepared(.value("at", .temporal), .constant("format", .string), gives: .fixed(.string)) {
      info throws(ArgumentFault) in
      let format = try temporalFormat(info, 1) { $0.problem(writing: info.types[0]) }
      return { Temporal.strftime($0[0], format, in: $0.store, zone: info.context.zone) }
    },
    example: "strftime(date '2024-09-01', '%d/%m/%Y')", gives: "01/09/2024")

  package static let strptime = Function(
    "strptime", .date,
    "Reads a timestamp written in a format such as '%d/%m/%Y %H:%M', or in the first of several that fits.",
    .prepared(.value("text", .string), .constant("format", .string), variadic: true, gives: .fixed(.timestamp)) {
      info throws(ArgumentFault) in
      var formats: [TemporalFormat] = []
      for index in 1..<max(1, info.types.count) {
        formats.append(try temporalFormat(info, index) { $0.problem(reading: .timestamp) })
      }
      let known = formats
      return { Temporal.read($0[0], as: .timestamp, formats: known, in: $0.store, zone: info.context.zone) }
    },
    errors: "the text is not written in any of the formats", example: "strptime('01/09/2024', '%d/%m/%Y')",
    gives: "2024-09-01 00:00:00")

  package static let currentDate = Function(
    "current_date", .date, "The day of the run's clock ('--as-of') in the recipe's time zone.",
    .prepared(gives: .fixed(.date)) { info throws(ArgumentFault) in
      let today = info.context.currentDate
      return { today.column(count: $0.count, in: $0.store) }
    },
    nulls: .custom("never null"), example: "current_date = cast(now() as date)", gives: "true")

  package static let now = Function(
    "now", .date, "The instant of the run's clock ('--as-of'), the same for all rows.",
    .prepared(gives: .fixed(.timestamptz)) { info throws(ArgumentFault) in
      let now = info.context.now
      return { now.column(count: $0.count, in: $0.store) }
    },
    nulls: .custom("never null"), example: "now() is not null", gives: "true")

  /// The part that a constant argument names.
  static func datePart(_ info: Signature.Preparation, _ index: Int = 0) throws(ArgumentFault) -> DatePart {
    guard let part = DatePart(rawValue: info.string(index).lowercased()) else {
      let known = DatePart.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw ArgumentFault(argument: index, "no part '\(info.string(index))'; there are \(known)")
    }
    return part
  }

  private static func temporalFormat(
    _ info: Signature.Preparation, _ index: Int, problem: (TemporalFormat) -> TemporalFormatError?
  ) throws(ArgumentFault) -> TemporalFormat {
    do throws(TemporalFormatError) {
      let format = try TemporalFormat(info.string(index))
      if let problem = problem(format) { throw problem }
      return format
    } catch {
      throw ArgumentFault(argument: index, error.message, offset: error.offset)
    }
  }

  static let dates =
    [currentDate, dateDiff, dateTrunc, day, hour, isodow, minute, month, now, strftime, strptime, year]
    + dateParts + dateMaking + dateReckoning
}
