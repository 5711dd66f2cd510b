import Columns
import Kernels

extension Function {
  package static let regexpMatches = Function(
    "regexp_matches", .pattern, "Whether any part of the text matches a regular expression.",
    .prepared(.value("text", .string), .constant("pattern", .string), gives: .fixed(.bool)) {
      info throws(ArgumentFault) in
      let pattern = try compiled(info, 1)
      return { pattern.matches($0[0], in: $0.store, rows: $0.rows) }
    },
    errors: tooManySteps, example: "regexp_matches('CS-101', '[0-9]{3}')", gives: "true")

  package static let regexpExtract = Function(
    "regexp_extract", .pattern, "The first part of the text that matches, or one of its groups.",
    .prepared(.value("text", .string), .constant("pattern", .string), gives: .fixed(.string)) {
      info throws(ArgumentFault) in
      let pattern = try compiled(info, 1)
      return { pattern.extract($0[0], group: 0, in: $0.store) }
    },
    .prepared(
      .value("text", .string), .constant("pattern", .string), .constant("name", .string), gives: .fixed(.string)
    ) { info throws(ArgumentFault) in
      let pattern = try compiled(info, 1)
      guard let group = pattern.group(named: info.string(2)) else {
        throw ArgumentFault(
          argument: 2, "the pattern has no group of that name; a group is named as in (?<year>[0-9]{4})")
      }
      return { pattern.extract($0[0], group: group, in: $0.store) }
    },
    .prepared(
      .value("text", .string), .constant("pattern", .string), .constant("group", .integer), gives: .fixed(.string)
    ) { info throws(ArgumentFault) in
      let pattern = try compiled(info, 1)
      guard let group = info.constants[2]?.integer, (0...Int64(pattern.groupCount)).contains(group) else {
        let count = pattern.groupCount
        throw ArgumentFault(argument: 2, count == 1 ? "the pattern has 1 group" : "the pattern has \(count) groups")
      }
      return { pattern.extract($0[0], group: Int(group), in: $0.store) }
    },
    nulls: .custom("null when the text is null; empty when nothing matches"),
    errors: tooManySteps,
    example: "regexp_extract('CS-101', '([A-Z]+)-([0-9]+)', 2)", gives: "101")

  package static let regexpReplace = Function(
    "regexp_replace", .pattern, "Every part that matches replaced; \\1 in the new text is the first group.",
    .prepared(
      .value("text", .string), .constant("pattern", .string), .constant("new", .string), gives: .fixed(.string)
    ) { info throws(ArgumentFault) in
      let pattern = try compiled(info, 1)
      let template = info.text(2)
      if let fault = pattern.fault(inTemplate: template) {
        throw ArgumentFault(argument: 2, fault.message, offset: fault.offset)
      }
      if let offset = foreignGroup(template, of: pattern.groupCount) {
        throw ArgumentFault(argument: 2, "a group is put in by a backslash, such as \\1", offset: offset)
      }
      return { pattern.replace($0[0], with: template, all: true, in: $0.store) }
    },
    errors: "the pattern takes too many steps, or the result is too long",
    example: "regexp_replace('2024/09/01', '/', '-')", gives: "2024-09-01")

  /// Where a group is written `$1`, as other languages have it; a pattern without that group means the text.
  private static func foreignGroup(_ template: [UInt8], of groups: Int) -> Int? {
    template.indices.dropLast().first { at in
      let digit = Int(template[at + 1]) - Int(UInt8(ascii: "0"))
      return template[at] == UInt8(ascii: "$") && (1...9).contains(digit) && digit <= groups
    }
  }

  private static func compiled(
    _ info: Signature.Preparation, _ index: Int, wholeValue: Bool = false
  ) throws(ArgumentFault) -> Pattern {
    do {
      return try Pattern(info.text(index), ignoringCase: false, wholeValue: wholeValue)
    } catch {
      throw ArgumentFault(argument: index, error.message, offset: error.offset)
    }
  }

  private static let tooManySteps = "the pattern takes too many steps"

  package static let regexpFullMatch = Function(
    "regexp_full_match", .pattern, "Whether the whole text matches a regular expression.",
    .prepared(.value("text", .string), .constant("pattern", .string), gives: .fixed(.bool)) {
      info throws(ArgumentFault) in
      let pattern = try compiled(info, 1, wholeValue: true)
      return { pattern.matches($0[0], in: $0.store, rows: $0.rows) }
    },
    errors: tooManySteps, example: "regexp_full_match('CS-101', '[A-Z]+-[0-9]+')", gives: "true")

  package static let regexpCount = Function(
    "regexp_count", .pattern, "How many parts of the text match, one after the other.",
    .prepared(.value("text", .string), .constant("pattern", .string), gives: .fixed(.int64)) {
      info throws(ArgumentFault) in
      let pattern = try compiled(info, 1)
      return { pattern.count($0[0], in: $0.store) }
    },
    errors: tooManySteps, example: "regexp_count('a1b22c333', '[0-9]+')", gives: "3")

  package static let regexpPosition = Function(
    "regexp_position", .pattern,
    "Where the first part that matches begins, counted from 1, at or after a position; 0 where none does.",
    .prepared(.value("text", .string), .constant("pattern", .string), gives: .fixed(.int64)) {
      info throws(ArgumentFault) in
      let pattern = try compiled(info, 1)
      return { call in
        let first = Constant.integer(1).column(count: call.count, in: call.store)
        return pattern.position(call[0], from: first, in: call.store)
      }
    },
    .prepared(
      .value("text", .string), .constant("pattern", .string), .value("from", .integer), gives: .fixed(.int64)
    ) { info throws(ArgumentFault) in
      let pattern = try compiled(info, 1)
      return { pattern.position($0[0], from: $0[2], in: $0.store) }
    },
    errors: tooManySteps, example: "regexp_position('CS-101', '[0-9]')", gives: "4")

  package static let regexpSplitPart = Function(
    "regexp_split_part", .pattern,
    "One part of a text cut wherever a regular expression matches, counted from 1, negative from the end.",
    .prepared(
      .value("text", .string), .constant("pattern", .string), .value("part", .integer), gives: .fixed(.string)
    ) { info throws(ArgumentFault) in
      let pattern = try compiled(info, 1)
      return { pattern.splitPart($0[0], $0[2], in: $0.store) }
    },
    nulls: .custom("null when an argument is null; a part that is not there is empty"),
    errors: tooManySteps, example: "regexp_split_part('a, b;c', '[,;] *', 2)", gives: "b")

  static let patterns = [
    regexpCount, regexpExtract, regexpFullMatch, regexpMatches, regexpPosition, regexpReplace, regexpSplitPart,
  ]
}
