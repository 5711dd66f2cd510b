import Columns

extension Operand {
  /// The value of a row, which must be below the column's count.
  @inline(__always)
  subscript(row: Int) -> Value { values[row & mask] }
}

extension Checked where Value == TextSpan {
  /// What a text comes to for which there is no room.
  static var tooLong: Checked { Checked(.empty, true, .tooLong) }

  static func fault(_ kind: FailureKind) -> Checked { Checked(.empty, true, kind) }
}

extension Text {
  /// The longest text, in bytes, that a function makes of a number it is given (`repeat`, `lpad`): what a record may have.
  static let longestMade = 16 << 20

  /// A text for each row on which all arguments are present, by a body that may write to the store.
  ///
  /// Pointers into the store are good until the writer next makes room.
  @inline(__always)
  static func written(
    _ arguments: [Column], in store: ByteStore, as type: DataType = .string,
    _ body: (Int, inout TextWriter) -> Checked<TextSpan>
  ) -> Column {
    let rows = TextRows(strict: arguments)
    var writer = TextWriter(store)
    var faults = TextFaults(count: rows.count)
    let values = rows.texts { row in
      let result = body(row, &writer)
      guard result.fault != 0, let kind = FailureKind(rawValue: result.fault &- 1) else { return result.value }
      faults.insert(row, kind)
      return .empty
    }
    writer.finish()
    return rows.column(type, values, faults)
  }

  /// A whole number for each row on which all arguments are present.
  @inline(__always)
  static func counted(_ arguments: [Column], _ body: (Int) -> Checked<Int64>) -> Column {
    let rows = TextRows(strict: arguments)
    var faults = TextFaults(count: rows.count)
    let values = rows.integers { row in
      let result = body(row)
      if result.fault != 0, let kind = FailureKind(rawValue: result.fault &- 1) { faults.insert(row, kind) }
      return result.value
    }
    return rows.column(.int64, values, faults)
  }
}

extension TextWriter {
  /// Appends one byte, for which room was reserved.
  @inline(__always)
  mutating func append(byte: UInt8) {
    base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    _ = take(1)
  }

  /// Appends a scalar as UTF-8, for which four bytes were reserved. A value above the scalars, which stands for a byte
  /// that is none, is that byte.
  @inline(__always)
  mutating func append(scalar value: UInt32) {
    if value < 0x80 {
      append(byte: UInt8(truncatingIfNeeded: value))
    } else {
      append(wideScalar: value)
    }
  }

  private mutating func append(wideScalar value: UInt32) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | value &>> shift & 0x3F) }
    switch value {
    case 0..<0x800: append(byte: UInt8(truncatingIfNeeded: 0xC0 | value &>> 6))
    case 0x800..<0x1_0000:
      append(byte: UInt8(truncatingIfNeeded: 0xE0 | value &>> 12))
      append(byte: tail(6))
    case 0x1_0000..<0x11_0000:
      append(byte: UInt8(truncatingIfNeeded: 0xF0 | value &>> 18))
      append(byte: tail(12))
      append(byte: tail(6))
    default:
      append(byte: UInt8(truncatingIfNeeded: value))
      return
    }
    append(byte: tail(0))
  }
}
