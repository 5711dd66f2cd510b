import Columns

/// Three-valued logic on `bool` columns, 64 rows a step.
///
/// A side that decides (false of `and`, true of `or`) decides whatever the other is, a failure included. Else a failure
/// fails the row; else it is null, and invalid where a side is.
package enum Logic {
  package static func and(_ a: Column, _ b: Column) -> Column {
    let decided = Truth.isFalse(a).union(Truth.isFalse(b))
    let bits = Truth.isTrue(a).intersection(Truth.isTrue(b))
    return undecided(a, b, bits: bits, decided: decided.union(bits))
  }

  package static func or(_ a: Column, _ b: Column) -> Column {
    let bits = Truth.isTrue(a).union(Truth.isTrue(b))
    let no = Truth.isFalse(a).intersection(Truth.isFalse(b))
    return undecided(a, b, bits: bits, decided: bits.union(no))
  }

  private static func undecided(_ a: Column, _ b: Column, bits: Bitmap, decided: Bitmap) -> Column {
    let isConstant = a.isConstant && b.isConstant
    if a.validity == nil, b.validity == nil {
      return Column(.bool, .bits(bits), count: a.count, isConstant: isConstant)
    }
    var states = States(validity: decided.isFull ? nil : decided)
    if !decided.isFull {
      let open = decided.inverted
      var failures = a.failures
      if let other = b.failures {
        failures?.formUnion(other)
        failures = failures ?? other
      }
      failures?.formIntersection(open)
      if let failures, !failures.isEmpty { states.failures = failures }
      states.invalid = Truth.invalid([a, b], on: open, failures: states.failures)
    }
    return Column(.bool, .bits(bits), count: a.count, isConstant: isConstant, states: states)
  }

  package static func not(_ a: Column) -> Column {
    Column(.bool, .bits(Truth.isFalse(a)), count: a.count, isConstant: a.isConstant, states: a.states)
  }

  /// True for null and invalid; `negated` is `is not null`. A failed row stays failed.
  package static func isNull(_ a: Column, negated: Bool = false) -> Column {
    known(Truth.presence(a).inverted, a, negated)
  }

  /// True for values that were given up by `on_error: invalid`. A failed row stays failed.
  package static func isInvalid(_ a: Column, negated: Bool = false) -> Column {
    known(a.invalid ?? Bitmap(repeating: false, count: a.count), a, negated)
  }

  /// `is [not] true`: null and invalid are not true. A failed row stays failed.
  package static func isTrue(_ a: Column, negated: Bool) -> Column { known(Truth.isTrue(a), a, negated) }

  package static func isFalse(_ a: Column, negated: Bool) -> Column { known(Truth.isFalse(a), a, negated) }

  package static func isUnknown(_ a: Column, negated: Bool) -> Column { isNull(a, negated: negated) }

  private static func known(_ bits: Bitmap, _ a: Column, _ negated: Bool) -> Column {
    Truth.known(negated ? bits.inverted : bits, failures: a.failures, count: a.count)
  }
}

/// The states of columns as plain bitmaps.
enum Truth {
  static func presence(_ a: Column) -> Bitmap { a.validity ?? Bitmap(repeating: true, count: a.count) }

  static func isTrue(_ a: Column) -> Bitmap { a.validity.map { a.bits.intersection($0) } ?? a.bits }

  static func isFalse(_ a: Column) -> Bitmap { a.validity.map { $0.subtracting(a.bits) } ?? a.bits.inverted }

  /// Bits of which every row is present but the failed ones.
  static func known(_ bits: Bitmap, failures: Failures?, count: Int) -> Column {
    guard let failures, !failures.isEmpty else { return Column(.bool, .bits(bits), count: count) }
    let states = States(validity: failures.rows.inverted, failures: failures)
    return Column(.bool, .bits(bits.subtracting(failures.rows)), count: count, states: states)
  }

  /// `states` with `failures` over whatever the rows were.
  static func failing(_ states: States, _ failures: Failures?, count: Int) -> States {
    guard let failures, !failures.isEmpty else { return states }
    var result = states
    result.formMaximum(States(validity: failures.rows.inverted, failures: failures))
    return result
  }

  /// The invalid rows of `columns` among `rows` that have not failed; nil for none.
  static func invalid(_ columns: [Column], on rows: Bitmap, failures: Failures?) -> Bitmap? {
    var result: Bitmap?
    for column in columns {
      guard let invalid = column.invalid else { continue }
      result = result?.union(invalid) ?? invalid
    }
    result?.formIntersection(rows)
    if let failures { result?.subtract(failures.rows) }
    return result?.isEmpty ?? true ? nil : result
  }

  @inline(__always)
  static func words(_ a: Bitmap, _ b: Bitmap, _ body: (UInt64, UInt64) -> UInt64) -> Bitmap {
    precondition(a.count == b.count)
    var words = a.words
    for index in words.indices { words[index] = body(words[index], b.words[index]) }
    return Bitmap(words: words, count: a.count)
  }
}
