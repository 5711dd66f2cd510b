extension Bitmap {
  /// The bits of the given rows, in their order.
  package func gather(_ rows: [Int]) -> Bitmap {
    var result = Bitmap(repeating: false, count: rows.count)
    for (index, row) in rows.enumerated() where self[row] { result[index] = true }
    return result
  }
}

extension Failures {
  package func gather(_ chosen: [Int]) -> Failures {
    var result = Failures(count: chosen.count)
    for (index, row) in chosen.enumerated() {
      if let kind = kind(row) { result.insert(index, kind) }
    }
    return result
  }
}

extension Column {
  /// The values of some rows, in their order, as a column of its own.
  ///
  /// - Complexity: O(rows).
  package func gather(_ rows: [Int]) -> Column {
    let states = States(
      validity: validity?.gather(rows), invalid: invalid?.gather(rows), failures: failures?.gather(rows))
    let values: Values =
      switch self.values {
      case .bits(let bits): .bits(bits.gather(rows))
      case .integers(let array): .integers(isConstant ? array : pick(array, rows))
      case .floats(let array): .floats(isConstant ? array : pick(array, rows))
      case .decimals(let array): .decimals(isConstant ? array : pick(array, rows))
      case .texts(let array): .texts(isConstant ? array : pick(array, rows))
      }
    return Column(type, values, count: rows.count, isConstant: isConstant, states: states)
  }

  private func pick<T>(_ array: ContiguousArray<T>, _ rows: [Int]) -> ContiguousArray<T> {
    ContiguousArray(rows.lazy.map { array[$0] })
  }
}
