import Columns
import Diagnostics

/// What comes of a condition that is the same on every row, as the end of a sentence.
package struct ConditionEffects: Sendable {
  let whereTrue: String
  let whereFalse: String
  let whereNull: String

  package init(whereTrue: String, whereFalse: String, whereNull: String? = nil) {
    self.whereTrue = whereTrue
    self.whereFalse = whereFalse
    self.whereNull = whereNull ?? whereFalse
  }
}

/// What is said of expressions that do not fit the columns they meet.
extension Diagnostic {
  /// - Parameter isGone: whether an earlier step took the column away.
  package static func unknownColumn(
    _ name: String, at range: SourceRange?, known: [String], isGone: Bool = false, help: String? = nil
  ) -> Diagnostic {
    let label = isGone ? "an earlier step dropped or renamed it" : didYouMean(name, in: known)
    let isPattern = name.count > 2 && name.hasPrefix("/") && name.hasSuffix("/")
    let hint = isPattern ? "a pattern stands where several columns may be named, and this takes one column" : help
    return Diagnostic(
      "unknown-column", "no column '\(name)' at this step", at: range, label: label,
      help: isGone ? nil : label == nil ? [columnsHere(known), hint].compactMap { $0 }.joined(separator: "\n") : hint)
  }

  /// The columns there are, the first of them at least.
  package static func columnsHere(_ known: [String]) -> String {
    let shown = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return known.isEmpty ? "there are no columns here" : "the columns here are \(shown)"
  }

  static func unknownFunction(_ name: String, at range: SourceRange, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-function", "no function '\(name)'", at: range,
      label: nearest(name, in: known).map { "did you mean '\($0)'?" }, help: "'brew functions' lists them all")
  }

  /// A function that other languages have, and what it is here.
  static func foreignFunction(_ name: String, instead: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("unknown-function", "no function '\(name)'", at: range, label: "write \(instead)")
  }

  static func unknownParameter(_ name: String, at range: SourceRange, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-parameter", "no parameter '\(name)' is declared", at: range,
      label: nearest(name, in: known).map { "did you mean '\($0)'?" },
      help: "declare it under 'parameters:' with a type")
  }

  static func unknownType(_ syntax: TypeSyntax, at range: SourceRange) -> Diagnostic {
    let arguments = syntax.arguments.map(\.value)
    if syntax.name == "decimal" || syntax.name == "numeric" {
      return Diagnostic(
        "unknown-type", "a decimal has 1 to 38 digits, and no more than those after the point", at: range,
        help: "write decimal(precision, scale), such as decimal(6, 2)")
    }
    if !arguments.isEmpty, DataType(name: syntax.name) != nil {
      return Diagnostic("unknown-type", "type '\(syntax.name)' takes no arguments", at: range)
    }
    return Diagnostic(
      "unknown-type", "no type '\(syntax.name)'", at: range,
      label: didYouMean(syntax.name, in: DataType.names + DataType.otherNames),
      help: "types are " + DataType.names.joined(separator: ", "))
  }

  static func numberTooLarge(_ digits: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-literal", "a number has at most 38 digits", at: range, help: "write an exponent for a float: 1.5e40")
  }

  static func badLiteral(_ text: String, type: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("bad-literal", "'\(text)' is no \(type)", at: range)
  }

  static func badInterval(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-literal", "'\(text)' is no interval", at: range,
      help: "an interval is a number and a unit, such as '10 minutes' or '1 year 2 months'")
  }

  static func intervalOutOfPlace(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "interval-place", "an interval stands only beside '+' or '-' and a date or timestamp", at: range,
      help: "such as: session_date + interval '9 hours'")
  }

  package static func notACondition(_ value: Typed, in text: SourceText) -> Diagnostic {
    let example = value.type.isNumeric ? "> 0" : "= …"
    let written = slice(text, value)
    return Diagnostic(
      "not-a-condition", "a condition is true or false, and this is \(article(value.type))",
      at: text.range(value.lower, value.upper),
      help: value.isLiteral
        ? "each side of 'and' and 'or' is a condition of its own: x = … or x = \(written)"
        : "compare it, such as: \(written) \(example)")
  }

  /// A condition that is the same on every row of every run.
  static func constantCondition(
    _ value: Constant, _ effects: ConditionEffects, at range: SourceRange
  ) -> Diagnostic {
    let effect = value.isNull ? effects.whereNull : value == .bool(true) ? effects.whereTrue : effects.whereFalse
    return Diagnostic(
      "constant-condition", .warning, "this is always \(value.isNull ? "null" : value.canonicalText): \(effect)",
      at: range, help: "a condition asks something of the row: name a column in it, or leave it out")
  }

  static func emptyRange(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "empty-range", .warning, "nothing lies between these two", at: range, help: "the smaller one comes first")
  }

  static func constantFails(_ failure: FailureKind, at range: SourceRange) -> Diagnostic {
    Diagnostic("constant-fails", "this would fail on every row: \(failure.message)", at: range)
  }

  /// `x = null`, which is null whatever x is.
  static func nullComparison(at range: SourceRange, instead: String) -> Diagnostic {
    Diagnostic(
      "null-comparison", "a comparison with null is null, neither true nor false", at: range, help: "write: \(instead)")
  }

  static func wrongOperand(_ op: String, _ type: DataType, at range: SourceRange, wants: String) -> Diagnostic {
    Diagnostic("type-mismatch", "'\(op)' takes \(wants), and this is \(article(type))", at: range)
  }

  static func cannotCompute(_ op: BinaryOperator, _ a: Typed, _ b: Typed, in text: SourceText) -> Diagnostic {
    let range = text.range(min(a.lower, b.lower), max(a.upper, b.upper))
    let help: String?
    if a.type == .string, b.type == .string, op == .add {
      help = "texts are joined with ||: \(slice(text, a)) || \(slice(text, b))"
    } else if a.type == .string || b.type == .string {
      let culprit = a.type == .string ? a : b
      help = castHelp(culprit, to: a.type == .string ? b.type : a.type, in: text)
    } else if a.type.isTemporal, b.type.isTemporal, op == .subtract {
      help = "for the distance of two points in time use date_diff('minute', a, b)"
    } else if a.type.isTemporal || b.type.isTemporal {
      help = "to move a date use an interval: \(slice(text, a)) \(op.rawValue) interval '1 day'"
    } else {
      help = nil
    }
    return Diagnostic(
      "type-mismatch", "'\(op.rawValue)' is not defined between \(article(a.type)) and \(article(b.type))", at: range,
      help: help)
  }

  static func typesDiffer(
    _ a: Typed, _ b: Typed, doing what: String, in text: SourceText, constant: Constant?
  ) -> Diagnostic {
    let range = text.range(min(a.lower, b.lower), max(a.upper, b.upper))
    if b.isLiteral, b.type.isText, let value = constant?.string, !a.type.isText {
      return .badLiteral(value, type: "\(a.type)", at: text.range(b.lower, b.upper))
    }
    let culprit = a.type == .string ? a : b
    let other = a.type == .string ? b : a
    return Diagnostic(
      "type-mismatch", "cannot \(what) \(article(a.type)) and \(article(b.type))", at: range,
      help: culprit.type != .string
        ? nil
        : what == "compare"
          ? castHelp(culprit, to: other.type, in: text) : "make both texts: cast(\(slice(text, other)) as string)")
  }

  static func scaleTooLarge(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "type-mismatch", "the product would have more than 38 digits after the point", at: range,
      help: "cast one side to fewer digits first")
  }

  package static func noCast(from: DataType, to: DataType, at range: SourceRange) -> Diagnostic {
    Diagnostic("type-mismatch", "\(article(from)) cannot be cast to \(to)", at: range)
  }

  /// A pattern that ends in its escape character, which is byte `offset` of its value.
  static func danglingEscape(
    _ escape: Unicode.Scalar, after offset: Int, of pattern: Typed, in text: SourceText
  ) -> Diagnostic {
    let place = position(of: offset, in: text, pattern)
    return Diagnostic(
      "bad-pattern", "the pattern ends in its escape '\(escape)', with nothing after it to stand for itself",
      at: text.range(place ?? pattern.lower, place == nil ? pattern.upper : max(pattern.upper - 1, pattern.lower)),
      help: "for the character itself, write it twice")
  }

  static func notConstant(_ what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("not-constant", "\(what) must be written out, not computed", at: range)
  }

  static func notACell(at range: SourceRange) -> Diagnostic {
    Diagnostic("not-a-column", "raw(x) takes a column of the input, and this was computed", at: range)
  }

  static func starOutOfPlace(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("star-place", "'*' stands only in count(*)", at: range)
  }

  static func wrongArgumentCount(_ function: Function, _ count: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "wrong-arguments", "\(function.name) does not take \(count) argument\(count == 1 ? "" : "s")", at: range,
      help: "it is called as \(function.forms)")
  }

  static func wrongAggregate(
    _ function: AggregateFunction, _ types: [DataType], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "wrong-arguments", "\(function.name) does not take (\(types.map { "\($0)" }.joined(separator: ", ")))", at: range,
      help: "it is called as " + function.forms.joined(separator: " or "))
  }

  static func groupedOutOfPlace(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "group-place", "'by' stands only after a function over many rows", at: range,
      help: "such as: mean(score) by (course)")
  }

  static func badShare(of function: AggregateFunction, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "bad-argument", "\(function.name): a share is a number from 0 to 1", at: range,
      help: "\(function.name)(x, 0.5) has half of the values below it")
  }

  static func noSignature(
    _ function: Function, _ values: [Typed], at range: SourceRange, in text: SourceText
  ) -> Diagnostic {
    let types = values.map { "\($0.type)" }.joined(separator: ", ")
    return Diagnostic(
      "wrong-arguments", "\(function.name) does not take (\(types))", at: range,
      help: "it is called as \(function.forms)")
  }

  static func badArgument(
    _ fault: ArgumentFault, to function: Function, value: Typed, in text: SourceText
  ) -> Diagnostic {
    let place = fault.offset.flatMap { position(of: $0, in: text, value) }
    return Diagnostic(
      "bad-argument", "\(function.name): \(fault.message)",
      at: place.map { text.range($0, $0 + 1) } ?? text.range(value.lower, value.upper))
  }

  /// Where byte `offset` of a text literal's value stands; nil where the value is no literal.
  private static func position(of offset: Int, in text: SourceText, _ value: Typed) -> Int? {
    let quote = UInt8(ascii: "'")
    guard value.lower < value.upper, value.upper <= text.bytes.count, text.bytes[value.lower] == quote else {
      return nil
    }
    var at = value.lower + 1
    for _ in 0..<offset where at < value.upper - 1 { at += text.bytes[at] == quote ? 2 : 1 }
    return min(at, value.upper - 1)
  }

  private static func castHelp(_ value: Typed, to type: DataType, in text: SourceText) -> String {
    "cast the text: cast(\(slice(text, value)) as \(type))"
  }

  private static func slice(_ text: SourceText, _ value: Typed) -> String {
    String(decoding: text.bytes[min(value.lower, text.bytes.count)..<min(value.upper, text.bytes.count)], as: UTF8.self)
  }

  /// A type with its article: `a string`, `an int64`.
  private static func article(_ type: DataType) -> String {
    let name = "\(type)"
    return name.hasPrefix("i") ? "an \(name)" : "a \(name)"
  }
}

extension Function {
  /// How it is called, for people: `substring(text: string, from: int)`.
  package var forms: String {
    signatures.map { signature in
      let parameters = signature.parameters.map { "\($0.name): \($0.accepts.description)" }
      return "\(name)(\(parameters.joined(separator: ", "))\(signature.isVariadic ? ", …" : ""))"
    }.joined(separator: " or ")
  }
}
