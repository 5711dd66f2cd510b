import Diagnostics

/// What may stand after an operand.
private enum Infix {
  case binary(BinaryOperator)
  case between, list, like(ignoresCase: Bool), test, cast, junk

  var precedence: Precedence {
    switch self {
    case .binary(let binary): binary.precedence
    case .between, .list, .like: .range
    case .test: .is
    case .cast, .junk: .cast
    }
  }
}

extension Parser {
  /// An expression of operators that hold at least as tightly as `least`.
  mutating func expression(_ least: Precedence = .or) -> Expression {
    nested { parser in
      let lower = parser.current.lower
      if parser.stands(.not), least > .not, least != .range { parser.reportLoose("what 'not' negates") }
      let first = parser.operand()
      return parser.operators(after: first, from: lower, least)
    }
  }

  /// Goes on after an operand that began at `lower`.
  mutating func operators(after first: Expression, from lower: Int, _ least: Precedence) -> Expression {
    var left = first
    /// Of the last operator that does not chain, as long as nothing else followed it.
    var unchained: Precedence?
    var last = Precedence.cast
    while let (infix, negated) = infix(), infix.precedence >= least {
      let token = current
      let isUnchained = unchained == infix.precedence
      if isUnchained, infix.precedence != .is { reportChain(negated ? following : token) }
      if infix.precedence > last { reportLoose("what stands before \(text(token))") }
      unchained = nil
      last = infix.precedence
      advance()
      if negated { advance() }
      switch infix {
      case .binary(.and), .binary(.or):
        left = chain(left, infix, from: lower)
      case .binary(let binary):
        let right = expression(binary.precedence.next)
        left = node(.binary(binary, left, right), from: lower)
        if binary.precedence == .comparison { unchained = .comparison }
      case .between:
        left = between(left, from: lower, negated: negated)
        unchained = .range
      case .like(let ignoresCase):
        left = like(left, from: lower, ignoresCase: ignoresCase, negated: negated)
        unchained = .range
      case .list:
        left = list(left, from: lower, negated: negated)
      case .test:
        left = test(left, from: lower)
        guard case .isDistinct = left.kind else { continue }
        if isUnchained { reportChain(token) }
        unchained = .is
      case .cast:
        let type = type()
        left = node(.cast(left, type, isTry: false), from: lower)
      case .junk:
        if beginsOperand { _ = expression(.cast) }
      }
    }
    return left
  }

  /// The operator that stands here, and whether a `not` before it is part of it.
  private func infix() -> (Infix, negated: Bool)? {
    switch current.kind {
    case .symbol(.doubleColon): (.cast, false)
    case .symbol(let symbol): BinaryOperator(rawValue: symbol.rawValue).map { (.binary($0), false) }
    case .keyword(.not): Self.range(following).map { ($0, true) }
    case .keyword(.and): (.binary(.and), false)
    case .keyword(.or): (.binary(.or), false)
    case .keyword(.is): (.test, false)
    case .keyword: Self.range(current).map { ($0, false) }
    case .junk: (.junk, false)
    default: nil
    }
  }

  private static func range(_ token: Token) -> Infix? {
    switch token.kind {
    case .keyword(.between): .between
    case .keyword(.in): .list
    case .keyword(.like): .like(ignoresCase: false)
    case .keyword(.ilike): .like(ignoresCase: true)
    default: nil
    }
  }

  private mutating func reportChain(_ token: Token) {
    report(.chainedOperator(text(token), at: range(token)))
  }

  /// SQL's parsers disagree on a loose operator inside a tighter one (`a is null = b`, `a + not b`): here it is refused.
  private mutating func reportLoose(_ operand: String) {
    guard current.kind != .junk else { return }
    report(.looseOperand(operand, at: range(current)))
  }

  /// All operands of a run of the same connective, as a balanced tree.
  private mutating func chain(_ left: Expression, _ infix: Infix, from lower: Int) -> Expression {
    guard case .binary(let connective) = infix else { return left }
    let keyword: Keyword = connective == .and ? .and : .or
    var operands = [(tree: left, lower: lower, upper: left.upper)]
    repeat {
      let start = current.lower
      let operand = expression(connective.precedence.next)
      operands.append((operand, start, passed))
    } while accept(keyword)
    return balanced(connective, operands[...])
  }

  private mutating func balanced(
    _ connective: BinaryOperator, _ operands: ArraySlice<(tree: Expression, lower: Int, upper: Int)>
  ) -> Expression {
    guard operands.count > 1 else { return operands[operands.startIndex].tree }
    let middle = operands.startIndex + (operands.count + 1) / 2
    let left = balanced(connective, operands[..<middle])
    let right = balanced(connective, operands[middle...])
    return bounded(
      .binary(connective, left, right), operands[operands.startIndex].lower, operands[operands.endIndex - 1].upper)
  }

  private mutating func between(_ value: Expression, from lower: Int, negated: Bool) -> Expression {
    let low = expression(.concatenation)
    if !accept(.and) { reportUnexpected("the 'and' of 'between'", help: "x between low and high") }
    let high = expression(.concatenation)
    return node(.between(value, low: low, high: high, negated: negated), from: lower)
  }

  private mutating func like(
    _ value: Expression, from lower: Int, ignoresCase: Bool, negated: Bool
  ) -> Expression {
    let pattern = expression(.concatenation)
    let escape = accept("escape") ? expression(.concatenation) : nil
    return node(
      .like(value, pattern: pattern, escape: escape, ignoresCase: ignoresCase, negated: negated), from: lower)
  }

  private mutating func list(_ value: Expression, from lower: Int, negated: Bool) -> Expression {
    let open = current
    guard accept(.open) else {
      reportUnexpected("'('", help: "x in (1, 2, 3)")
      if beginsOperand { _ = expression(.concatenation) }
      return value
    }
    let values = list(after: open)
    return node(.isIn(value, values, negated: negated), from: lower)
  }

  private mutating func test(_ value: Expression, from lower: Int) -> Expression {
    let negated = accept(.not)
    if accept(.null) { return node(.isNull(value, negated: negated), from: lower) }
    if accept(.true) { return node(.isBool(value, true, negated: negated), from: lower) }
    if accept(.false) { return node(.isBool(value, false, negated: negated), from: lower) }
    guard accept("distinct") else {
      reportUnexpected(
        "'null', 'true', 'false' or 'distinct from'",
        help: "values are compared with '\(negated ? "<>" : "=")'")
      if beginsOperand { _ = expression(.comparison) }
      return value
    }
    if !accept("from") { reportUnexpected("'from'", help: "a is \(negated ? "not " : "")distinct from b") }
    let other = expression(.comparison)
    return node(.isDistinct(value, other, negated: negated), from: lower)
  }
}

extension Precedence {
  /// The next tighter one.
  fileprivate var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .cast }
}
