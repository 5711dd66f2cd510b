import Columns
import Kernels

/// Parts of texts, and texts made longer.
extension Function {
  package static let ltrim = Function(
    "ltrim", .text, "The text without white space, or other characters, at its start.",
    .plain(.value("text", .string), gives: .fixed(.string)) { Text.ltrim($0[0], in: $0.store) },
    .plain(.value("text", .string), .value("characters", .string), gives: .fixed(.string)) {
      Text.ltrim($0[0], characters: $0[1], in: $0.store)
    },
    example: "ltrim('007', '0')", gives: "7")

  package static let rtrim = Function(
    "rtrim", .text, "The text without white space, or other characters, at its end.",
    .plain(.value("text", .string), gives: .fixed(.string)) { Text.rtrim($0[0], in: $0.store) },
    .plain(.value("text", .string), .value("characters", .string), gives: .fixed(.string)) {
      Text.rtrim($0[0], characters: $0[1], in: $0.store)
    },
    example: "rtrim('12.50', '0')", gives: "12.5")

  package static let left = Function(
    "left", .text, "The first characters; with a negative number all but so many of the last.",
    .plain(.value("text", .string), .value("count", .integer), gives: .fixed(.string)) {
      Text.left($0[0], $0[1], in: $0.store)
    },
    example: "left('CS-101', 2)", gives: "CS")

  package static let right = Function(
    "right", .text, "The last characters; with a negative number all but so many of the first.",
    .plain(.value("text", .string), .value("count", .integer), gives: .fixed(.string)) {
      Text.right($0[0], $0[1], in: $0.store)
    },
    example: "right('CS-101', 3)", gives: "101")

  private static func pad(_ name: String, _ side: String, atStart: Bool, example: String, gives: String) -> Function {
    Function(
      name, .text,
      "The text brought to a number of characters: cut at its end, or filled up at its \(side) with spaces or a text.",
      .plain(.value("text", .string), .value("length", .integer), gives: .fixed(.string)) { call in
        let space = Constant.text(" ").column(count: call.count, in: call.store)
        return Text.pad(call[0], length: call[1], fill: space, atStart: atStart, in: call.store)
      },
      .plain(.value("text", .string), .value("length", .integer), .value("fill", .string), gives: .fixed(.string)) {
        Text.pad($0[0], length: $0[1], fill: $0[2], atStart: atStart, in: $0.store)
      },
      errors: "there is nothing to fill up with, or the result is too long", example: example, gives: gives)
  }

  package static let lpad = pad("lpad", "start", atStart: true, example: "lpad('7', 3, '0')", gives: "007")
  package static let rpad = pad("rpad", "end", atStart: false, example: "rpad('ab', 4, '.')", gives: "ab..")

  package static let `repeat` = Function(
    "repeat", .text, "The text a number of times, one after the other.",
    .plain(.value("text", .string), .value("times", .integer), gives: .fixed(.string)) {
      Text.repeat($0[0], $0[1], in: $0.store)
    },
    errors: "the result is too long", example: "repeat('ab', 3)", gives: "ababab")

  package static let reverse = Function(
    "reverse", .text, "The characters in the opposite order; marks stay on their letters.",
    .plain(.value("text", .string), gives: .fixed(.string)) { Text.reverse($0[0], in: $0.store) },
    errors: "the result is too long", example: "reverse('Zoë')", gives: "ëoZ")

  package static let position = Function(
    "position", .text,
    "Where a part first stands in a text, counted from 1; 0 where it does not. Also written position(part in text).",
    .plain(.value("part", .string), .value("text", .string), gives: .fixed(.int64)) {
      Text.position(of: $0[0], in: $0[1], store: $0.store)
    },
    example: "position('-' in 'CS-101-A')", gives: "3")

  package static let lastPosition = Function(
    "last_position", .text,
    "Where a part last stands in a text, counted from 1; 0 where it does not. Also written last_position(part in text).",
    .plain(.value("part", .string), .value("text", .string), gives: .fixed(.int64)) {
      Text.lastPosition(of: $0[0], in: $0[1], store: $0.store)
    },
    example: "last_position('-' in 'CS-101-A')", gives: "7")

  package static let octetLength = Function(
    "octet_length", .text, "The number of bytes of the text as UTF-8.",
    .plain(.value("text", .string), gives: .fixed(.int64)) { Text.octetLength($0[0]) }, example: "octet_length('Zoë')",
    gives: "4")

  package static let unicode = Function(
    "unicode", .text, "The number of the first character (Unicode scalar).",
    .plain(.value("text", .string), gives: .fixed(.int64)) { Text.firstScalar($0[0], in: $0.store) },
    errors: "the text is empty", example: "unicode('é')", gives: "233")

  package static let chr = Function(
    "chr", .text, "The character (Unicode scalar) of a number.",
    .plain(.value("number", .integer), gives: .fixed(.string)) { Text.character($0[0], in: $0.store) },
    errors: "no character has the number", example: "chr(233)", gives: "é")

  static let textPieces = [
    chr, lastPosition, left, lpad, ltrim, octetLength, position, `repeat`, reverse, right, rpad, rtrim, unicode,
  ]
}
