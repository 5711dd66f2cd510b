import Columns

/// Figures over the values of one row in several columns.
///
/// *n* rows in, *n* rows out. Values that are null or invalid are passed over; a row without any value is null, and one
/// in which a value failed fails. All columns are of one type. O(*n* times columns), and the columns' square where said;
/// allocates the result and one value a cell.
package enum RowFigures {
  /// The exact sum: integers as `int64`, decimals with 38 digits; what does not fit fails with `.overflow`.
  package static func sum(_ columns: [Column], as type: DataType) -> Column {
    switch type.layout {
    case .integers:
      figures(columns, type, 0, \.integerOperand, Values.integers) { values in
        var (total, isOver) = (Int64(0), false)
        for value in values {
          let (sum, overflow) = total.addingReportingOverflow(value)
          (total, isOver) = (sum, isOver || overflow)
        }
        // What passed the limit may have come back: only the sum counts.
        if isOver, let sum = Int64(exactly: values.reduce(Int128(0)) { $0 &+ Int128($1) }) { return Checked(sum) }
        return Checked(total, isOver, .overflow)
      }
    case .decimals:
      figures(columns, type, 0, \.decimalOperand, Values.decimals) { values in
        var total: Int128 = 0
        for value in values {
          let (sum, overflow) = total.addingReportingOverflow(value)
          if overflow { return Checked(0, true, .overflow) }
          total = sum
        }
        return Checked(total, !DecimalFit(type).holds(total), .overflow)
      }
    default:
      figures(columns, type, 0, \.floatOperand, Values.floats) { Checked(sum(UnsafeBufferPointer($0))) }
    }
  }

  /// The arithmetic mean of doubles.
  package static func mean(_ columns: [Column]) -> Column {
    figures(columns, .float64, 0, \.floatOperand, Values.floats) { Checked(mean(UnsafeBufferPointer($0))) }
  }

  /// The variance of the sample, over one less than the number of values; null below two of them.
  package static func variance(_ columns: [Column]) -> Column {
    figures(columns, .float64, 0, \.floatOperand, Values.floats, least: 2) {
      Checked(variance(UnsafeBufferPointer($0)))
    }
  }

  package static func standardDeviation(_ columns: [Column]) -> Column {
    figures(columns, .float64, 0, \.floatOperand, Values.floats, least: 2) {
      Checked(variance(UnsafeBufferPointer($0)).squareRoot())
    }
  }

  /// The middle one of the sorted values, or the mean of the middle two. NaN sorts last.
  package static func median(_ columns: [Column]) -> Column {
    figures(columns, .float64, 0, \.floatOperand, Values.floats) { values in
      values.sort(by: Reductions.sortsBefore)
      let middle = values.count / 2
      if values.count & 1 == 1 { return Checked(values[middle]) }
      let (low, high) = (values[middle &- 1], values[middle])
      return Checked(low == high ? low : low / 2 + high / 2)
    }
  }

  /// The `k`-th largest value, from 1; null where there are fewer. A `k` below 1 fails with `.outOfRange`. NaN is the
  /// largest of floats.
  ///
  /// - Parameters:
  ///   - k: *n* integers.
  ///   - isDistinct: values that occur twice count once.
  package static func kthLargest(_ k: Column, _ columns: [Column], isDistinct: Bool) -> Column {
    guard let type = columns.first?.type else { return .nulls(.null, count: k.count) }
    let ranks = k.integerOperand
    switch type.layout {
    case .integers:
      return ranked(ranks, k, columns, type, 0, \.integerOperand, Values.integers, isDistinct, by: <)
    case .decimals:
      return ranked(ranks, k, columns, type, 0, \.decimalOperand, Values.decimals, isDistinct, by: <)
    case .floats:
      return ranked(
        ranks, k, columns, type, 0, \.floatOperand, Values.floats, isDistinct, by: Reductions.sortsBefore)
    case .bits, .texts: return Arithmetic.unfit(k, columns[0], type)
    }
  }

  @inline(__always)
  private static func ranked<V: BitwiseCopyable>(
    _ ranks: Operand<Int64>, _ k: Column, _ columns: [Column], _ type: DataType, _ zero: V,
    _ operand: (Column) -> Operand<V>, _ wrap: (ContiguousArray<V>) -> Values, _ isDistinct: Bool,
    by isLess: (V, V) -> Bool
  ) -> Column {
    let result = rows(columns, type, zero, operand, wrap) { row, values in
      let rank = ranks[row]
      if rank < 1 { return Checked(zero, true, .outOfRange) }
      values.sort(by: isLess)
      var left = rank
      for index in values.indices.reversed() {
        if isDistinct, index &+ 1 < values.count, !isLess(values[index], values[index &+ 1]) { continue }
        left &-= 1
        if left == 0 { return Checked(values[index]) }
      }
      return nil
    }
    var states = k.states
    states.formMaximum(result.states)
    return result.with(states: states)
  }

  // MARK: Values of any type

  /// How many of the values are present; never null.
  package static func count(_ columns: [Column], rows: Int) -> Column {
    var counts = ContiguousArray<Int64>(repeating: 0, count: rows)
    for column in columns { add(Truth.presence(column), to: &counts) }
    return Column(.int64, .integers(counts), count: rows, states: failures(of: columns))
  }

  /// How many different values are present; never null. The square of the columns' number.
  package static func countDistinct(_ columns: [Column], rows: Int, in store: ByteStore) -> Column {
    var counts = ContiguousArray<Int64>(repeating: 0, count: rows)
    for (index, column) in columns.enumerated() {
      var fresh = Truth.presence(column)
      for earlier in columns[..<index] { fresh.subtract(same(earlier, column, store)) }
      add(fresh, to: &counts)
    }
    return Column(.int64, .integers(counts), count: rows, states: failures(of: columns))
  }

  /// The most frequent value; the least of several that are equally frequent. The square of the columns' number.
  package static func mode(_ columns: [Column], in store: ByteStore) -> Column {
    guard var best = columns.first else { return .nulls(.null, count: 0) }
    let states = failures(of: columns)
    let size = best.count
    func frequencies(_ column: Column) -> Column {
      var counts = ContiguousArray<Int64>(repeating: 0, count: size)
      for other in columns { add(same(other, column, store), to: &counts) }
      return Column(.int64, .integers(counts), count: size)
    }
    var bestCount = frequencies(best)
    for next in columns.dropFirst() {
      let count = frequencies(next)
      var taken = Comparison.less(bestCount, count, store)
      taken.formUnion(Comparison.equal(bestCount, count, store).intersection(Comparison.less(next, best, store)))
      taken.formIntersection(Truth.presence(next))
      taken.formUnion(Truth.presence(next).subtracting(Truth.presence(best)))
      best = Blend(type: best.type, count: size, parts: [(best, taken.inverted), (next, taken)]).column()
      bestCount = Blend(type: .int64, count: size, parts: [(bestCount, taken.inverted), (count, taken)]).column()
    }
    return best.with(states: Truth.failing(best.states, states.failures, count: size))
  }

  /// The first value that is not missing: not null, and no empty or blank text.
  package static func any(_ columns: [Column], in store: ByteStore) -> Column {
    Conditional.coalesce(
      columns.map { column in
        guard column.type.isText else { return column }
        var states = column.states
        let blank = Truth.isTrue(Text.isBlank(column, in: store))
        if blank.isEmpty { return column }
        states.void(blank)
        return column.with(states: states)
      })
  }

  /// Where both values are present and equal.
  private static func same(_ a: Column, _ b: Column, _ store: ByteStore) -> Bitmap {
    Comparison.equal(a, b, store).intersection(Truth.presence(a)).intersection(Truth.presence(b))
  }

  private static func add(_ rows: Bitmap, to counts: inout ContiguousArray<Int64>) {
    counts.withUnsafeMutableBufferPointer { counts in rows.forEachSet { counts[$0] &+= 1 } }
  }

  private static func failures(of columns: [Column]) -> States {
    var states = States.present
    for column in columns { states.fail(column.failures) }
    return states
  }

  // MARK: Loops

  private static func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
    // The part that each addition rounds off is added at the end: A. Neumaier, 1974.
    var (total, rest) = (0.0, 0.0)
    for value in values {
      let sum = total + value
      rest += total.magnitude >= value.magnitude ? (total - sum) + value : (value - sum) + total
      total = sum
    }
    return rest.isFinite ? total + rest : total
  }

  private static func mean(_ values: UnsafeBufferPointer<Double>) -> Double {
    let count = Double(values.count)
    let total = sum(values)
    if total.isFinite || !values.allSatisfy(\.isFinite) { return total / count }
    return values.reduce(0) { $0 + $1 / count }
  }

  private static func variance(_ values: UnsafeBufferPointer<Double>) -> Double {
    let center = mean(values)
    var (squares, offset) = (0.0, 0.0)
    for value in values {
      squares += (value - center) * (value - center)
      offset += value - center
    }
    // The second term takes back what the rounded mean put in: Chan, Golub and LeVeque, 1983.
    return (squares - offset * offset / Double(values.count)) / Double(values.count &- 1)
  }

  @inline(__always)
  private static func figures<V: BitwiseCopyable>(
    _ columns: [Column], _ type: DataType, _ zero: V, _ operand: (Column) -> Operand<V>,
    _ wrap: (ContiguousArray<V>) -> Values, least: Int = 1,
    _ body: (inout UnsafeMutableBufferPointer<V>) -> Checked<V>
  ) -> Column {
    rows(columns, type, zero, operand, wrap) { _, values in values.count < least ? nil : body(&values) }
  }

  /// Calls `body` with the present values of each row that has any, which it may reorder; nil is null.
  @inline(__always)
  private static func rows<V: BitwiseCopyable>(
    _ columns: [Column], _ type: DataType, _ zero: V, _ operand: (Column) -> Operand<V>,
    _ wrap: (ContiguousArray<V>) -> Values, _ body: (Int, inout UnsafeMutableBufferPointer<V>) -> Checked<V>?
  ) -> Column {
    let count = columns.first?.count ?? 0
    let width = columns.count
    var cells = ContiguousArray<V>(repeating: zero, count: count * width)
    var filled = ContiguousArray<Int>(repeating: 0, count: count)
    for column in columns where column.type != .null {
      let values = operand(column)
      Truth.presence(column).forEachSet { row in
        cells[row &* width &+ filled[row]] = values[row]
        filled[row] &+= 1
      }
    }
    var states = failures(of: columns)
    var absent = Absences(count: count)
    var faults = TextFaults(count: count)
    let failed = states.failures?.rows
    var result = ContiguousArray<V>(repeating: zero, count: count)
    cells.withUnsafeMutableBufferPointer { cells in
      for row in 0..<count where !(failed?[row] ?? false) {
        var values = UnsafeMutableBufferPointer(rebasing: cells[row &* width..<row &* width &+ filled[row]])
        guard filled[row] > 0, let figure = body(row, &values) else {
          absent.insert(row)
          continue
        }
        if figure.fault != 0, let kind = FailureKind(rawValue: figure.fault &- 1) {
          faults.insert(row, kind)
        } else {
          result[row] = figure.value
        }
      }
    }
    states.fail(faults.failures)
    return absent.applied(to: Column(type, wrap(result), count: count, states: states))
  }
}
