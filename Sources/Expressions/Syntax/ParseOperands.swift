import Diagnostics

extension Parser {
  /// Whether the current token can begin an operand.
  var beginsOperand: Bool {
    switch current.kind {
    case .name, .quotedName, .number, .string, .parameter, .junk: true
    case .symbol(let symbol): symbol == .open || symbol == .minus || symbol == .plus
    case .keyword(let keyword): [.null, .true, .false, .case, .not].contains(keyword)
    case .end: false
    }
  }

  mutating func operand() -> Expression {
    let token = current
    let lower = token.lower
    switch token.kind {
    case .number(let digits): return leaf(.number(digits))
    case .string(let value): return leaf(.string(value))
    case .parameter(let name): return leaf(.parameter(name))
    case .quotedName(let name): return leaf(.column(name))
    case .keyword(.null): return leaf(.null)
    case .keyword(.true): return leaf(.bool(true))
    case .keyword(.false): return leaf(.bool(false))
    case .name(let name): return named(name)
    case .keyword(.case): return conditional()
    case .keyword(.not): return prefixed(.not, .not)
    case .symbol(.minus): return prefixed(.minus, .sign)
    case .symbol(.plus): return prefixed(.plus, .sign)
    case .symbol(.open):
      advance()
      let inner = expression()
      close(token)
      return inner
    case .junk:
      advance()
      return beginsOperand ? nested { $0.operand() } : Expression(.null, lower, lower)
    case .keyword, .symbol, .end:
      reportMissingOperand()
      return placeholder()
    }
  }

  private mutating func leaf(_ kind: Expression.Kind) -> Expression {
    let token = advance()
    return Expression(kind, token.lower, token.upper)
  }

  private mutating func prefixed(_ sign: UnaryOperator, _ precedence: Precedence) -> Expression {
    let lower = advance().lower
    let operand = expression(precedence)
    return node(.unary(sign, operand), from: lower)
  }

  private mutating func reportMissingOperand() {
    var help: String?
    if case .keyword = current.kind {
      let word = text(current).filter { $0 != "'" }
      help = "a column of this name is written \"\(word)\", with double quotes"
    }
    reportUnexpected("a value", help: help)
  }

  /// Takes the `)` of `open`, or complains and goes on where it should have been.
  private mutating func close(_ open: Token) {
    if accept(.close) { return }
    reportNotClosed(open, expected: "')'")
    skip { _ in false }
    if accept(.close) { return }
  }

  private mutating func reportNotClosed(_ open: Token, expected: String) {
    if current.kind == .end {
      report(.unclosedParenthesis(at: range(open)))
    } else {
      let isList = expected == "')'" && stands(Symbol.comma)
      reportUnexpected(expected, help: isList ? "one of several values is asked for by 'in': x in (1, 2)" : nil)
    }
  }

  /// At least one expression, up to and with the `)` of `open`.
  mutating func list(after open: Token) -> [Expression] {
    var all: [Expression] = []
    repeat { all.append(expression()) } while goesOn(open)
    return all
  }

  /// After an item of a list: takes the `,` before another, or the `)`.
  private mutating func goesOn(_ open: Token) -> Bool {
    if accept(.comma) { return true }
    if accept(.close) { return false }
    reportNotClosed(open, expected: "',' or ')'")
    skip { $0 == .symbol(.comma) }
    if accept(.comma) { return true }
    _ = accept(.close)
    return false
  }

  // MARK: - Names

  private mutating func named(_ name: String) -> Expression {
    let lowered = name.lowercased()
    switch following.kind {
    case .symbol(.open): return call(name, lowered)
    case .string(let value) where Self.literalTypes.contains(lowered):
      let lower = advance().lower
      advance()
      return node(.typed(type: lowered, value: value), from: lower)
    case .number where lowered == "interval":
      let lower = advance().lower
      reportUnexpected("a text", help: "interval '10 minutes'")
      return Expression(.null, lower, lower)
    default: break
    }
    if lowered == "current_date" {
      let token = advance()
      return node(.call(name: name, nameUpper: token.upper, arguments: [], isStar: false), from: token.lower)
    }
    if lowered == "if" { return wordyIf() }
    return leaf(.column(name))
  }

  private static let literalTypes: Set<String> = ["date", "time", "timestamp", "timestamptz", "interval"]

  /// `if` without parentheses: a column of that name, or `if x then y else z end`.
  private mutating func wordyIf() -> Expression {
    let token = current
    advance()
    guard beginsOperand else { return Expression(.column("if"), token.lower, token.upper) }
    _ = expression()
    guard stands(.then) else {
      reportUnexpected("an operator or the end")
      return placeholder()
    }
    advance()
    _ = expression()
    if accept(.else) { _ = expression() }
    _ = accept(.end)
    report(.wordyIf(at: range(token)))
    return placeholder()
  }

  private mutating func call(_ name: String, _ lowered: String) -> Expression {
    let token = advance()
    let open = advance()
    var arguments: [Expression] = []
    var isStar = false
    switch lowered {
    case "cast", "try_cast": return cast(from: token.lower, open, isTry: lowered == "try_cast")
    case "position", "last_position": arguments = position(open)
    case "extract": arguments = extract(open)
    default:
      if stands(.star), following.kind == .symbol(.close) {
        advance()
        isStar = true
      }
      if !accept(.close) { arguments = list(after: open) }
    }
    let call = node(
      .call(name: name, nameUpper: token.upper, arguments: arguments, isStar: isStar), from: token.lower)
    return stands("by") ? grouped(call) : call
  }

  /// What a call is followed by: `by (course, year)`.
  private mutating func grouped(_ call: Expression) -> Expression {
    advance()
    let open = current
    guard accept(.open) else {
      reportUnexpected("'('", help: "mean(score) by (course)")
      if beginsOperand { _ = expression(.concatenation) }
      return call
    }
    let groups = list(after: open)
    return node(.grouped(call, by: groups), from: call.lower)
  }

  private mutating func cast(from lower: Int, _ open: Token, isTry: Bool) -> Expression {
    let value = expression()
    if !accept(.as) {
      if stands(.comma) || stands(.close) {
        reportUnexpected("'as'", help: "cast(x as int)")
      } else {
        reportNotClosed(open, expected: "'as'")
      }
      skip { _ in false }
      _ = accept(.close)
      return placeholder()
    }
    let type = type()
    close(open)
    return node(.cast(value, type, isTry: isTry), from: lower)
  }

  /// `position(part in text)` or `last_position(…)`, or a call as any other.
  private mutating func position(_ open: Token) -> [Expression] {
    if accept(.close) { return [] }
    let lower = current.lower
    let part = expression(.concatenation)
    if accept(.in) {
      let text = expression()
      close(open)
      return [part, text]
    }
    let first = operators(after: part, from: lower, .or)
    return goesOn(open) ? [first] + list(after: open) : [first]
  }

  /// `extract(year from x)`, or a call as any other.
  private mutating func extract(_ open: Token) -> [Expression] {
    if accept(.close) { return [] }
    guard case .name(let from) = following.kind, from.lowercased() == "from" else { return list(after: open) }
    let part: Expression
    switch current.kind {
    case .name(let name): part = leaf(.string(Array(name.lowercased().utf8)))
    case .string(let value): part = leaf(.string(value))
    default:
      reportUnexpected("a part of a date, such as year")
      advance()
      part = placeholder()
    }
    advance()
    let value = expression()
    close(open)
    return [part, value]
  }

  // MARK: - Case

  private mutating func conditional() -> Expression {
    let start = advance()
    let operand = stands(.when) ? nil : expression()
    if !stands(.when) { reportUnexpected("'when'", help: "case when condition then value else value end") }
    var whens: [(when: Expression, then: Expression)] = []
    while accept(.when) {
      let when = expression()
      if !accept(.then) {
        reportUnexpected("'then'")
        skip { Self.isPartOfCase($0) }
        guard accept(.then) else { continue }
      }
      let then = expression()
      whens.append((when, then))
    }
    let otherwise = accept(.else) ? expression() : nil
    if !accept(.end) {
      if current.kind == .end {
        report(.missingEnd(at: range(start)))
      } else {
        reportUnexpected(otherwise == nil ? "'when', 'else' or 'end'" : "'end'")
        skip { $0 == .keyword(.end) }
        _ = accept(.end)
      }
    }
    return node(.conditional(operand: operand, whens: whens, otherwise: otherwise), from: start.lower)
  }

  private static func isPartOfCase(_ kind: Token.Kind) -> Bool {
    if case .keyword(let keyword) = kind { [.when, .then, .else, .end].contains(keyword) } else { false }
  }

  // MARK: - Types

  /// A type's name and, in parentheses, its whole numbers.
  mutating func type() -> TypeSyntax {
    let token = current
    guard case .name(let name) = token.kind else {
      reportUnexpected("a type", help: "such as int, string or decimal(10, 2)")
      return TypeSyntax(name: "", token.lower, token.lower)
    }
    advance()
    var arguments: [TypeSyntax.Argument] = []
    let open = current
    if accept(.open) {
      repeat {
        if let argument = typeArgument() { arguments.append(argument) }
      } while goesOn(open)
    }
    return TypeSyntax(name: name.lowercased(), arguments: arguments, token.lower, passed)
  }

  private mutating func typeArgument() -> TypeSyntax.Argument? {
    let token = current
    guard case .number(let digits) = token.kind, let value = Int(digits) else {
      reportUnexpected("a whole number")
      if token.kind != .symbol(.close), token.kind != .symbol(.comma) { advance() }
      return nil
    }
    advance()
    return TypeSyntax.Argument(value: value, token.lower, token.upper)
  }
}
