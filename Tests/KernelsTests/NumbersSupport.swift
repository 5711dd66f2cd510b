import Columns

@testable import Kernels

/// Columns for the tests of numbers and logic, written as texts: `null`, `invalid` and `failed` are states.
enum Cell {
  static func states(_ cells: [String]) -> States {
    func rows(_ isOne: (String) -> Bool) -> Bitmap {
      var bits = Bitmap(repeating: false, count: cells.count)
      for (row, cell) in cells.enumerated() where isOne(cell) { bits[row] = true }
      return bits
    }
    let absent = rows { ["null", "invalid", "failed"].contains($0) }
    let invalid = rows { $0 == "invalid" }
    var failures = Failures(count: cells.count)
    for (row, cell) in cells.enumerated() where cell == "failed" { failures.insert(row, .patternLimit) }
    return States(
      validity: absent.isEmpty ? nil : absent.inverted, invalid: invalid.isEmpty ? nil : invalid,
      failures: failures.isEmpty ? nil : failures)
  }

  static func bools(_ cells: [String]) -> Column {
    var bits = Bitmap(repeating: false, count: cells.count)
    for (row, cell) in cells.enumerated() where cell == "true" { bits[row] = true }
    return Column(.bool, .bits(bits), count: cells.count, states: states(cells))
  }

  static func integers(_ cells: [String], _ type: DataType = .int64) -> Column {
    Column(
      type, .integers(ContiguousArray(cells.map { Int64($0) ?? 0 })), count: cells.count, states: states(cells))
  }

  static func floats(_ cells: [String], _ type: DataType = .float64) -> Column {
    Column(
      type, .floats(ContiguousArray(cells.map { Double($0) ?? 0 })), count: cells.count, states: states(cells))
  }

  static func decimals(_ cells: [String], scale: Int) -> Column {
    Column(
      .decimal(precision: 38, scale: scale), .decimals(ContiguousArray(cells.map { Int128($0) ?? 0 })),
      count: cells.count, states: states(cells))
  }

  static func texts(_ cells: [String], in store: ByteStore) -> Column {
    let states = states(cells)
    var spans: ContiguousArray<TextSpan> = []
    for (row, cell) in cells.enumerated() {
      spans.append(states.validity?[row] ?? true ? store.append(cell) ?? .empty : .empty)
    }
    return Column(.string, .texts(spans), count: cells.count, states: states)
  }

  /// The first value for all of `count` rows.
  static func constant(_ column: Column, count: Int) -> Column {
    let values: Values =
      switch column.values {
      case .bits(let bits): .bits(Bitmap(repeating: bits[0], count: count))
      case .integers(let array): .integers([array[0]])
      case .floats(let array): .floats([array[0]])
      case .decimals(let array): .decimals([array[0]])
      case .texts(let array): .texts([array[0]])
      }
    return Column(column.type, values, count: count, isConstant: true)
  }

  /// Each row as it is: an unscaled value, or its state; failures of a kernel's own by their kind.
  static func shown(_ column: Column, in store: ByteStore? = nil) -> [String] {
    (0..<column.count).map { row in
      switch column.state(row) {
      case .null: return "null"
      case .invalid: return "invalid"
      case .failed:
        guard let kind = column.failures?.kind(row) else { return "?" }
        return kind == .patternLimit ? "failed" : "\(kind)"
      case .present: break
      }
      let cell = column.isConstant ? 0 : row
      return switch column.values {
      case .bits(let bits): "\(bits[row])"
      case .integers(let array): "\(array[cell])"
      case .floats(let array): "\(array[cell])"
      case .decimals(let array): "\(array[cell])"
      case .texts(let array): store?.string(array[cell]) ?? "?"
      }
    }
  }

  /// The type that a table names.
  static func type(_ name: String) -> DataType {
    let plain: [DataType] = [.bool, .int8, .int16, .int32, .int64, .float32, .float64]
    if let type = plain.first(where: { $0.description == name }) { return type }
    let parts = name.split { !$0.isNumber }.compactMap { Int($0) }
    return parts.count == 2 ? .decimal(precision: parts[0], scale: parts[1]) : .null
  }
}
