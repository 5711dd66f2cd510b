import Columns
import Diagnostics
import Kernels

extension ColumnFinding {
  private static let shownMisfits = 3

  /// What the forms of a column's cells say of it.
  package init(name: String, _ tally: FormTally, threshold: Threshold = .standard) {
    self.init(name: name)
    lengths = tally.lengths
    let choice = TypeChoice(tally, threshold: threshold)
    let candidates = choice.candidates()
    guard let best = candidates.first,
      threshold.isMet(by: choice.count(where: best.fits), of: choice.values(best))
    else {
      beText(tally, choice, nearest: candidates.first)
      return
    }
    if !best.isCertain, settleOrder(best, tally) {
      beText(tally, choice, nearest: nil)
      return
    }
    take(best, tally, choice)
  }

  private mutating func take(_ candidate: Candidate, _ tally: FormTally, _ choice: TypeChoice) {
    type = candidate.type
    // One pattern may read texts of several shapes.
    formats = candidate.formats.map(\.format.pattern).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    nulls = Self.words(tally)
    missing = tally.empties + choice.count(where: candidate.isNull)
    values = choice.values(candidate)
    conforming = choice.count(where: candidate.fits)
    misfits = Self.samples(tally) { !candidate.fits($0) && !candidate.isNull($0) }
    range = range(of: candidate, tally)
    if type == .bool { words = Self.samples(tally, limit: FormTally.sampleLimit, of: candidate.fits) }
    note(candidate, tally, choice)
  }

  private mutating func beText(_ tally: FormTally, _ choice: TypeChoice, nearest: Candidate?) {
    type = .string
    missing = tally.empties
    let nullWords = Self.words(tally)
    values = choice.count { _ in true } + nullWords.reduce(0) { $0 + $1.count }
    conforming = values
    if !tally.groups.contains(where: \.samples.isClosed) {
      let found = Self.samples(tally, limit: FormTally.sampleLimit) { _ in true }
      if found.count <= FormTally.sampleLimit { words = found.sorted { $0.count ?? 0 > $1.count ?? 0 } }
    }
    if values == 0 { notes.append("no value at all") }
    for (word, count) in nullWords {
      notes.append("\(Self.shown(word)) stands \(times(count)): add it to 'nulls' if it means that there is no value")
    }
    noteSpaces(choice)
    if choice.codes > 0 {
      let example = Self.samples(tally) { $0.contains(.code) }.first.map { ", such as \(Self.shown($0.text))" } ?? ""
      notes.append(
        "\(number(choice.codes, "value")) with a zero or a plus before digits\(example): text, lest these be lost")
    } else if let nearest, 2 * choice.count(where: nearest.fits) >= choice.values(nearest), choice.values(nearest) > 0 {
      let share = percentText(choice.count(where: nearest.fits), of: choice.values(nearest))
      notes.append("\(share) of the values could be read as \(nearest.type), too few")
    }
  }

  private mutating func note(_ candidate: Candidate, _ tally: FormTally, _ choice: TypeChoice) {
    noteSpaces(choice)
    let times = TemporalChoice(tally)
    for place in candidate.formats {
      if let other = times.contradicting(place) {
        notes.append(
          "\(number(other.count, "value")) fit only \(other.pattern); most others are \(place.format.pattern)")
      }
    }
    if candidate.type == .int64, let range = tally.numbers.integers, range == 0...1 || range == 0...0 || range == 1...1
    {
      notes.append("only 0 and 1: bool reads them too")
    }
  }

  private mutating func noteSpaces(_ choice: TypeChoice) {
    let padded = choice.count { $0.contains(.padded) }
    if padded > 0 { notes.append("spaces around \(number(padded, "value"))") }
    let blank = choice.count { $0.contains(.blank) }
    if blank > 0 { notes.append("nothing but spaces in \(number(blank, "cell"))") }
  }

  /// True where day and month cannot be told apart; says so.
  private mutating func settleOrder(_ candidate: Candidate, _ tally: FormTally) -> Bool {
    let times = TemporalChoice(tally)
    guard let place = candidate.formats.first(where: { !times.rivals(of: $0).isEmpty }) else { return false }
    let rivals = times.rivals(of: place)
    ambiguity = Ambiguity(
      type: candidate.type, formats: ([place] + rivals).sorted().map(\.format.pattern))
    return true
  }

  // MARK: Evidence

  private static func words(_ tally: FormTally) -> [(word: String, count: Int)] {
    zip(NullWords.all, tally.nullWords).filter { $0.1 > 0 }.map { (word: $0, count: $1) }
  }

  /// The first texts of some forms, by where they stand.
  private static func samples(
    _ tally: FormTally, limit: Int = shownMisfits, of fits: (CellForm) -> Bool
  ) -> [Misfit] {
    let groups = tally.groups.filter { fits($0.form) }
    let isClosed = groups.contains(where: \.samples.isClosed)
    let samples = groups.flatMap(\.samples.samples).sorted { $0.ordinal < $1.ordinal }
    let shown = isClosed || limit > shownMisfits ? samples : samples.sorted { $0.count > $1.count }
    return shown.prefix(limit > shownMisfits ? .max : limit).map {
      Misfit(text: String(decoding: $0.bytes, as: UTF8.self), count: isClosed ? nil : $0.count)
    }
  }

  private func range(of candidate: Candidate, _ tally: FormTally) -> (least: String, greatest: String)? {
    if candidate.type.isTemporal {
      guard let extent = TemporalChoice(tally).extent(of: candidate) else { return nil }
      return (
        Constant(candidate.type, .integer(extent.lowerBound)).canonicalText,
        Constant(candidate.type, .integer(extent.upperBound)).canonicalText
      )
    }
    if candidate.type == .int64 { return tally.numbers.integers.map { ("\($0.lowerBound)", "\($0.upperBound)") } }
    guard candidate.type.isNumeric, !tally.numbers.least.text.isEmpty else { return nil }
    return (
      String(decoding: tally.numbers.least.text, as: UTF8.self),
      String(decoding: tally.numbers.greatest.text, as: UTF8.self)
    )
  }

  private func number(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  private func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

  static func shown(_ text: String) -> String { "'\(printable(text))'" }
}
