import Columns

/// Texts read as values of a type: what a declared column and `cast` do with them.
///
/// *n* texts in, *n* rows of the type out. Spaces around a value (ASCII space, tab, line breaks) do not count; an empty or
/// blank text is null; a text that does not fit wholly fails with `.cast`. O(bytes); a plain number of up to eight
/// characters is read in one register.
package enum Reading {
  /// `[+-]?digits` within the type's range.
  package static func integers(_ texts: Column, as type: DataType, in store: ByteStore) -> Column {
    let range = type.integerRange ?? .min ... .max
    let (lower, upper) = (range.lowerBound, range.upperBound)
    return read(texts, type, store, zero: 0 as Int64, into: Values.integers) { start, length in
      if let value = Digits.integer(start, length) { return value >= lower && value <= upper ? value : nil }
      guard let value = NumberText(start, length)?.integer, value >= lower, value <= upper else { return nil }
      return value
    }
  }

  /// `[+-]?digits[.digits]`, `.5`, `5.` and exponents, exactly; digits past the scale do not fit unless they are zeros.
  package static func decimals(_ texts: Column, as type: DataType, in store: ByteStore) -> Column {
    let fit = DecimalFit(type)
    // Eight digits and ten zeros fit into a word.
    let powers = ContiguousArray(PowersOfTen.all.prefix(11).map { Int64($0) })
    let limit = Int64(truncatingIfNeeded: min(fit.limit, UInt128(Int64.max)))
    return powers.withUnsafeBufferPointer { powers in
      read(texts, type, store, zero: 0 as Int128, into: Values.decimals) { start, length in
        if let (digits, fraction) = Digits.decimal(start, length), fraction <= fit.scale, fit.scale - fraction <= 10 {
          let value = digits &* powers[fit.scale &- fraction]
          return value < limit && value > 0 &- limit ? Int128(value) : nil
        }
        return NumberText(start, length)?.decimal(fit)
      }
    }
  }

  /// The nearest float of a decimal or scientific text; `inf`, `infinity`, `nan` in any case, with a sign. A finite text
  /// too large for the type does not fit.
  package static func floats(_ texts: Column, as type: DataType, in store: ByteStore) -> Column {
    let isSingle = type == .float32
    let powers = PowersOfTen.floats
    return powers.withUnsafeBufferPointer { powers in
      read(texts, type, store, zero: 0 as Double, into: Values.floats) { start, length in
        if let (digits, fraction) = Digits.decimal(start, length), !isSingle,
          digits != 0 || start.load(as: UInt8.self) != UInt8(ascii: "-")
        {
          return Double(digits) / powers[fraction]
        }
        return FloatText.float(start, length, isSingle: isSingle)
      }
    }
  }

  /// `true`, `t`, `yes`, `y`, `1` and `false`, `f`, `no`, `n`, `0`, in any case.
  package static func bools(_ texts: Column, as type: DataType, in store: ByteStore) -> Column {
    let read = read(texts, .int8, store, zero: 0 as Int64, into: Values.integers) { start, length in
      Digits.bool(start, length).map { $0 ? 1 : 0 }
    }
    let bits = decided(read.integerOperand, Operand<UInt8>(constant: 0), count: texts.count) { value, _ in value != 0 }
    return Column(type, .bits(bits), count: texts.count, isConstant: read.isConstant, states: read.states)
  }

  /// Calls `body` with each text that is not blank, without the spaces around it; nil from it is a failure.
  @inline(__always)
  static func read<R: BitwiseCopyable>(
    _ texts: Column, _ type: DataType, _ store: ByteStore, zero: R, into wrap: (ContiguousArray<R>) -> Values,
    _ body: (UnsafeRawPointer, Int) -> R?
  ) -> Column {
    let operand = texts.textOperand
    let lanes = operand.isConstant ? 1 : texts.count
    let base = UnsafeRawPointer(store.base)
    var blanks = ContiguousArray<UInt64>(repeating: 0, count: (lanes + 63) >> 6)
    var faults = blanks
    var anyBlank: UInt64 = 0
    var anyFault: UInt64 = 0
    let values = ContiguousArray<R>(unsafeUninitializedCapacity: lanes) { buffer, filled in
      operand.values.withUnsafeBufferPointer { spans in
        for index in blanks.indices {
          var blank: UInt64 = 0
          var fault: UInt64 = 0
          let first = index << 6
          for row in first..<min(first + 64, lanes) {
            let span = spans[row]
            var start = base + Int(span.offset)
            var length = Int(span.length)
            var value = length == 0 ? nil : body(start, length)
            if value == nil {
              trim(&start, &length)
              if length == 0 {
                blank |= 1 &<< UInt64(row & 63)
              } else {
                if length != Int(span.length) { value = body(start, length) }
                if value == nil { fault |= 1 &<< UInt64(row & 63) }
              }
            }
            buffer.initializeElement(at: row, to: value ?? zero)
          }
          blanks[index] = blank
          faults[index] = fault
          anyBlank |= blank
          anyFault |= fault
        }
      }
      filled = lanes
    }
    var states = texts.states
    if anyBlank != 0 { states.void(spread(blanks, operand.isConstant, texts.count)) }
    if anyFault != 0 { states.fail(.cast, on: spread(faults, operand.isConstant, texts.count), count: texts.count) }
    return Column(type, wrap(values), count: texts.count, isConstant: operand.isConstant, states: states)
  }

  private static func spread(_ words: ContiguousArray<UInt64>, _ isConstant: Bool, _ count: Int) -> Bitmap {
    isConstant ? Bitmap(repeating: words.first == 1, count: count) : Bitmap(words: words, count: count)
  }

  @inline(never)
  private static func trim(_ start: inout UnsafeRawPointer, _ length: inout Int) {
    while length > 0, isSpace(start.load(as: UInt8.self)) {
      start += 1
      length -= 1
    }
    while length > 0, isSpace((start + length - 1).load(as: UInt8.self)) { length -= 1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }
}

extension States {
  /// Marks those of `rows` as failed that are present.
  mutating func fail(_ kind: FailureKind, on rows: Bitmap, count: Int) {
    let rows = validity.map { rows.intersection($0) } ?? rows
    guard !rows.isEmpty else { return }
    var failures = Failures(count: count)
    rows.forEachSet { failures.insert($0, kind) }
    fail(failures)
  }
}
