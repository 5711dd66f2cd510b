import Columns

/// A column put together from rows of others.
struct Blend {
  let type: DataType
  let count: Int
  /// The rows that each column gives; no row twice. Rows that none gives are null.
  let parts: [(column: Column, rows: Bitmap)]

  /// - Parameter failing: failures on rows that no part gives.
  func column(failing: Failures? = nil) -> Column {
    let states = states(failing)
    // A column of another layout is the null literal: it gives states, and no values.
    let givers = parts.filter { $0.column.type.layout == type.layout }
    if type.layout == .bits {
      var bits = Bitmap(repeating: false, count: count)
      for (column, rows) in givers { bits.formUnion(Truth.isTrue(column).intersection(rows)) }
      return Column(type, .bits(bits), count: count, states: states)
    }
    let values: Values =
      switch type.layout {
      case .bits: .bits(Bitmap(repeating: false, count: count))
      case .integers: .integers(gathered(givers.map { ($0.column.integerOperand, $0.rows) }, 0))
      case .floats: .floats(gathered(givers.map { ($0.column.floatOperand, $0.rows) }, 0))
      case .decimals: .decimals(gathered(givers.map { ($0.column.decimalOperand, $0.rows) }, 0))
      case .texts: .texts(gathered(givers.map { ($0.column.textOperand, $0.rows) }, .empty))
      }
    return Column(type, values, count: count, states: states)
  }

  private func states(_ failing: Failures?) -> States {
    var validity = Bitmap(repeating: false, count: count)
    var invalid: Bitmap?
    var failures = failing
    for (column, rows) in parts {
      validity.formUnion(column.validity.map { $0.intersection(rows) } ?? rows)
      if let part = column.invalid?.intersection(rows), !part.isEmpty { invalid = invalid?.union(part) ?? part }
      if var part = column.failures {
        part.formIntersection(rows)
        if part.isEmpty { continue }
        failures?.formUnion(part)
        failures = failures ?? part
      }
    }
    if validity.isFull { return .present }
    return States(validity: validity, invalid: invalid, failures: failures)
  }

  @inline(__always)
  private func gathered<V: BitwiseCopyable>(_ parts: [(Operand<V>, Bitmap)], _ zero: V) -> ContiguousArray<V> {
    var values = ContiguousArray(repeating: zero, count: count)
    values.withUnsafeMutableBufferPointer { values in
      for (operand, rows) in parts {
        let mask = operand.mask
        operand.values.withUnsafeBufferPointer { source in
          for (index, word) in rows.words.enumerated() {
            var rest = word
            while rest != 0 {
              let row = index << 6 + rest.trailingZeroBitCount
              values[row] = source[row & mask]
              rest &= rest &- 1
            }
          }
        }
      }
    }
    return values
  }
}
