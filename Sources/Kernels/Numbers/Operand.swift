import Columns

/// The values of one column, read by row whether there is one a row or one for all.
struct Operand<Value: BitwiseCopyable> {
  let values: ContiguousArray<Value>
  let isConstant: Bool

  /// A column of another layout has no such values; a constant `zero` stands for them, which only the null literal needs.
  init(_ values: ContiguousArray<Value>, of column: Column, zero: Value) {
    let isComplete = values.count >= (column.isConstant ? 1 : column.count)
    self.values = isComplete ? values : [zero]
    isConstant = isComplete ? column.isConstant : true
  }

  init(constant value: Value) {
    values = [value]
    isConstant = true
  }

  var mask: Int { isConstant ? 0 : -1 }
}

extension Column {
  var integerOperand: Operand<Int64> { Operand(integers, of: self, zero: 0) }
  var floatOperand: Operand<Double> { Operand(floats, of: self, zero: 0) }
  var decimalOperand: Operand<Int128> { Operand(decimals, of: self, zero: 0) }
  var textOperand: Operand<TextSpan> { Operand(texts, of: self, zero: .empty) }

  /// Digits after the point; 0 for anything but a decimal.
  var scale: Int { if case .decimal(_, let scale) = type { scale } else { 0 } }

  /// Whether the column can be read in `layout`; the null literal can be in any.
  func fits(_ layout: Layout) -> Bool { type.layout == layout || type == .null }
}

/// A value of a row, or why there is none.
struct Checked<Value> {
  let value: Value
  /// 0, or one more than the raw value of a ``FailureKind``.
  let fault: UInt8

  @inline(__always)
  init(_ value: Value) {
    self.value = value
    fault = 0
  }

  @inline(__always)
  init(_ value: Value, _ isFaulty: Bool, _ kind: FailureKind) {
    self.value = value
    fault = isFaulty ? kind.rawValue &+ 1 : 0
  }
}

/// Computes one value a row from two operands, strictly.
///
/// - Parameters:
///   - states: what the arguments' states come to; rows not present get `zero`.
///   - body: pure, total; also called with whatever stands under rows that are not present, whose faults do not count.
/// - Returns: `count` rows, constant where both operands are.
/// - Complexity: O(*n*); a second walk only where a value is faulty.
@inline(__always)
func combined<A: BitwiseCopyable, B: BitwiseCopyable, R: BitwiseCopyable>(
  _ type: DataType, _ a: Operand<A>, _ b: Operand<B>, count: Int, states: States, zero: R,
  into wrap: (ContiguousArray<R>) -> Values, _ body: (A, B) -> Checked<R>
) -> Column {
  let isConstant = a.isConstant && b.isConstant
  let lanes = isConstant ? 1 : count
  precondition((a.isConstant || a.values.count >= lanes) && (b.isConstant || b.values.count >= lanes))
  var faults: UInt8 = 0
  var states = states
  let maskA = a.mask
  let maskB = b.mask
  var values = ContiguousArray<R>(unsafeUninitializedCapacity: lanes) { buffer, filled in
    a.values.withUnsafeBufferPointer { a in
      b.values.withUnsafeBufferPointer { b in
        for row in 0..<lanes {
          let result = body(a[row & maskA], b[row & maskB])
          faults |= result.fault
          buffer.initializeElement(at: row, to: result.value)
        }
      }
    }
    filled = lanes
  }
  if faults != 0 {
    var failures = Failures(count: count)
    for row in 0..<count {
      let fault = body(a.values[row & maskA], b.values[row & maskB]).fault
      guard fault != 0, let kind = FailureKind(rawValue: fault &- 1) else { continue }
      if states.validity?[row] ?? true { failures.insert(row, kind) }
    }
    states.fail(failures)
  }
  if let validity = states.validity, !isConstant { clear(&values, where: validity, zero) }
  if isConstant, faults != 0 { values[0] = zero }
  return Column(type, wrap(values), count: count, isConstant: isConstant, states: states)
}

/// As ``combined(_:_:_:count:states:zero:into:_:)`` for one operand.
@inline(__always)
func mapped<A: BitwiseCopyable, R: BitwiseCopyable>(
  _ type: DataType, _ a: Operand<A>, of column: Column, zero: R, into wrap: (ContiguousArray<R>) -> Values,
  _ body: (A) -> Checked<R>
) -> Column {
  let unit = Operand<UInt8>(constant: 0)
  return combined(type, a, unit, count: column.count, states: column.states, zero: zero, into: wrap) { value, _ in
    body(value)
  }
}

/// Puts `zero` on every row that is not present.
@inline(__always)
func clear<R: BitwiseCopyable>(_ values: inout ContiguousArray<R>, where validity: Bitmap, _ zero: R) {
  values.withUnsafeMutableBufferPointer { values in
    for (index, word) in validity.words.enumerated() where word != .max {
      var absent = ~word
      while absent != 0 {
        let row = index << 6 + absent.trailingZeroBitCount
        if row < values.count { values[row] = zero }
        absent &= absent &- 1
      }
    }
  }
}

/// One bit a row from two operands; both constant: the same bit for all rows.
@inline(__always)
func decided<A: BitwiseCopyable, B: BitwiseCopyable>(
  _ a: Operand<A>, _ b: Operand<B>, count: Int, _ body: (A, B) -> Bool
) -> Bitmap {
  if a.isConstant && b.isConstant { return Bitmap(repeating: body(a.values[0], b.values[0]), count: count) }
  precondition((a.isConstant || a.values.count >= count) && (b.isConstant || b.values.count >= count))
  let maskA = a.mask
  let maskB = b.mask
  var words = ContiguousArray<UInt64>(repeating: 0, count: (count + 63) >> 6)
  words.withUnsafeMutableBufferPointer { words in
    a.values.withUnsafeBufferPointer { a in
      b.values.withUnsafeBufferPointer { b in
        for index in words.indices {
          let start = index << 6
          var word: UInt64 = 0
          for row in start..<min(start + 64, count) {
            word |= (body(a[row & maskA], b[row & maskB]) ? 1 : 0) &<< UInt64(row & 63)
          }
          words[index] = word
        }
      }
    }
  }
  return Bitmap(words: words, count: count)
}

extension Column {
  /// A column of which every row that would be present fails, for arguments that no bound plan puts together.
  static func failing(_ type: DataType, _ kind: FailureKind, count: Int, states: States) -> Column {
    var states = states
    var failures = Failures(count: count)
    for row in 0..<count where states.validity?[row] ?? true { failures.insert(row, kind) }
    states.fail(failures)
    return Column(type, .zeros(type.layout, count: count), count: count, isConstant: true, states: states)
  }

  /// `count` nulls of a type.
  static func nulls(_ type: DataType, count: Int) -> Column {
    Column(type, .zeros(type.layout, count: count), count: count, isConstant: true, states: .null(count: count))
  }
}

extension Values {
  /// The safe value of a layout, once for all rows.
  static func zeros(_ layout: Layout, count: Int) -> Values {
    switch layout {
    case .bits: .bits(Bitmap(repeating: false, count: count))
    case .integers: .integers([0])
    case .floats: .floats([0])
    case .decimals: .decimals([0])
    case .texts: .texts([.empty])
    }
  }
}
