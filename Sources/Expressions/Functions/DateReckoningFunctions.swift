import Columns
import Kernels

/// Reckoning with dates.
extension Function {
  private static let units = "year, quarter, month, week, day, hour, minute, second, millisecond or microsecond"

  /// One of the unit that a constant argument names.
  private static func unit(_ info: Signature.Preparation, _ index: Int) throws(ArgumentFault) -> Interval {
    guard let part = DatePart(info.string(index)), let unit = Interval("1 \(part.rawValue)") else {
      throw ArgumentFault(argument: index, "no unit '\(info.string(index))'; there are \(units)")
    }
    return unit
  }

  package static let dateAdd = Function(
    "date_add", .date,
    "The date or time so many units later, or earlier where the number is negative; a day that the month lacks becomes "
      + "its last. Units are \(units).",
    .prepared(.value("at", .temporal), .value("amount", .integer), .constant("unit", .string), gives: .argument(0)) {
      info throws(ArgumentFault) in
      let unit = try unit(info, 2)
      guard info.types[0] != .date || unit.microseconds == 0 else {
        throw ArgumentFault(argument: 2, "a date has no \(info.string(2)); cast it to timestamp")
      }
      return { Temporal.add($0[0], $0[1], of: unit, zone: info.context.zone) }
    },
    errors: "the result is outside the years 1 to 9999", example: "date_add(date '2024-01-31', 1, 'month')",
    gives: "2024-02-29")

  private static func completeUnits(_ info: Signature.Preparation, _ unit: Interval, from first: Int)
    throws(ArgumentFault) -> Kernel
  {
    guard info.types[first].isTemporal, info.types[first] != .time else {
      throw ArgumentFault(argument: first, "takes dates or timestamps, not \(info.types[first])")
    }
    return { Temporal.completeUnits(unit, from: $0[first], to: $0[first + 1], zone: info.context.zone) }
  }

  package static let age = Function(
    "age", .date,
    "How many whole years, or other units, lie between two points in time; negative when the second is the earlier. "
      + "Who was born on 29 February is a year older on 28 February where there is no 29th.",
    .prepared(.value("from", .common), .value("to", .common), gives: .fixed(.int64)) { info throws(ArgumentFault) in
      try completeUnits(info, Interval(months: 12), from: 0)
    },
    .prepared(.constant("unit", .string), .value("from", .common), .value("to", .common), gives: .fixed(.int64)) {
      info throws(ArgumentFault) in
      try completeUnits(info, try unit(info, 0), from: 1)
    },
    example: "age(date '2008-09-02', date '2024-09-01')", gives: "15")

  private static func businessDays(_ parameters: [Signature.Parameter], variadic: Bool) -> Signature {
    Signature(parameters, variadic: variadic, gives: .fixed(.int64)) { info throws(ArgumentFault) in
      let holidays = info.constants.dropFirst(2).compactMap { constant -> Int64? in
        if case .integer(let day)? = constant?.value { day } else { nil }
      }
      return { Temporal.businessDays(from: $0[0], to: $0[1], holidays: holidays, zone: info.context.zone) }
    }
  }

  package static let businessDays = Function(
    "business_days", .date,
    "How many days from Monday to Friday, holidays given apart, lie from one day up to another, that one not counted; "
      + "negative when it is the earlier.",
    businessDays([.value("from", .temporal), .value("to", .temporal)], variadic: false),
    businessDays(
      [.value("from", .temporal), .value("to", .temporal), .constant("holiday", .date)], variadic: true),
    example: "business_days(date '2024-08-30', date '2024-09-04', date '2024-09-02')", gives: "2")

  package static let timeBucket = Function(
    "time_bucket", .date,
    "The start of the stretch of a length such as '15 minutes', '2 weeks' or '1 quarter' that a date or time lies in. "
      + "Stretches of months are counted from 2000-01-01, others from the Monday 2000-01-03.",
    .prepared(.constant("length", .string), .value("at", .temporal), gives: .argument(1)) {
      info throws(ArgumentFault) in
      guard let length = Interval(info.string(0)) else {
        throw ArgumentFault(argument: 0, "'\(info.string(0))' is no length of time, such as '15 minutes' or '1 month'")
      }
      guard
        length.months > 0 && length.days == 0 && length.microseconds == 0
          || length.months == 0 && 0..<4_000_000 ~= length.days && length.microseconds >= 0
            && max(length.days, length.microseconds) > 0
      else {
        throw ArgumentFault(argument: 0, "a length is above zero, and of months and years or of weeks, days and hours")
      }
      guard info.types[1] != .date || length.microseconds == 0 else {
        throw ArgumentFault(argument: 0, "a date has no parts below the day; cast it to timestamp")
      }
      return { Temporal.bucket($0[1], width: length, zone: info.context.zone) }
    },
    errors: "the stretch begins before the year 1",
    example: "time_bucket('15 minutes', timestamp '2024-09-01 08:44:00')", gives: "2024-09-01 08:30:00")

  static let dateReckoning = [age, businessDays, dateAdd, timeBucket]
}
