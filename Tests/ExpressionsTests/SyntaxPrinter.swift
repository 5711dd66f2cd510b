import Diagnostics
import Glibc
import Testing

@testable import Expressions

/// An expression as an S-expression, in the form of `Tests/oracles/precedence.py`: chains of one connective flat,
/// `not` before what is negated.
func symbolic(_ expression: Expression) -> String {
  switch expression.kind {
  case .null: "null"
  case .bool(let value): "\(value)"
  case .number(let digits): digits
  case .string(let value): "'" + String(decoding: value, as: UTF8.self) + "'"
  case .typed(let type, let value): form(type, "'" + String(decoding: value, as: UTF8.self) + "'")
  case .column(let name): name.allSatisfy { $0.isLetter || $0 == "_" } ? name : "`\(name)`"
  case .parameter(let name): "${\(name)}"
  case .grouped(let call, let groups): form("by", [symbolic(call)] + groups.map(symbolic))
  case .call(let name, _, _, true): form(name, "*")
  case .call(let name, _, let arguments, false): form(name, arguments.map(symbolic))
  case .unary(let sign, let operand): form(sign.rawValue, symbolic(operand))
  case .binary(let connective, _, _) where connective == .and || connective == .or:
    form(connective.rawValue, flat(expression, connective))
  case .binary(let binary, let left, let right): form(binary.rawValue, symbolic(left), symbolic(right))
  case .between(let value, let low, let high, let negated):
    not(negated, form("between", symbolic(value), symbolic(low), symbolic(high)))
  case .isIn(let value, let list, let negated): not(negated, form("in", [symbolic(value)] + list.map(symbolic)))
  case .like(let value, let pattern, let escape, let ignoresCase, let negated):
    not(
      negated,
      form(ignoresCase ? "ilike" : "like", [value, pattern].map(symbolic) + (escape.map { [symbolic($0)] } ?? [])))
  case .isNull(let value, let negated): not(negated, form("is-null", symbolic(value)))
  case .isBool(let value, let expected, let negated): not(negated, form("is-\(expected)", symbolic(value)))
  case .isDistinct(let left, let right, let negated): not(negated, form("distinct", symbolic(left), symbolic(right)))
  case .conditional(let operand, let whens, let otherwise):
    form(
      "case",
      (operand.map { ["of " + symbolic($0)] } ?? []) + whens.flatMap { [symbolic($0.when), symbolic($0.then)] }
        + [otherwise.map(symbolic) ?? "null"])
  case .cast(let value, let type, let isTry): form(isTry ? "try_cast" : "cast", symbolic(value), symbolic(type))
  }
}

func symbolic(_ type: TypeSyntax) -> String {
  type.arguments.isEmpty ? type.name : form(type.name, type.arguments.map { "\($0.value)" })
}

private func form(_ name: String, _ parts: String...) -> String { form(name, parts) }

private func form(_ name: String, _ parts: [String]) -> String {
  "(" + ([name] + parts).joined(separator: " ") + ")"
}

private func not(_ negated: Bool, _ text: String) -> String { negated ? form("not", text) : text }

private func flat(_ expression: Expression, _ connective: BinaryOperator) -> [String] {
  guard case .binary(connective, let left, let right) = expression.kind else { return [symbolic(expression)] }
  return flat(left, connective) + flat(right, connective)
}

/// The expression's print, or all that was said against it.
func parsed(_ text: String) -> String {
  var diagnostics = Diagnostics()
  guard let expression = parseExpression(SourceText(text, path: "e"), into: &diagnostics) else {
    return diagnostics.rendered()
  }
  return diagnostics.all.isEmpty ? symbolic(expression) : "an expression beside errors"
}

/// The text of a file in `Fixtures`.
func fixture(_ name: String) throws -> String {
  let file = try #require(fopen(fixturePath(name), "r"))
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}

func write(_ text: String, to name: String) throws {
  let file = try #require(fopen(fixturePath(name), "w"))
  defer { fclose(file) }
  #expect(fputs(text, file) >= 0)
}

private func fixturePath(_ name: String) -> String {
  "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Fixtures/" + name
}
