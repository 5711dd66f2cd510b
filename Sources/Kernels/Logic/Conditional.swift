import Columns

/// Choosing among columns row by row. States of what is not chosen do not matter.
package enum Conditional {
  /// SQL's `case`: the result of the first condition that is true; a failed condition that is reached fails the row.
  ///
  /// - Parameter otherwise: for rows without a true condition; nil is null.
  package static func choose(
    _ cases: [(condition: Column, result: Column)], otherwise: Column?, as type: DataType
  ) -> Column {
    guard let count = cases.first?.condition.count ?? otherwise?.count else { return .nulls(type, count: 0) }
    var open = Bitmap(repeating: true, count: count)
    var failing: Failures?
    var parts: [(Column, Bitmap)] = []
    for (condition, result) in cases {
      if var failures = condition.failures {
        failures.formIntersection(open)
        failing?.formUnion(failures)
        failing = failing ?? failures
        open.subtract(failures.rows)
      }
      let taken = Truth.isTrue(condition).intersection(open)
      open.subtract(taken)
      parts.append((result, taken))
    }
    if let otherwise { parts.append((otherwise, open)) }
    return Blend(type: type, count: count, parts: parts).column(failing: failing)
  }

  /// The first present value of each row; a failure reached before one fails the row. Rows without any are null, and
  /// invalid where an argument is.
  package static func coalesce(_ columns: [Column]) -> Column {
    guard let first = columns.first else { return .nulls(.null, count: 0) }
    let type = columns.first { $0.type != .null }?.type ?? .null
    var open = Bitmap(repeating: true, count: first.count)
    var parts: [(Column, Bitmap)] = []
    for column in columns {
      var taken = Truth.presence(column)
      if let failures = column.failures { taken.formUnion(failures.rows) }
      taken.formIntersection(open)
      open.subtract(taken)
      parts.append((column, taken))
    }
    let result = Blend(type: type, count: first.count, parts: parts).column()
    var states = result.states
    states.invalid = Truth.invalid(columns, on: open, failures: states.failures)
    return result.with(states: states)
  }

  /// Null where `a = b`, else `a`; a failed comparison fails the row.
  package static func nullif(_ a: Column, _ b: Column, in store: ByteStore) -> Column {
    let equal = Comparison.compare(.equal, a, b, in: store)
    var states = Truth.failing(a.states, equal.failures, count: a.count)
    let voided = Truth.isTrue(equal)
    if !voided.isEmpty { states.void(voided) }
    if a.type.layout == .bits {
      let bits = states.validity.map { a.bits.intersection($0) } ?? a.bits
      return Column(a.type, .bits(bits), count: a.count, isConstant: a.isConstant, states: states)
    }
    let kept = Truth.presence(a).subtracting(voided)
    return Blend(type: a.type, count: a.count, parts: [(a, kept)]).column().with(states: states)
  }

  /// The constant at each row's index; the row of `otherwise` (nil: null) where the index is none of them.
  ///
  /// - Parameters:
  ///   - index: as ``ValueSet/index(_:in:)`` gives it.
  ///   - constants: columns of one type, of which the first row counts.
  ///   - states: of the column that was looked up: rows that failed there fail here, whatever is picked.
  package static func pick(
    _ index: ContiguousArray<Int32>, from constants: [Column], otherwise: Column?, states: States = .present
  ) -> Column {
    let count = index.count
    let known = constants.first { $0.type != .null } ?? otherwise
    guard let type = known?.type ?? constants.first?.type else { return .nulls(.null, count: count) }
    var words = ContiguousArray<UInt64>(repeating: 0, count: (count + 63) >> 6)
    for row in 0..<count where index[row] >= 0 && Int(index[row]) < constants.count {
      words[row >> 6] |= 1 << UInt64(row & 63)
    }
    let hits = Bitmap(words: words, count: count)
    let picked = table(index, hits, constants, type)
    var parts = [(picked, hits)]
    if let otherwise { parts.append((otherwise, hits.inverted)) }
    let result = Blend(type: type, count: count, parts: parts).column()
    return result.with(states: Truth.failing(result.states, states.failures, count: count))
  }

  /// One value a row from the constants; only the rows of `hits` mean something.
  private static func table(
    _ index: ContiguousArray<Int32>, _ hits: Bitmap, _ constants: [Column], _ type: DataType
  ) -> Column {
    let count = index.count
    let isPlain = constants.allSatisfy { $0.count > 0 && $0.isPresent(0) }
    var states = States.present
    if !isPlain { states = tableStates(index, hits, constants) }
    func values<V: BitwiseCopyable>(_ zero: V, _ first: (Column) -> V?) -> ContiguousArray<V> {
      let table = ContiguousArray(constants.map { first($0) ?? zero })
      var result = ContiguousArray(repeating: zero, count: count)
      for row in 0..<count where index[row] >= 0 && Int(index[row]) < table.count {
        result[row] = table[Int(index[row])]
      }
      return result
    }
    switch type.layout {
    case .bits:
      let wide = values(UInt8(0)) { $0.count > 0 && $0.bits[0] ? 1 : 0 }
      var bits = Bitmap(repeating: false, count: count)
      for row in 0..<count where wide[row] == 1 { bits[row] = true }
      return Column(type, .bits(bits), count: count, states: states)
    case .integers: return Column(type, .integers(values(0) { $0.integers.first }), count: count, states: states)
    case .floats: return Column(type, .floats(values(0) { $0.floats.first }), count: count, states: states)
    case .decimals: return Column(type, .decimals(values(0) { $0.decimals.first }), count: count, states: states)
    case .texts:
      let spans = values(TextSpan.empty) { $0.texts.first }
      return Column(type, .texts(spans), count: count, states: states)
    }
  }

  private static func tableStates(
    _ index: ContiguousArray<Int32>, _ hits: Bitmap, _ constants: [Column]
  ) -> States {
    var validity = Bitmap(repeating: true, count: index.count)
    var invalid = Bitmap(repeating: false, count: index.count)
    var failures = Failures(count: index.count)
    hits.forEachSet { row in
      let constant = constants[Int(index[row])]
      let state = constant.count > 0 ? constant.state(0) : .null
      if state != .present { validity[row] = false }
      if state == .invalid { invalid[row] = true }
      if state == .failed, let kind = constant.failures?.kind(0) { failures.insert(row, kind) }
    }
    return States(
      validity: validity, invalid: invalid.isEmpty ? nil : invalid, failures: failures.isEmpty ? nil : failures)
  }
}
