import Columns
import Kernels

/// Values written into a text.
extension Function {
  private static func formatting(
    _ name: String, _ summary: String, example: String, gives result: String,
    _ read: @escaping @Sendable ([UInt8]) throws(FormatSyntax.Fault) -> FormatSyntax
  ) -> Function {
    Function(
      name, .text, summary,
      .prepared(.constant("format", .string), gives: .fixed(.string)) {
        info throws(ArgumentFault) in
        try kernel(info, read)
      },
      .init(
        [.constant("format", .string), .value("value", .any)], variadic: true,
        gives: .fixed(.string)
      ) {
        info throws(ArgumentFault) in
        try kernel(info, read)
      },
      errors: "the result is too long, or a number has more than 38 digits", example: example,
      gives: result)
  }

  package static let printf = formatting(
    "printf",
    "Values written in C's notation: %d %f %e %g %s %x %o, with flags, width and precision.",
    example: "printf('%s: %05.1f, %,d', 'a', 2.25, 1234567)", gives: "a: 002.3, 1,234,567",
    FormatSyntax.printf)

  package static let format = formatting(
    "format", "Values written where braces stand, as in {}, {:.2f}, {:>10}, {:,} or {1}.",
    example: "format('{}: {:06.1f} {:,}', 'a', 2.25, 1234567)", gives: "a: 0002.3 1,234,567",
    FormatSyntax.braces)

  private static func kernel(
    _ info: Signature.Preparation, _ read: (([UInt8]) throws(FormatSyntax.Fault) -> FormatSyntax)
  ) throws(ArgumentFault) -> Kernel {
    let syntax: FormatSyntax
    do throws(FormatSyntax.Fault) {
      syntax = try read(info.text(0))
    } catch {
      throw ArgumentFault(argument: 0, error.message, offset: error.offset)
    }
    let given = info.types.count - 1
    for (argument, format) in syntax.values {
      guard argument < given else {
        throw ArgumentFault(
          argument: 0, "it asks for \(argument + 1) values, and there are \(given)")
      }
      let type = info.types[argument + 1]
      guard format.takes(type) else {
        throw ArgumentFault(
          argument: argument + 1, "the format asks for \(format.wanted), and this is \(type)")
      }
    }
    if let unused = (0..<given).first(where: { index in
      !syntax.values.contains { $0.argument == index }
    }) {
      throw ArgumentFault(argument: unused + 1, "the format does not use this value")
    }
    let values = try syntax.values.map { value throws(ArgumentFault) in
      (
        argument: value.argument,
        format: try settled(value.format, value.argument, info.types[value.argument + 1])
      )
    }
    return { call in
      var parts: [Column] = [constant(syntax.texts[0], call)]
      for (index, (argument, format)) in values.enumerated() {
        parts.append(Text.formatted(call[argument + 1], format, in: call.store))
        parts.append(constant(syntax.texts[index + 1], call))
      }
      return Text.concat(parts, in: call.store)
    }
  }

  /// Digits after the point of what is not said to be a number: of a float as many as matter, of a text its first.
  private static func settled(
    _ format: ValueFormat, _ argument: Int, _ type: DataType
  ) throws(ArgumentFault) -> ValueFormat {
    guard format.notation == .text, format.precision != nil, type.isNumeric else { return format }
    guard type.isFloat else {
      throw ArgumentFault(
        argument: argument + 1, "for digits after the point, the format must end in f")
    }
    var general = format
    general.notation = .general
    return general
  }

  private static func constant(_ text: [UInt8], _ call: borrowing Call) -> Column {
    Constant.text(text).column(count: call.count, in: call.store)
  }

  static let formats = [format, printf]
}

extension ValueFormat {
  /// The values it takes, in words.
  fileprivate var wanted: String {
    switch notation {
    case .text: "any value"
    case .whole: "a whole number"
    case .fixed, .scientific, .general: "a number"
    }
  }
}
