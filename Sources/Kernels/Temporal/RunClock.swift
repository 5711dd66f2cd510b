import Columns

/// A moment written by a person.
package enum Instant {
  /// Reads `2025-12-31` (midnight), `2025-12-31 08:00`, `2025-12-31T08:00:00.5Z`, `2025-12-31T08:00:00+02:00`.
  ///
  /// Without an offset the text is on the clock of `zone`; skipped and repeated hours as in
  /// `TimeZone.LocalInstants.resolved`. Nil for other texts, for days and times that are not real, and outside years
  /// 1…9999 UTC.
  ///
  /// - Returns: µs since 1970 UTC.
  package static func parse(_ text: String, zone: TimeZone = .utc) -> Int64? {
    let store = ByteStore(capacity: text.utf8.count)
    guard let span = store.append(text) else { return nil }
    let texts = Column(.string, .texts([span]), count: 1)
    let result = Temporal.read(texts, as: .timestamptz, in: store, zone: zone)
    return result.isPresent(0) ? result.integers.first : nil
  }
}

/// The only clock of a run: one instant, and the zone that says where days begin.
package struct RunClock: Sendable {
  /// µs since 1970 UTC.
  package let instant: Int64
  package let zone: TimeZone

  package init(instant: Int64, zone: TimeZone = .utc) {
    self.instant = instant
    self.zone = zone
  }

  /// The clock that `--as-of` asks for; nil when the text is no moment (see `Instant.parse`).
  package init?(asOf text: String, zone: TimeZone = .utc) {
    guard let instant = Instant.parse(text, zone: zone) else { return nil }
    self.init(instant: instant, zone: zone)
  }

  /// `current_date`: days since 1970.
  package var today: Int64 { zone.localDate(at: instant) }

  /// The time on the zone's clock, µs since 1970.
  package var localTime: Int64 { zone.local(instant) }
}
