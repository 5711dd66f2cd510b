import Columns

extension Temporal {
  /// Casts among date, time, timestamp and instant as SQL does.
  ///
  /// A date becomes its midnight, a timestamp loses its time or its day, an instant is read on the clock of `zone`, a
  /// timestamp is taken as that clock's: skipped hours as if the clock had not been put forward, repeated hours as the
  /// earlier of the two.
  ///
  /// - Returns: *n* rows of `type`. A time and a date do not become each other, nor a time a timestamp: such a cast
  ///   fails (`cast`) on each row. A local time of an instant outside years 1…9999 fails (`outOfRange`).
  /// - Complexity: O(*n*), and O(log t) where a row's instant lies in another stretch of the zone's table of t rows.
  package static func cast(_ column: Column, to type: DataType, zone: TimeZone = .utc) -> Column {
    if column.type == type { return column }
    switch (column.type, type) {
    case (.date, .timestamp): return map(column, to: type) { midnight($0) }
    case (.timestamp, .date): return map(column, to: type) { floorDivision($0, day) }
    case (.timestamp, .time): return map(column, to: type) { floorRemainder($0, day) }
    case (.timestamptz, .timestamp):
      if zone.isUTC { return column.with(type: .timestamp) }
      var cursor = ZoneCursor(zone)
      return map(column, to: type) { checkedMicroseconds(cursor.local($0)) }
    case (.timestamptz, .date), (.timestamptz, .time):
      return cast(cast(column, to: .timestamp, zone: zone), to: type)
    case (.timestamp, .timestamptz):
      if zone.isUTC { return column.with(type: .timestamptz) }
      var cursor = ZoneCursor(zone)
      return map(column, to: type) { checkedMicroseconds(cursor.instant(forLocal: $0)) }
    case (.date, .timestamptz):
      return cast(cast(column, to: .timestamp), to: .timestamptz, zone: zone)
    default:
      return failed(column.count, type, .cast, like: [column])
    }
  }
}
