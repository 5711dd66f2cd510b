import Columns
import Kernels

extension Function {
  package static let lower = Function(
    "lower", .text, "The text in lower case.",
    .plain(.value("text", .string), gives: .fixed(.string)) { Text.lower($0[0], in: $0.store) },
    example: "lower('Étude')", gives: "étude")

  package static let upper = Function(
    "upper", .text, "The text in upper case.",
    .plain(.value("text", .string), gives: .fixed(.string)) { Text.upper($0[0], in: $0.store) },
    example: "upper('Étude')", gives: "ÉTUDE")

  package static let trim = Function(
    "trim", .text, "The text without white space, or other characters, at both ends.",
    .plain(.value("text", .string), gives: .fixed(.string)) { Text.trim($0[0], in: $0.store) },
    .plain(.value("text", .string), .value("characters", .string), gives: .fixed(.string)) {
      Text.trim($0[0], characters: $0[1], in: $0.store)
    },
    example: "trim('  a b ')", gives: "a b")

  package static let length = Function(
    "length", .text, "The number of characters (Unicode scalars).",
    .plain(.value("text", .string), gives: .fixed(.int64)) { Text.length($0[0], in: $0.store) },
    example: "length('Zoë')", gives: "3")

  package static let substring = Function(
    "substring", .text, "The characters from a position on, counted from 1, negative from the end.",
    .plain(.value("text", .string), .value("from", .integer), gives: .fixed(.string)) {
      Text.substring($0[0], from: $0[1], length: nil, in: $0.store)
    },
    .plain(.value("text", .string), .value("from", .integer), .value("length", .integer), gives: .fixed(.string)) {
      Text.substring($0[0], from: $0[1], length: $0[2], in: $0.store)
    },
    example: "substring('CS-101', 4, 3)", gives: "101")

  package static let replace = Function(
    "replace", .text, "Every occurrence of a text replaced by another.",
    .plain(.value("text", .string), .value("old", .string), .value("new", .string), gives: .fixed(.string)) {
      Text.replace($0[0], $0[1], $0[2], in: $0.store)
    },
    errors: "the result is too long", example: "replace('a-b-c', '-', '+')", gives: "a+b+c")

  package static let concat = Function(
    "concat", .text, "The texts, one after the other; nulls are passed over.",
    .plain(.value("text", .string), variadic: true, gives: .fixed(.string)) {
      Text.concatIgnoringNulls($0.arguments, in: $0.store)
    },
    nulls: .custom("nulls count as empty"), errors: "the result is too long", example: "concat('a', null, 'b')",
    gives: "ab")

  package static let concatWithSeparator = Function(
    "concat_ws", .text, "The texts with a separator between them; nulls are passed over.",
    .plain(.value("separator", .string), .value("text", .string), variadic: true, gives: .fixed(.string)) {
      Text.concatWithSeparator($0[0], Array($0.arguments.dropFirst()), in: $0.store)
    },
    nulls: .custom("null when the separator is null; other nulls are passed over"), errors: "the result is too long",
    example: "concat_ws('-', 'a', null, 'b')", gives: "a-b")

  package static let startsWith = Function(
    "starts_with", .text, "Whether the text begins with another.",
    .plain(.value("text", .string), .value("start", .string), gives: .fixed(.bool)) {
      Text.startsWith($0[0], $0[1], in: $0.store)
    },
    example: "starts_with('CS-101', 'CS')", gives: "true")

  package static let endsWith = Function(
    "ends_with", .text, "Whether the text ends with another.",
    .plain(.value("text", .string), .value("end", .string), gives: .fixed(.bool)) {
      Text.endsWith($0[0], $0[1], in: $0.store)
    },
    example: "ends_with('CS-101', '101')", gives: "true")

  package static let contains = Function(
    "contains", .text, "Whether the text has another in it.",
    .plain(.value("text", .string), .value("part", .string), gives: .fixed(.bool)) {
      Text.contains($0[0], $0[1], in: $0.store)
    },
    example: "contains('CS-101', '-')", gives: "true")

  package static let splitPart = Function(
    "split_part", .text, "One part of a text cut at a separator, counted from 1, negative from the end.",
    .plain(.value("text", .string), .value("separator", .string), .value("part", .integer), gives: .fixed(.string)) {
      Text.splitPart($0[0], $0[1], $0[2], in: $0.store)
    },
    nulls: .custom("null when an argument is null; a part that is not there is empty"),
    example: "split_part('a/b/c', '/', 2)", gives: "b")

  package static let isBlank = Function(
    "is_blank", .text, "Whether the text is empty or only white space.",
    .plain(.value("text", .string), gives: .fixed(.bool)) { Text.isBlank($0[0], in: $0.store) },
    example: "is_blank('  ')", gives: "true")

  static let texts =
    [
      concat, concatWithSeparator, contains, endsWith, isBlank, length, lower, replace, splitPart, startsWith,
      substring,
      trim, upper,
    ] + textPieces + textShapes + formats
}
