import Columns
import Kernels

/// What a format of `printf` or `format` says: texts and, between them, how a value is written.
struct FormatSyntax {
  /// `texts[0]`, value `values[0]`, `texts[1]`, …
  private(set) var texts: [[UInt8]] = [[]]
  private(set) var values: [(argument: Int, format: ValueFormat)] = []

  /// What is wrong with a format, and where, in bytes.
  struct Fault: Error {
    let message: String
    let offset: Int
  }

  private let bytes: [UInt8]
  private var at = 0
  /// Whether the fields have numbers; nil before the first.
  private var isNumbered: Bool?

  /// Reads C's notation: `%d`, `%5.2f`, `%-10s`, `%,d`, `%%`.
  static func printf(_ bytes: [UInt8]) throws(Fault) -> FormatSyntax {
    var syntax = FormatSyntax(bytes: bytes)
    while let byte = syntax.next() {
      if byte != UInt8(ascii: "%") {
        syntax.append(byte)
      } else if syntax.accept("%") {
        syntax.append(byte)
      } else {
        try syntax.readDirective()
      }
    }
    return syntax
  }

  /// Reads the notation of Python and of C++'s `format`: `{}`, `{:.2f}`, `{:>10}`, `{:,}`, `{1}`, `{{`.
  static func braces(_ bytes: [UInt8]) throws(Fault) -> FormatSyntax {
    var syntax = FormatSyntax(bytes: bytes)
    while let byte = syntax.next() {
      if byte == UInt8(ascii: "{"), !syntax.accept("{") {
        try syntax.readField()
      } else if byte == UInt8(ascii: "}"), !syntax.accept("}") {
        throw Fault(message: "a brace that stands for itself is doubled: }}", offset: syntax.at - 1)
      } else {
        syntax.append(byte)
      }
    }
    return syntax
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func next() -> UInt8? {
    guard at < bytes.count else { return nil }
    defer { at += 1 }
    return bytes[at]
  }

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: scalar) else { return false }
    at += 1
    return true
  }

  private mutating func append(_ byte: UInt8) { texts[texts.count - 1].append(byte) }

  private mutating func number(most: Int, _ what: String) throws(Fault) -> Int? {
    let start = at
    var value: Int?
    while let byte = current, case let digit = Int(byte) - 48, (0...9).contains(digit) {
      value = min((value ?? 0) * 10 + digit, most + 1)
      at += 1
    }
    if let value, value > most {
      throw Fault(message: "a \(what) is at most \(most)", offset: start)
    }
    return value
  }

  private mutating func add(_ argument: Int, _ format: ValueFormat) {
    values.append((argument, format))
    texts.append([])
  }

  // MARK: printf

  private mutating func readDirective() throws(Fault) {
    let start = at - 1
    var format = ValueFormat()
    var isFlag = true
    while isFlag, let flag = current {
      switch flag {
      case UInt8(ascii: "-"): format.alignment = .left
      case UInt8(ascii: "0"): format.hasZeros = true
      case UInt8(ascii: "+"): format.sign = .always
      case UInt8(ascii: " "): if format.sign != .always { format.sign = .space }
      case UInt8(ascii: ","): format.separator = flag
      default: isFlag = false
      }
      if isFlag { at += 1 }
    }
    format.width = try number(most: ValueFormat.largestWidth, "width") ?? 0
    if accept(".") {
      format.precision = try number(most: ValueFormat.largestPrecision, "precision") ?? 0
    }
    guard let letter = next(), let notation = Self.notation(letter, isUnsigned: true) else {
      let known = "%d, %f, %e, %g, %s, %x, %X and %o"
      throw Fault(
        message: "no such directive; there are \(known), and %% stands for a percent sign",
        offset: start)
    }
    format.notation = notation
    if notation == .text, format.alignment == nil { format.alignment = .right }
    try settle(&format, at: start)
    add(values.count, format)
  }

  private static func notation(_ letter: UInt8, isUnsigned: Bool) -> ValueFormat.Notation? {
    switch letter {
    case UInt8(ascii: "d"), UInt8(ascii: "i"): .whole(base: 10, isUpper: false, isUnsigned: false)
    case UInt8(ascii: "x"): .whole(base: 16, isUpper: false, isUnsigned: isUnsigned)
    case UInt8(ascii: "X"): .whole(base: 16, isUpper: true, isUnsigned: isUnsigned)
    case UInt8(ascii: "o"): .whole(base: 8, isUpper: false, isUnsigned: isUnsigned)
    case UInt8(ascii: "f"), UInt8(ascii: "F"): .fixed
    case UInt8(ascii: "e"): .scientific
    case UInt8(ascii: "g"): .general
    case UInt8(ascii: "s"): .text
    default: nil
    }
  }

  private func settle(_ format: inout ValueFormat, at start: Int) throws(Fault) {
    guard case .whole = format.notation, format.precision != nil else { return }
    throw Fault(message: "a whole number has no precision", offset: start)
  }

  // MARK: format

  private mutating func readField() throws(Fault) {
    let start = at - 1
    let number = try number(most: 99, "number of an argument")
    if let isNumbered, isNumbered != (number != nil) {
      throw Fault(message: "either all fields have numbers or none", offset: start)
    }
    isNumbered = number != nil
    var format = ValueFormat()
    if accept(":") { try readSpecification(&format, start) }
    guard accept("}") else {
      throw Fault(
        message: "the field is not closed; a brace that stands for itself is doubled: {{",
        offset: start)
    }
    add(number ?? values.count, format)
  }

  private static func alignment(_ byte: UInt8?) -> ValueFormat.Alignment? {
    switch byte {
    case UInt8(ascii: "<"): .left
    case UInt8(ascii: ">"): .right
    case UInt8(ascii: "^"): .center
    default: nil
    }
  }

  private mutating func readSpecification(_ format: inout ValueFormat, _ start: Int) throws(Fault) {
    if let fill = String(decoding: bytes[at...], as: UTF8.self).unicodeScalars.first,
      case let length = String(fill).utf8.count, at + length < bytes.count,
      let alignment = Self.alignment(bytes[at + length])
    {
      (format.fill, format.alignment) = (fill.value, alignment)
      at += length + 1
    } else if let alignment = Self.alignment(current) {
      format.alignment = alignment
      at += 1
    }
    if accept("+") {
      format.sign = .always
    } else if accept(" ") {
      format.sign = .space
    } else {
      _ = accept("-")
    }
    if accept("0") { format.hasZeros = true }
    format.width = try number(most: ValueFormat.largestWidth, "width") ?? 0
    if accept(",") {
      format.separator = UInt8(ascii: ",")
    } else if accept("_") {
      format.separator = UInt8(ascii: "_")
    }
    if accept(".") {
      guard let precision = try number(most: ValueFormat.largestPrecision, "precision") else {
        throw Fault(message: "a precision is a number", offset: at)
      }
      format.precision = precision
    }
    guard let letter = current, letter != UInt8(ascii: "}") else { return }
    if accept("b") {
      format.notation = .whole(base: 2, isUpper: false, isUnsigned: false)
    } else if let notation = Self.notation(letter, isUnsigned: false) {
      format.notation = notation
      at += 1
    } else {
      throw Fault(
        message: "no such type of field; there are d, f, e, g, s, x, X, o and b", offset: at)
    }
    try settle(&format, at: start)
  }
}
