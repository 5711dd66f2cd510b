/// A time zone: when which offset from UTC held, and by its rule for all time to come.
///
/// - Source: RFC 9636 (TZif); POSIX.1 `TZ` rules for times past the file's table.
package struct TimeZone: Sendable {
  package let name: String
  /// From when, in seconds since 1970 UTC, ascending; the first is the beginning of time.
  let starts: ContiguousArray<Int64>
  /// The seconds east of UTC that hold from each start, and the zone's abbreviation then.
  let offsets: ContiguousArray<Int64>
  let abbreviations: ContiguousArray<String>
  /// From here the table repeats every 400 years; nil for a zone whose last offset stays.
  let cycleStart: Int64?

  /// 146,097 days: a whole number of weeks, so weekdays repeat too.
  static let cycle: Int64 = 146_097 * 86_400

  package static let utc = TimeZone(name: "UTC", fixed: 0, abbreviation: "UTC")

  /// A zone of the system's database by its IANA name, `UTC`, `Z`, or a fixed offset `±hh:mm` (east is positive).
  ///
  /// Nil when there is no such zone or its file cannot be read. Names cannot leave the database's folder.
  package init?(_ name: String) {
    if name == "UTC" || name == "Z" {
      self = .utc
    } else if let seconds = Self.fixedOffset(name) {
      self.init(name: name, fixed: seconds, abbreviation: name)
    } else {
      guard let bytes = TimeZoneFile.bytes(of: name) else { return nil }
      self.init(name, tzif: bytes)
    }
  }

  init(name: String, fixed seconds: Int64, abbreviation: String) {
    self.name = name
    starts = [.min]
    offsets = [seconds]
    abbreviations = [abbreviation]
    cycleStart = nil
  }

  init(
    name: String, starts: ContiguousArray<Int64>, offsets: ContiguousArray<Int64>,
    abbreviations: ContiguousArray<String>, cycleStart: Int64?
  ) {
    self.name = name
    self.starts = starts
    self.offsets = offsets
    self.abbreviations = abbreviations
    self.cycleStart = cycleStart
  }

  package var isUTC: Bool { starts.count == 1 && offsets[0] == 0 }

  /// Seconds of `±hh:mm`, up to 23:59.
  private static func fixedOffset(_ name: String) -> Int64? {
    let bytes = Array(name.utf8)
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
      bytes[3] == UInt8(ascii: ":")
    else { return nil }
    let digits = [bytes[1], bytes[2], bytes[4], bytes[5]].map { Int64($0) - 48 }
    let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    guard digits.allSatisfy({ 0...9 ~= $0 }), hours < 24, minutes < 60 else { return nil }
    return (hours * 3600 + minutes * 60) * (bytes[0] == UInt8(ascii: "-") ? -1 : 1)
  }

  /// The stretch of the table that holds at a second, and by how much the second was moved back into the table. O(log).
  func stretch(at second: Int64) -> (index: Int, shift: Int64) {
    var second = second
    var shift: Int64 = 0
    if let cycleStart, second >= cycleStart {
      let moved = (second &- cycleStart) % Self.cycle
      shift = second &- cycleStart &- moved
      second = cycleStart &+ moved
    }
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= second { low = middle } else { high = middle }
    }
    return (low, shift)
  }

  /// Seconds east of UTC at an instant, µs since 1970 UTC.
  package func offset(at instant: Int64) -> Int64 {
    offsets[stretch(at: Temporal.floorDivision(instant, Temporal.second)).index]
  }

  /// Such as `CET`; for zones without one their offset, such as `+03`.
  package func abbreviation(at instant: Int64) -> String {
    abbreviations[stretch(at: Temporal.floorDivision(instant, Temporal.second)).index]
  }

  /// What the zone's clock shows at an instant: both in µs since 1970.
  package func local(_ instant: Int64) -> Int64 { instant &+ offset(at: instant) &* Temporal.second }

  /// Days since 1970 on the zone's clock at an instant.
  package func localDate(at instant: Int64) -> Int64 {
    Temporal.floorDivision(local(instant), Temporal.day)
  }

  /// The instants at which the zone's clock shows a time.
  package enum LocalInstants: Hashable, Sendable {
    case one(Int64)
    /// The clock was put forward past that time: the instants by the offset that held before and by the one after.
    case skipped(byEarlierOffset: Int64, byLaterOffset: Int64)
    /// The clock was put back and showed that time twice.
    case repeated(first: Int64, second: Int64)

    /// Skipped times as if the clock had not yet been put forward, so that 02:30 becomes 03:30; of repeated times the
    /// first. So do Python (`fold=0`), Java and JavaScript's Temporal ("compatible").
    package var resolved: Int64 {
      switch self {
      case .one(let instant), .skipped(let instant, _), .repeated(let instant, _): instant
      }
    }
  }

  /// The instants at which the zone's clock shows `local` (µs since 1970 on that clock). O(log).
  package func instants(forLocal local: Int64) -> LocalInstants {
    // No offset exceeds 26 hours (RFC 9636): all that can matter lies between these two.
    let margin: Int64 = 26 * 3600
    let second = Temporal.floorDivision(local, Temporal.second)
    let from = stretch(at: second &- margin)
    let to = stretch(at: second &+ margin)
    if from == to { return .one(local &- offsets[from.index] &* Temporal.second) }
    var found: [Int64] = []
    var skipped: LocalInstants?
    var start = second &- margin
    var before = offsets[from.index]
    if start &+ before <= second, nextStart(after: from) > second &- before { found.append(second &- before) }
    var stretch = from
    while stretch != to {
      start = nextStart(after: stretch)
      stretch = self.stretch(at: start)
      let after = offsets[stretch.index]
      let instant = second &- after
      if instant >= start, stretch == to || instant < nextStart(after: stretch) { found.append(instant) }
      if second &- before >= start, instant < start {
        skipped = .skipped(
          byEarlierOffset: local &- before &* Temporal.second, byLaterOffset: local &- after &* Temporal.second)
      }
      before = after
    }
    let rest = local &- second &* Temporal.second
    switch (found.first, found.last) {
    case (let first?, let last?) where first != last:
      return .repeated(first: first &* Temporal.second &+ rest, second: last &* Temporal.second &+ rest)
    case (let only?, _): return .one(only &* Temporal.second &+ rest)
    default: return skipped ?? .one(local &- before &* Temporal.second)
    }
  }

  /// When the stretch ends, in seconds, on the true scale.
  func nextStart(after stretch: (index: Int, shift: Int64)) -> Int64 {
    if let cycleStart, stretch.index + 1 >= starts.count || starts[stretch.index + 1] >= cycleStart + Self.cycle {
      return cycleStart &+ Self.cycle &+ stretch.shift
    }
    return stretch.index + 1 < starts.count ? starts[stretch.index + 1] &+ stretch.shift : .max
  }
}

/// Reads many instants of one zone, remembering the stretch the last one lay in.
struct ZoneCursor {
  private let zone: TimeZone
  /// Instants in `from..<until` have `offset`, all in µs.
  private var from: Int64 = 0
  private var until: Int64 = 0
  private var offset: Int64 = 0

  init(_ zone: TimeZone) { self.zone = zone }

  @inline(__always)
  mutating func local(_ instant: Int64) -> Int64 {
    if instant < from || instant >= until { seek(instant) }
    return instant &+ offset
  }

  /// As `TimeZone.instants(forLocal:).resolved`.
  @inline(__always)
  mutating func instant(forLocal local: Int64) -> Int64 {
    // Two days from either end of a stretch no other offset can matter.
    let instant = local &- offset
    if instant &- 2 &* Temporal.day >= from, instant &+ 2 &* Temporal.day < until { return instant }
    return resolve(local)
  }

  @inline(never)
  private mutating func resolve(_ local: Int64) -> Int64 {
    let instant = zone.instants(forLocal: local).resolved
    if instant < from || instant >= until { seek(instant) }
    return instant
  }

  @inline(never)
  private mutating func seek(_ instant: Int64) {
    let stretch = zone.stretch(at: Temporal.floorDivision(instant, Temporal.second))
    offset = zone.offsets[stretch.index] &* Temporal.second
    from = Self.microseconds(stretch.index == 0 ? .min : zone.starts[stretch.index] &+ stretch.shift)
    until = Self.microseconds(zone.nextStart(after: stretch))
    if stretch.shift > 0, let cycleStart = zone.cycleStart {
      from = max(from, Self.microseconds(cycleStart &+ stretch.shift))
    }
  }

  /// Seconds in µs, held far enough from the ends that two days can be added.
  private static func microseconds(_ seconds: Int64) -> Int64 {
    min(max(seconds, -9_000_000_000_000), 9_000_000_000_000) &* Temporal.second
  }
}
