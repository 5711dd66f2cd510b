import Columns

/// Values of one type turned into another.
///
/// *n* rows in, *n* rows out; null, invalid and failed rows stay so. What does not fit fails with `.cast`. Numbers that
/// lose digits are rounded, halves away from zero, floats as their shortest decimal text (DuckDB rounds a float's half to
/// the even integer); no number is a date.
package enum Casting {
  /// - Parameter zone: the clock of texts, dates and timestamps that become instants, and of instants that become those.
  package static func cast(
    _ column: Column, to type: DataType, in store: ByteStore, zone: TimeZone = .utc
  ) -> Column {
    if column.type == type { return column }
    if column.type == .null { return Column.nulls(type, count: column.count).with(states: column.states) }
    switch type {
    case .string: return text(column, in: store)
    case .binary where column.type == .string: return column.with(type: .binary)
    default: break
    }
    switch column.type {
    case .string: return read(column, type, in: store, zone)
    case .bool: return truth(column, type)
    case .int8, .int16, .int32, .int64: return integer(column, type)
    case .float32, .float64: return float(column, type)
    case .decimal: return decimal(column, type)
    case .date, .time, .timestamp, .timestamptz:
      return type.isTemporal ? Temporal.cast(column, to: type, zone: zone) : unfit(column, type)
    case .binary, .null: return unfit(column, type)
    }
  }

  private static func unfit(_ column: Column, _ type: DataType) -> Column {
    .failing(type, .cast, count: column.count, states: column.states)
  }

  private static func read(
    _ texts: Column, _ type: DataType, in store: ByteStore, _ zone: TimeZone
  ) -> Column {
    switch type {
    case .bool: Reading.bools(texts, as: type, in: store)
    case .int8, .int16, .int32, .int64: Reading.integers(texts, as: type, in: store)
    case .float32, .float64: Reading.floats(texts, as: type, in: store)
    case .decimal: Reading.decimals(texts, as: type, in: store)
    case .string, .binary: texts.with(type: type)
    case .date, .time, .timestamp, .timestamptz: Temporal.read(texts, as: type, formats: [], in: store, zone: zone)
    case .null: unfit(texts, type)
    }
  }

  private static func text(_ column: Column, in store: ByteStore) -> Column {
    if column.type == .binary { return decoded(column, in: store) }
    if column.type.isTemporal { return Temporal.text(of: column, in: store) }
    let spans = Formatting.texts(column, in: store)
    var states = column.states
    // No value has an empty canonical text: an empty span is one that the store had no room for.
    var full = Bitmap(repeating: false, count: column.count)
    for row in 0..<column.count where spans[row].length == 0 { full[row] = true }
    states.fail(.tooLong, on: full, count: column.count)
    return Column(.string, .texts(spans), count: column.count, states: states)
  }

  /// Bytes are a text where they are valid UTF-8.
  private static func decoded(_ column: Column, in store: ByteStore) -> Column {
    var states = column.states
    var spans = column.texts
    var wrong = Bitmap(repeating: false, count: column.count)
    for row in spans.indices where !isUTF8(store.bytes(spans[row])) {
      spans[row] = .empty
      if column.isConstant { wrong = Bitmap(repeating: true, count: column.count) } else { wrong[row] = true }
    }
    states.fail(.cast, on: wrong, count: column.count)
    return Column(.string, .texts(spans), count: column.count, isConstant: column.isConstant, states: states)
  }

  private static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue: continue
      case .emptyInput: return true
      case .error: return false
      }
    }
  }

  private static func truth(_ column: Column, _ type: DataType) -> Column {
    let bits = column.bits
    var integers = ContiguousArray<Int64>(repeating: 0, count: column.count)
    for row in 0..<column.count where bits[row] { integers[row] = 1 }
    return integer(Column(.int8, .integers(integers), count: column.count, states: column.states), type)
  }

  private static func nonzero<V: BitwiseCopyable>(
    _ column: Column, _ type: DataType, _ operand: Operand<V>, _ isTrue: (V) -> Bool
  ) -> Column {
    var bits = decided(operand, Operand<UInt8>(constant: 0), count: column.count) { value, _ in isTrue(value) }
    if let validity = column.validity { bits.formIntersection(validity) }
    return Column(type, .bits(bits), count: column.count, isConstant: column.isConstant, states: column.states)
  }

  private static func integer(_ column: Column, _ type: DataType) -> Column {
    let operand = column.integerOperand
    switch type {
    case .bool: return nonzero(column, type, operand) { $0 != 0 }
    case .int8, .int16, .int32, .int64:
      let range = type.integerRange ?? .min ... .max
      return mapped(type, operand, of: column, zero: 0, into: Values.integers) {
        Checked($0, $0 < range.lowerBound || $0 > range.upperBound, .cast)
      }
    case .float32:
      return mapped(type, operand, of: column, zero: 0, into: Values.floats) { Checked(Double(Float($0))) }
    case .float64:
      return mapped(type, operand, of: column, zero: 0, into: Values.floats) { Checked(Double($0)) }
    case .decimal:
      let fit = DecimalFit(type)
      return mapped(type, operand, of: column, zero: 0, into: Values.decimals) {
        checked(fit.rescaled(Int128($0), from: 0), 0)
      }
    default: return unfit(column, type)
    }
  }

  private static func float(_ column: Column, _ type: DataType) -> Column {
    let operand = column.floatOperand
    let isSingle = column.type == .float32
    switch type {
    case .bool: return nonzero(column, type, operand) { $0 != 0 }
    case .int8, .int16, .int32, .int64:
      let range = type.integerRange ?? .min ... .max
      return mapped(type, operand, of: column, zero: 0, into: Values.integers) {
        guard let value = Int64(exactly: $0.rounded()) else { return Checked(0, true, .cast) }
        return Checked(value, value < range.lowerBound || value > range.upperBound, .cast)
      }
    case .float32:
      return mapped(type, operand, of: column, zero: 0, into: Values.floats) {
        let value = Float($0)
        return Checked(Double(value), value.isInfinite && $0.isFinite, .cast)
      }
    case .float64: return column.with(type: type)
    case .decimal:
      let fit = DecimalFit(type)
      return mapped(type, operand, of: column, zero: 0, into: Values.decimals) {
        guard let value = DecimalMeaning.scaled($0, scale: fit.scale, isSingle: isSingle), fit.holds(value) else {
          return Checked(0, true, .cast)
        }
        return Checked(value)
      }
    default: return unfit(column, type)
    }
  }

  private static func decimal(_ column: Column, _ type: DataType) -> Column {
    let operand = column.decimalOperand
    let scale = column.scale
    switch type {
    case .bool: return nonzero(column, type, operand) { $0 != 0 }
    case .int8, .int16, .int32, .int64:
      let range = type.integerRange ?? .min ... .max
      return mapped(type, operand, of: column, zero: 0, into: Values.integers) {
        guard let value = Int64(exactly: DecimalFit.halfAway($0, by: scale)) else { return Checked(0, true, .cast) }
        return Checked(value, value < range.lowerBound || value > range.upperBound, .cast)
      }
    case .float32, .float64:
      let isSingle = type == .float32
      return mapped(type, operand, of: column, zero: 0, into: Values.floats) {
        Checked(nearest($0, scale: scale, isSingle: isSingle))
      }
    case .decimal:
      let fit = DecimalFit(type)
      return mapped(type, operand, of: column, zero: 0, into: Values.decimals) {
        checked(fit.rescaled($0, from: scale), 0)
      }
    default: return unfit(column, type)
    }
  }

  /// The float nearest to a decimal: one division of exact doubles, or the standard library's reading of its text.
  @inline(__always)
  private static func nearest(_ value: Int128, scale: Int, isSingle: Bool) -> Double {
    if !isSingle, value.magnitude <= 1 << 53, scale <= 22 {
      return Double(Int64(truncatingIfNeeded: value)) / PowersOfTen.floats[max(scale, 0)]
    }
    return read(value, scale, isSingle)
  }

  @inline(never)
  private static func read(_ value: Int128, _ scale: Int, _ isSingle: Bool) -> Double {
    let text = "\(value)e\(-scale)"
    return isSingle ? Float(text).map { Double($0) } ?? 0 : Double(text) ?? 0
  }

  @inline(__always)
  private static func checked<V>(_ value: V?, _ zero: V) -> Checked<V> { Checked(value ?? zero, value == nil, .cast) }
}
