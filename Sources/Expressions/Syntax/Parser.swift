import Diagnostics

/// Reads an expression, or reports every mistake in it that can be told from its neighbours.
///
/// O(length of the text), whatever it holds; nesting is bounded, so no text exhausts the stack.
///
/// - Returns: nil exactly when an error was reported.
package func parseExpression(_ source: SourceText, into diagnostics: inout Diagnostics) -> Expression? {
  var parser = Parser(source)
  let expression = parser.wholeExpression()
  return parser.finish(into: &diagnostics) ? expression : nil
}

/// Reads a type that stands alone, such as `decimal(6, 2)`. The name is not looked up.
///
/// - Returns: nil exactly when an error was reported.
package func parseType(_ source: SourceText, into diagnostics: inout Diagnostics) -> TypeSyntax? {
  var parser = Parser(source)
  let type = parser.wholeType()
  return parser.finish(into: &diagnostics) ? type : nil
}

/// A Pratt parser over the tokens of one text. After an error it gives a place-holder for what could not be read and
/// goes on; nothing it returned then leaves this file's two functions.
struct Parser {
  /// Mistakes reported for one expression.
  static let greatestCount = 20
  /// Levels of parentheses, arguments, prefix operators and `case`.
  static let greatestNesting = 200

  let source: SourceText
  private let tokens: [Token]
  private var position = 0
  private var nesting = 0
  private var diagnostics: [Diagnostic]
  /// The token last complained about: one complaint a token.
  private var blamed = -1
  private var isAbandoned = false

  init(_ source: SourceText) {
    self.source = source
    (tokens, diagnostics) = Lexer.lex(source)
  }

  /// Hands over what was found, in the order of the text; true when that is nothing.
  func finish(into all: inout Diagnostics) -> Bool {
    let ordered = diagnostics.enumerated().sorted { a, b in
      (a.element.range?.lower ?? 0, a.offset) < (b.element.range?.lower ?? 0, b.offset)
    }
    for (_, diagnostic) in ordered.prefix(Self.greatestCount) { all.report(diagnostic) }
    return diagnostics.isEmpty
  }

  // MARK: - Tokens

  /// Never past `.end`.
  var current: Token { tokens[position] }

  /// The token after the current one.
  var following: Token { tokens[min(position + 1, tokens.count - 1)] }

  /// Where the token before the current one ends.
  var passed: Int { position > 0 ? tokens[position - 1].upper : 0 }

  @discardableResult
  mutating func advance() -> Token {
    let token = current
    if position + 1 < tokens.count { position += 1 }
    return token
  }

  func stands(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) }

  func stands(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

  /// Whether the current token is the word `name`, in any case, that is no keyword.
  func stands(_ name: String) -> Bool {
    if case .name(let text) = current.kind { text.lowercased() == name } else { false }
  }

  mutating func accept(_ keyword: Keyword) -> Bool {
    guard stands(keyword) else { return false }
    advance()
    return true
  }

  mutating func accept(_ symbol: Symbol) -> Bool {
    guard stands(symbol) else { return false }
    advance()
    return true
  }

  mutating func accept(_ name: String) -> Bool {
    guard stands(name) else { return false }
    advance()
    return true
  }

  /// Passes tokens until one for which `isStop` holds outside any parenthesis opened meanwhile, a `)` that was not, or
  /// the end.
  mutating func skip(until isStop: (Token.Kind) -> Bool) {
    var depth = 0
    while current.kind != .end {
      if depth == 0, stands(.close) || isStop(current.kind) { return }
      if stands(.open) { depth += 1 }
      if stands(.close) { depth -= 1 }
      advance()
    }
  }

  // MARK: - Complaints

  func range(_ token: Token) -> SourceRange { source.range(token.lower, token.upper) }

  func text(_ token: Token) -> String {
    guard token.kind != .end else { return "the end" }
    let written = String(decoding: source.bytes[token.lower..<token.upper], as: UTF8.self)
    let short = written.count > 24 ? "\(written.prefix(24))…" : written
    if case .string = token.kind { return "the text \(short)" }
    return "'\(short)'"
  }

  mutating func report(_ diagnostic: Diagnostic) {
    guard !isAbandoned, blamed != position else { return }
    blamed = position
    if diagnostics.count < Self.greatestCount { diagnostics.append(diagnostic) }
  }

  mutating func reportUnexpected(_ expected: String, label: String? = nil, help: String? = nil) {
    guard current.kind != .junk else { return }
    report(
      .unexpectedToken(
        expected: expected, found: text(current), at: range(current), label: label, help: help))
  }

  /// Gives up on this text: what follows is too deep to be read.
  private mutating func abandon() {
    report(.tooDeep(Self.greatestNesting, at: range(current)))
    isAbandoned = true
    position = tokens.count - 1
  }

  // MARK: - Nodes

  /// What stands for an operand that could not be read.
  func placeholder() -> Expression { Expression(.null, current.lower, current.lower) }

  /// A node from `lower` up to the current token.
  mutating func node(_ kind: Expression.Kind, from lower: Int) -> Expression { bounded(kind, lower, passed) }

  mutating func bounded(_ kind: Expression.Kind, _ lower: Int, _ upper: Int) -> Expression {
    let expression = Expression(kind, lower, upper)
    guard expression.height <= Expression.greatestHeight else {
      abandon()
      return placeholder()
    }
    return expression
  }

  /// Runs `body` one level deeper, unless that is too deep.
  mutating func nested(_ body: (inout Parser) -> Expression) -> Expression {
    guard nesting < Self.greatestNesting else {
      abandon()
      return placeholder()
    }
    nesting += 1
    defer { nesting -= 1 }
    return body(&self)
  }

  // MARK: - Wholes

  mutating func wholeExpression() -> Expression {
    guard current.kind != .end else {
      if diagnostics.isEmpty { report(.emptyExpression(at: source.range(0, source.bytes.count))) }
      return placeholder()
    }
    let whole = expression()
    while current.kind != .end {
      if stands(.close) {
        report(.unopenedParenthesis(at: range(current)))
        advance()
      } else {
        reportMissingOperator()
      }
      skip { $0 == .keyword(.and) || $0 == .keyword(.or) }
      if accept(.and) || accept(.or) { _ = expression() }
    }
    return whole
  }

  private mutating func reportMissingOperator() {
    var help: String?
    if case .string = tokens[max(position - 1, 0)].kind, case .string = current.kind {
      help = "texts are joined with '||'"
    } else if case .string = tokens[max(position - 1, 0)].kind,
      case .name("interval") = tokens[max(position - 2, 0)].kind
    {
      help = "the unit stands inside the quotes: interval '10 minutes'"
    } else if stands(.comma) {
      help = "one expression is expected, not a list"
    } else if stands("over") {
      help = "a figure over each group of rows is written: mean(score) by (course)"
    }
    reportUnexpected("an operator or the end", help: help)
  }

  mutating func wholeType() -> TypeSyntax {
    guard current.kind != .end else {
      if diagnostics.isEmpty { report(.emptyExpression(at: source.range(0, source.bytes.count))) }
      return TypeSyntax(name: "", 0, 0)
    }
    let type = type()
    if current.kind != .end { reportUnexpected("the end of the type") }
    return type
  }
}
