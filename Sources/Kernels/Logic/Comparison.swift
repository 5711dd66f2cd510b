import Columns

/// Comparisons of whole columns of one layout, either constant.
///
/// Texts compare by bytes, NaN equals itself and sorts last, −0 equals 0, decimals compare exactly at any two scales.
/// *n* rows in, *n* `bool` rows out. O(*n*); allocates the result only.
package enum Comparison {
  package enum Operator: Sendable, CaseIterable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

    /// Whether two values of a total order are related so.
    package func holds<Value: Comparable>(_ a: Value, _ b: Value) -> Bool {
      switch self {
      case .equal: a == b
      case .notEqual: a != b
      case .less: a < b
      case .lessOrEqual: a <= b
      case .greater: a > b
      case .greaterOrEqual: a >= b
      }
    }
  }

  /// Strict: a row with a null is null.
  package static func compare(_ op: Operator, _ a: Column, _ b: Column, in store: ByteStore) -> Column {
    let states = States.strict([a, b])
    guard a.fits(b.type.layout) || b.type == .null else {
      return .failing(.bool, .badArgument, count: a.count, states: states)
    }
    // Every order here is total, so two loops a layout serve six operators.
    var bits =
      switch op {
      case .equal, .notEqual: equal(a, b, store)
      case .less, .greaterOrEqual: less(a, b, store)
      case .greater, .lessOrEqual: less(b, a, store)
      }
    if op == .notEqual || op == .greaterOrEqual || op == .lessOrEqual { bits = bits.inverted }
    if let validity = states.validity { bits.formIntersection(validity) }
    return Column(.bool, .bits(bits), count: a.count, isConstant: a.isConstant && b.isConstant, states: states)
  }

  /// `x between low and high`, ends included: `x >= low and x <= high`, as in SQL also where a bound is null.
  package static func between(_ x: Column, _ low: Column, _ high: Column, in store: ByteStore) -> Column {
    Logic.and(compare(.greaterOrEqual, x, low, in: store), compare(.lessOrEqual, x, high, in: store))
  }

  /// `a is distinct from b`: never null. Null and invalid are the same as each other; a failed row stays failed.
  package static func distinct(_ a: Column, _ b: Column, in store: ByteStore) -> Column {
    let different = compare(.notEqual, a, b, in: store)
    let left = Truth.presence(a)
    let right = Truth.presence(b)
    var bits = different.bits
    bits.formUnion(left.subtracting(right))
    bits.formUnion(right.subtracting(left))
    return Truth.known(bits, failures: different.failures, count: a.count)
  }

  /// The greatest present value of each row; null where there is none. A failed argument fails the row.
  package static func greatest(_ columns: [Column], in store: ByteStore) -> Column {
    extreme(columns) { less($0, $1, store) }
  }

  /// The least present value of each row; null where there is none. A failed argument fails the row.
  package static func least(_ columns: [Column], in store: ByteStore) -> Column {
    extreme(columns) { less($1, $0, store) }
  }

  private static func extreme(_ columns: [Column], _ isBetter: (Column, Column) -> Bitmap) -> Column {
    guard var best = columns.first else { return .nulls(.null, count: 0) }
    var failures = best.failures
    for next in columns.dropFirst() {
      if let fresh = next.failures {
        failures?.formUnion(fresh)
        failures = failures ?? fresh
      }
      if next.type == .null { continue }
      if best.type == .null { (best, failures) = (.nulls(next.type, count: next.count), failures) }
      let present = Truth.presence(next)
      var taken = isBetter(best, next).intersection(present)
      taken.formUnion(present.subtracting(Truth.presence(best)))
      // An invalid argument is kept only where no value is present.
      if let invalid = next.invalid { taken.formUnion(invalid.subtracting(Truth.presence(best))) }
      best = Blend(type: best.type, count: best.count, parts: [(best, taken.inverted), (next, taken)]).column()
    }
    return best.with(states: Truth.failing(best.states, failures, count: best.count))
  }

  static func equal(_ a: Column, _ b: Column, _ store: ByteStore) -> Bitmap {
    let count = a.count
    switch a.type == .null ? b.type.layout : a.type.layout {
    case .bits: return Truth.words(a.bits, b.bits) { ~($0 ^ $1) }
    case .integers: return decided(a.integerOperand, b.integerOperand, count: count) { $0 == $1 }
    case .floats:
      return decided(a.floatOperand, b.floatOperand, count: count) { $0 == $1 || ($0.isNaN && $1.isNaN) }
    case .decimals:
      if a.scale == b.scale { return decided(a.decimalOperand, b.decimalOperand, count: count) { $0 == $1 } }
      let (left, right) = powers(a.scale, b.scale)
      return decided(a.decimalOperand, b.decimalOperand, count: count) { x, y in
        order(x, y, left, right) == 0
      }
    case .texts:
      let base = UnsafeRawPointer(store.base)
      return decided(a.textOperand, b.textOperand, count: count) { TextOrder.areEqual($0, $1, base) }
    }
  }

  static func less(_ a: Column, _ b: Column, _ store: ByteStore) -> Bitmap {
    let count = a.count
    switch a.type == .null ? b.type.layout : a.type.layout {
    case .bits: return Truth.words(a.bits, b.bits) { ~$0 & $1 }
    case .integers: return decided(a.integerOperand, b.integerOperand, count: count) { $0 < $1 }
    case .floats:
      return decided(a.floatOperand, b.floatOperand, count: count) { $0 < $1 || ($1.isNaN && !$0.isNaN) }
    case .decimals:
      if a.scale == b.scale { return decided(a.decimalOperand, b.decimalOperand, count: count) { $0 < $1 } }
      let (left, right) = powers(a.scale, b.scale)
      return decided(a.decimalOperand, b.decimalOperand, count: count) { x, y in
        order(x, y, left, right) < 0
      }
    case .texts:
      let base = UnsafeRawPointer(store.base)
      return decided(a.textOperand, b.textOperand, count: count) { TextOrder.isLess($0, $1, base) }
    }
  }

  /// What brings decimals of two scales to the larger one; one of the two is 1.
  private static func powers(_ a: Int, _ b: Int) -> (Int128, Int128) {
    (PowersOfTen.signed(b - a), PowersOfTen.signed(a - b))
  }

  @inline(__always)
  private static func order(_ a: Int128, _ b: Int128, _ powerA: Int128, _ powerB: Int128) -> Int {
    let (left, isOverA) = PowersOfTen.product(a, powerA)
    let (right, isOverB) = PowersOfTen.product(b, powerB)
    // A product past 128 bits is past every decimal on the other side.
    if isOverA { return a < 0 ? -1 : 1 }
    if isOverB { return b < 0 ? 1 : -1 }
    return left < right ? -1 : left == right ? 0 : 1
  }
}
