import Columns

/// Values that depend on the rows before or after them in the batch; what lies beyond the batch comes in as `edge`, a
/// constant column, null where nothing does.
package enum Neighbours {
  package enum Direction: Sendable { case previous, next }

  /// The values with each of the `missing` ones replaced by the nearest that is present before or after it.
  ///
  /// - Parameters:
  ///   - missing: the rows to fill. They give no value to others.
  ///   - rows: the rows that take part; the others neither get nor give a value.
  /// - Returns: *n* rows; a row for which there is nothing stays as it was.
  /// - Complexity: O(*n*).
  package static func filled(
    _ x: Column, missing: Bitmap, from direction: Direction, edge: Column, rows: Bitmap
  ) -> Column {
    let sources = sources(
      x, missing: missing, from: direction, hasEdge: edge.count > 0 && edge.isPresent(0), rows: rows)
    var validity = x.validity ?? Bitmap(repeating: true, count: x.count)
    for row in missing.intersection(rows).rows where sources[row] != Int32(row) { validity[row] = true }
    let states = States(
      validity: validity.isFull ? nil : validity, invalid: x.invalid?.subtracting(validity), failures: x.failures)
    return Column(x.type, picked(x, edge, sources), count: x.count, states: states)
  }

  /// For each of some rows, how many of them come before it.
  ///
  /// - Parameters:
  ///   - rows: *n* bits.
  ///   - base: how many come before the batch, a constant.
  /// - Returns: *n* integers; rows not chosen are null.
  package static func places(of rows: Bitmap, from base: Column) -> Column {
    var place = base.integers.first ?? 0
    var result = ContiguousArray<Int64>(repeating: 0, count: rows.count)
    rows.forEachSet { row in
      result[row] = place
      place &+= 1
    }
    return Column(.int64, .integers(result), count: rows.count, states: States(validity: rows))
  }

  /// For each row, the row whose value it takes; −1 for the edge's.
  private static func sources(
    _ x: Column, missing: Bitmap, from direction: Direction, hasEdge: Bool, rows: Bitmap
  ) -> ContiguousArray<Int32> {
    var result = ContiguousArray<Int32>(repeating: 0, count: x.count)
    var nearest: Int32? = hasEdge ? -1 : nil
    for step in 0..<x.count {
      let row = direction == .previous ? step : x.count - 1 - step
      result[row] = Int32(row)
      guard rows[row] else { continue }
      if missing[row] {
        if let nearest { result[row] = nearest }
      } else if x.isPresent(row) {
        nearest = Int32(row)
      }
    }
    return result
  }

  private static func picked(_ x: Column, _ edge: Column, _ sources: ContiguousArray<Int32>) -> Values {
    switch x.values {
    case .bits(let bits):
      var result = Bitmap(repeating: false, count: x.count)
      let edgeBit = edge.count > 0 && edge.bits[0]
      for (row, source) in sources.enumerated() { result[row] = source < 0 ? edgeBit : bits[Int(source)] }
      return .bits(result)
    case .integers(let values): return .integers(pick(values, x, edge.integers.first ?? 0, sources))
    case .floats(let values): return .floats(pick(values, x, edge.floats.first ?? 0, sources))
    case .decimals(let values): return .decimals(pick(values, x, edge.decimals.first ?? 0, sources))
    case .texts(let values): return .texts(pick(values, x, edge.texts.first ?? .empty, sources))
    }
  }

  private static func pick<T: BitwiseCopyable>(
    _ values: ContiguousArray<T>, _ x: Column, _ edge: T, _ sources: ContiguousArray<Int32>
  ) -> ContiguousArray<T> {
    let cells = Cells(values.span, isConstant: x.isConstant)
    var result = ContiguousArray(repeating: edge, count: sources.count)
    for (row, source) in sources.enumerated() where source >= 0 { result[row] = cells[Int(source)] }
    return result
  }

  /// Whether each value is related to the nearest present one before it as it should be; true where there is none.
  ///
  /// - Parameter rows: the rows that take part; the others are passed over.
  /// - Returns: *n* truth values, null where the row's own value is not present.
  package static func follows(
    _ op: Comparison.Operator, _ x: Column, edge: Column, rows: Bitmap, in store: ByteStore
  ) -> Column {
    let count = x.count
    var own: [Int] = []
    var before: [Int] = []
    var last: Int?
    var result = Bitmap(repeating: true, count: count)
    for row in (x.validity.map { rows.intersection($0) } ?? rows).rows {
      if let last {
        own.append(row)
        before.append(last)
      } else if edge.count > 0, edge.isPresent(0) {
        let verdict = Comparison.compare(op, x.gather([row]), edge.gather([0]), in: store)
        result[row] = verdict.bits[0]
      }
      last = row
    }
    let verdicts = Comparison.compare(op, x.gather(own), x.gather(before), in: store).bits
    for (index, row) in own.enumerated() where !verdicts[index] { result[row] = false }
    return Column(.bool, .bits(result), count: count, states: x.states)
  }
}
