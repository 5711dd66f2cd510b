import Columns
import Kernels

/// Finds the kind of date or time, and its formats, that most cells of a column fit.
struct TemporalChoice {
  private let tally: FormTally

  init(_ tally: FormTally) { self.tally = tally }

  private static let types: [(type: DataType, iso: CellForm)] = [
    (.date, .date), (.timestamp, .timestamp), (.timestamptz, .timestamptz), (.time, .time),
  ]
  /// No column is written in more ways.
  private static let mostFormats = 4

  /// The best candidate; nil where no cell is a date or time.
  func candidate() -> Candidate? {
    var best: (candidate: Candidate, count: Int)?
    for (type, iso) in Self.types {
      guard let candidate = candidate(type, iso) else { continue }
      let count = count(where: candidate.fits)
      if count > best?.count ?? 0 { best = (candidate, count) }
    }
    return best?.candidate
  }

  private func count(where fits: (CellForm) -> Bool) -> Int {
    tally.groups.reduce(0) { $0 + (fits($1.form) ? $1.count : 0) }
  }

  private func candidate(_ type: DataType, _ iso: CellForm) -> Candidate? {
    let plain = Candidate(
      type: type, fits: { $0.contains(iso) }, isNull: { $0.contains(.blank) && !$0.contains(.tabbed) })
    var chosen: [FormatPlace] = []
    while chosen.count < Self.mostFormats, let next = next(type, after: chosen) { chosen.append(next) }
    let formats = chosen
    var other = plain
    other = Candidate(
      type: type, formats: formats,
      fits: { form in formats.contains { form.group == $0.group && form.fits($0.index) } },
      isNull: plain.isNull, isCertain: formats.allSatisfy { rivals(of: $0).isEmpty })
    let (own, others) = (count(where: plain.fits), count(where: other.fits))
    if own == 0, others == 0 { return nil }
    return own >= others ? plain : other
  }

  /// The format that takes the most cells that no chosen one does. One that reads days and months in another order than a
  /// chosen one of the same look is none: the two would make of one text two days.
  private func next(_ type: DataType, after chosen: [FormatPlace]) -> FormatPlace? {
    var gains: [FormatPlace: Int] = [:]
    for group in tally.groups {
      let places = group.form.formats
      if places.contains(where: { chosen.contains($0) }) { continue }
      for place in places where place.format.type == type { gains[place, default: 0] += group.count }
    }
    return gains.filter { gain in
      isDay(gain.key) && !chosen.contains { Self.conflict($0, gain.key) }
    }.max { a, b in a.value == b.value ? a.key > b.key : a.value < b.value }?.key
  }

  /// Eight digits are a day only where all of the column's numbers are, in this century or the last.
  private func isDay(_ place: FormatPlace) -> Bool {
    guard place.format.pattern == "%Y%m%d" else { return true }
    let integers = count { $0.contains(.number) }
    let days = count { $0.group == place.group && $0.fits(place.index) }
    guard let range = extent(place.group, place.index) else { return false }
    return integers == days && Self.twoCenturies.contains(range.lowerBound)
      && Self.twoCenturies.contains(range.upperBound)
  }

  /// Days from 1900-01-01 to 2099-12-31.
  private static let twoCenturies: ClosedRange<Int64> = -25_567...47_481

  private static func conflict(_ a: FormatPlace, _ b: FormatPlace) -> Bool {
    guard a.group == b.group, a != b else { return false }
    // Short and full names of a month say the same month.
    func core(_ place: FormatPlace) -> [Character] { place.format.pattern.map { $0 == "B" ? "b" : $0 } }
    return core(a) != core(b)
  }

  /// The formats of another order of day and month that every text which fits `place` fits as well.
  func rivals(of place: FormatPlace) -> [FormatPlace] {
    let fitting = tally.groups.filter { $0.form.group == place.group && $0.form.fits(place.index) }
    return TemporalForms.groups[place.group].formats.indices.map { FormatPlace(group: place.group, index: $0) }
      .filter { rival in
        Self.conflict(place, rival) && rival.format.type == place.format.type
          && fitting.allSatisfy { $0.form.fits(rival.index) }
      }
  }

  /// How many cells fit only another order of day and month than that of `place`.
  func contradicting(_ place: FormatPlace) -> (count: Int, pattern: String)? {
    for index in TemporalForms.groups[place.group].formats.indices {
      let rival = FormatPlace(group: place.group, index: index)
      guard Self.conflict(place, rival), rival.format.type == place.format.type else { continue }
      let count = count { $0.group == place.group && $0.fits(index) && !$0.fits(place.index) }
      if count > 0 { return (count, rival.format.pattern) }
    }
    return nil
  }

  func extent(_ group: Int, _ bit: Int) -> ClosedRange<Int64>? {
    tally.times.first { $0.group == group && $0.bit == bit }?.range
  }

  /// The first and the last value under a candidate.
  func extent(of candidate: Candidate) -> ClosedRange<Int64>? {
    let places = candidate.formats.map { (group: $0.group, bit: $0.index) }
    let bits: [DataType: Int] = [.date: 8, .timestamp: 9, .timestamptz: 10, .time: 11]
    let own = bits[candidate.type].map { [(group: -1, bit: $0)] } ?? []
    let ranges = (places.isEmpty ? own : places).compactMap { extent($0.group, $0.bit) }
    guard let least = ranges.map(\.lowerBound).min(), let greatest = ranges.map(\.upperBound).max() else { return nil }
    return least...greatest
  }
}
