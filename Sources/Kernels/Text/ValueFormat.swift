import CNumbers
import Columns

/// How one value is written by `format` and `printf`.
package struct ValueFormat: Hashable, Sendable {
  package enum Notation: Hashable, Sendable {
    /// The canonical text of any value.
    case text
    /// A whole number to a base of 2, 8, 10 or 16; where `isUnsigned`, a negative one as its 64 bits.
    case whole(base: Int, isUpper: Bool, isUnsigned: Bool)
    /// Digits after the point, `1.5e+03`, or the shorter of both.
    case fixed, scientific, general
  }

  package enum Alignment: Hashable, Sendable { case left, right, center }
  package enum Sign: Hashable, Sendable { case negative, always, space }

  package var notation = Notation.text
  package var alignment: Alignment?
  package var fill: UInt32 = 0x20
  package var sign = Sign.negative
  /// Zeros between sign and digits, up to the width.
  package var hasZeros = false
  /// The thousands separator.
  package var separator: UInt8?
  package var width = 0
  package var precision: Int?

  package init() {}

  package static let largestWidth = 1000
  package static let largestPrecision = 100

  /// Whether values of a type can be written so.
  package func takes(_ type: DataType) -> Bool {
    switch notation {
    case .text: true
    case .whole: type.isInteger || type == .null
    case .fixed, .scientific, .general: type.isNumeric || type == .null
    }
  }
}

extension Text {
  /// Each value written in a format.
  ///
  /// - Parameter x: *n* values of a type that the format takes.
  /// - Returns: *n* texts. A decimal whose digits do not fit 38 with the precision asked for fails with `.overflow`.
  package static func formatted(_ x: Column, _ format: ValueFormat, in store: ByteStore) -> Column {
    switch format.notation {
    case .text:
      return aligned(
        Casting.cast(x, to: .string, in: store), format, isNumber: x.type.isNumeric, store)
    case .whole(let base, let isUpper, let isUnsigned):
      return whole(x, format, UInt64(base), isUpper, isUnsigned, store)
    case .fixed:
      if x.type.isFloat { return floats(x, "f", format, store) }
      let scale = min(format.precision ?? 6, 38)
      let rescaled = Casting.cast(x, to: .decimal(precision: 38, scale: scale), in: store)
      return aligned(Casting.cast(rescaled, to: .string, in: store), format, isNumber: true, store)
    case .scientific: return floats(Casting.cast(x, to: .float64, in: store), "e", format, store)
    case .general: return floats(Casting.cast(x, to: .float64, in: store), "g", format, store)
    }
  }

  private static func floats(
    _ x: Column, _ conversion: Character, _ format: ValueFormat, _ store: ByteStore
  ) -> Column {
    let values = x.floatOperand
    // 309 digits before the point, the point, and as many after it as may be asked for.
    let room = 320 + ValueFormat.largestPrecision
    let precision = Int32(format.precision ?? 6)
    let letter = CChar(bitPattern: conversion.asciiValue ?? 0)
    return withUnsafeTemporaryAllocation(byteCount: room + 8, alignment: 8) { scratch in
      written([x], in: store) { row, writer in
        let value = values[row]
        guard let base = scratch.baseAddress else { return .tooLong }
        let length = number_digits(
          base.assumingMemoryBound(to: CChar.self), room, letter, precision, value)
        let digits = TextBytes(UnsafeRawPointer(base), length)
        let isNegative = value.sign == .minus && !value.isNaN
        return write(digits, isNegative: isNegative, isNumber: value.isFinite, format, &writer)
      }
    }
  }

  private static func whole(
    _ x: Column, _ format: ValueFormat, _ base: UInt64, _ isUpper: Bool, _ isUnsigned: Bool,
    _ store: ByteStore
  ) -> Column {
    let values = x.integerOperand
    return withUnsafeTemporaryAllocation(byteCount: 72, alignment: 8) { scratch in
      written([x], in: store) { row, writer in
        let value = values[row]
        guard let start = scratch.baseAddress else { return .tooLong }
        var rest = isUnsigned ? UInt64(bitPattern: value) : value.magnitude
        var place = 64
        repeat {
          let digit = UInt8(truncatingIfNeeded: rest % base)
          place &-= 1
          start.storeBytes(
            of: isUpper ? upperHexDigit(digit) : Hashing.hexDigit(digit), toByteOffset: place,
            as: UInt8.self)
          rest /= base
        } while rest > 0
        let digits = TextBytes(UnsafeRawPointer(start + place), 64 &- place)
        return write(digits, isNegative: value < 0 && !isUnsigned, isNumber: true, format, &writer)
      }
    }
  }

  /// Texts cut to the precision and brought to the width; those of numbers are taken apart into sign and digits.
  private static func aligned(
    _ x: Column, _ format: ValueFormat, isNumber: Bool, _ store: ByteStore
  ) -> Column {
    let texts = x.textOperand
    return written([x], in: store) { row, writer in
      var span = texts[row]
      if !isNumber {
        if let precision = format.precision {
          span = span.part(0, writer.bytes(span).end(ofFirst: precision))
        }
        if format.width == 0 { return Checked(span) }
      }
      // The text may move while the result is written: what is read is asked for by its place.
      let isNegative = isNumber && span.length > 0 && writer.bytes(span)[0] == UInt8(ascii: "-")
      if isNegative { span = span.part(1, Int(span.length)) }
      guard writer.reserve(reservation(Int(span.length), format)) else { return .tooLong }
      let isFinite = isNumber && span.length > 0 && writer.bytes(span)[0] &- UInt8(ascii: "0") < 10
      return write(
        writer.bytes(span), isNegative: isNegative, isNumber: isFinite, isText: !isNumber, format,
        &writer)
    }
  }

  /// The most bytes that a text of `length` bytes can come to.
  private static func reservation(_ length: Int, _ format: ValueFormat) -> Int {
    length &* 2 &+ format.width &* 4 &+ 8
  }

  /// Writes sign, zeros, digits with separators, and what fills them up to the width.
  ///
  /// - Parameters:
  ///   - digits: outside the store, or in it where room for the result was reserved.
  ///   - isNumber: false for words such as `inf`, which have no zeros before them.
  private static func write(
    _ digits: TextBytes, isNegative: Bool, isNumber: Bool, isText: Bool = false,
    _ format: ValueFormat,
    _ writer: inout TextWriter
  ) -> Checked<TextSpan> {
    guard writer.reserve(reservation(digits.count, format)) else { return .tooLong }
    var sign: UInt8 = isNegative ? UInt8(ascii: "-") : 0
    if !isNegative, !isText, format.sign != .negative {
      sign = UInt8(ascii: format.sign == .always ? "+" : " ")
    }
    var before = 0
    while before < digits.count, digits[before] &- UInt8(ascii: "0") < 10 { before &+= 1 }
    let separators = format.separator != nil && isNumber && before > 3 ? (before &- 1) / 3 : 0
    let length = (sign == 0 ? 0 : 1) &+ (isText ? digits.scalars : digits.count) &+ separators
    let missing = max(0, format.width &- length)
    let areZeros = format.hasZeros && isNumber && format.alignment == nil
    let alignment = areZeros ? .right : format.alignment ?? (isText ? .left : .right)
    let left = areZeros || alignment == .left ? 0 : alignment == .center ? missing / 2 : missing
    let start = writer.count
    for _ in 0..<left { writer.append(scalar: format.fill) }
    if sign != 0 { writer.append(byte: sign) }
    if areZeros { for _ in 0..<missing { writer.append(byte: UInt8(ascii: "0")) } }
    for offset in 0..<digits.count {
      if separators > 0, offset > 0, offset < before, (before &- offset) % 3 == 0,
        let separator = format.separator
      {
        writer.append(byte: separator)
      }
      writer.append(byte: digits[offset])
    }
    if !areZeros { for _ in 0..<(missing &- left) { writer.append(scalar: format.fill) } }
    return Checked(writer.span(from: start))
  }
}
