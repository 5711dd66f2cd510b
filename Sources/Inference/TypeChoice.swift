import Columns
import Kernels

/// The least share of a column's values that must conform to a type, in hundredths of a percent.
package struct Threshold: Hashable, Sendable {
  package let basisPoints: Int

  package init(basisPoints: Int) { self.basisPoints = min(max(basisPoints, 1), 10_000) }

  package static let standard = Threshold(basisPoints: 9500)

  func isMet(by conforming: Int, of values: Int) -> Bool {
    conforming > 0 && Int128(conforming) * 10_000 >= Int128(values) * Int128(basisPoints)
  }
}

/// A type that a column could be read as.
struct Candidate {
  let type: DataType
  var formats: [FormatPlace] = []
  /// The cells of these forms conform.
  let fits: (CellForm) -> Bool
  /// The cells of these forms mean null.
  var isNull: (CellForm) -> Bool = { $0.contains(.blank) }
  var isCertain = true
}

/// Chooses the type of a column from the forms of its cells.
///
/// Candidates are the narrowest number type that takes all of the column's numbers, the date or time whose own form or
/// formats take the most, and `bool`. The one that most values conform to is chosen if these are at least the
/// threshold's share of all; otherwise, and where numbers have zeros before them, the column is text.
package struct TypeChoice {
  let tally: FormTally
  let threshold: Threshold

  package init(_ tally: FormTally, threshold: Threshold) {
    self.tally = tally
    self.threshold = threshold
  }

  func count(where fits: (CellForm) -> Bool) -> Int {
    tally.groups.reduce(0) { $0 + (fits($1.form) ? $1.count : 0) }
  }

  /// Values under a candidate: all cells but those that mean null.
  func values(_ candidate: Candidate) -> Int { count { !candidate.isNull($0) } }

  /// The candidates that most values conform to come first; of equals the one that says more.
  func candidates() -> [Candidate] {
    let found = [TemporalChoice(tally).candidate(), bool(amongNumbers: false), number(), bool(amongNumbers: true)]
    return found.compactMap { $0 }.enumerated().sorted { a, b in
      let (first, second) = (count(where: a.element.fits), count(where: b.element.fits))
      return first == second ? a.offset < b.offset : first > second
    }.map(\.element)
  }

  // MARK: Numbers and words

  /// The narrowest type that, but for one in a hundred at most, all numbers of the column are of; nil where it has none, or
  /// where they are codes.
  ///
  /// A wider type for the sake of a few would write all others anew: identifiers with a point, amounts with a third place.
  private func number() -> Candidate? {
    let all = count { $0.contains(.number) }
    guard all > 0, codes == 0 else { return nil }
    let numbers = tally.numbers
    if isMost(count { $0.contains(.integer) }, of: all) { return Candidate(type: .int64) { $0.contains(.integer) } }
    if let scale = scale(of: numbers, all), count(where: { $0.contains(.plain) }) == all {
      let precision = max(numbers.whole, 1) + scale
      if precision <= 38 {
        return Candidate(type: .decimal(precision: precision, scale: scale)) { ($0.places ?? .max) <= scale }
      }
    }
    return Candidate(type: .float64) { $0.contains(.number) }
  }

  /// The digits after the point: those that most numbers are written with, if next to none has more; else the most there
  /// are, or nil where these are a float's.
  private func scale(of numbers: NumberExtent, _ all: Int) -> Int? {
    let fractions = numbers.fractions
    guard let usual = fractions.indices.max(by: { fractions[$0] < fractions[$1] }),
      let most = fractions.lastIndex(where: { $0 > 0 })
    else { return nil }
    let isFixed = Int128(fractions[usual]) * 100 >= Int128(all) * 85
    let scale = isFixed && isMost(fractions[...usual].reduce(0, +), of: all) ? usual : most
    return scale <= CellForm.mostPlaces ? scale : nil
  }

  private func isMost(_ part: Int, of whole: Int) -> Bool { Int128(part) * 100 >= Int128(whole) * 99 }

  /// Cells that are numbers, and say more than their value.
  var codes: Int { count { $0.contains(.number) && $0.contains(.code) } }

  private func bool(amongNumbers: Bool) -> Candidate? {
    let all = count { $0.contains(.bool) }
    guard all > 0 else { return nil }
    let areNumbers = count { $0.contains(.bool) && $0.contains(.integer) } == all
    return areNumbers == amongNumbers && hasBothTruths ? Candidate(type: .bool) { $0.contains(.bool) } : nil
  }

  /// A column of nothing but `N` may speak of the north.
  private var hasBothTruths: Bool {
    let words = tally.groups.filter { $0.form.contains(.bool) }.flatMap(\.samples.samples).map { sample in
      String(decoding: sample.bytes, as: UTF8.self).lowercased().filter { !$0.isWhitespace }
    }
    return words.contains { ["true", "t", "yes", "y", "1"].contains($0) }
      && words.contains { ["false", "f", "no", "n", "0"].contains($0) }
  }
}
