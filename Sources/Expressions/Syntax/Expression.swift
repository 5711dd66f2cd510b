/// An expression as it was written. Positions are byte offsets into its `SourceText`; parentheses around an expression
/// are no part of it.
package struct Expression: Sendable {
  package let kind: Kind
  package let lower: Int
  package let upper: Int
  /// Nodes from here to the deepest leaf. What the parser gives stays within ``greatestHeight``, so that recursion over
  /// an expression cannot exhaust the stack.
  package let height: Int

  package static let greatestHeight = 500

  package init(_ kind: Kind, _ lower: Int, _ upper: Int) {
    self.kind = kind
    self.lower = lower
    self.upper = upper
    height = 1 + kind.childrenHeight
  }

  package indirect enum Kind: Sendable {
    case null
    case bool(Bool)
    /// Digits, then a point and digits, then an exponent, as written (`.5` as `0.5`); a sign is a unary operator.
    case number(String)
    /// Without its quotes; `''` stands as one quote.
    case string([UInt8])
    /// `date '2024-09-01'`; `type` is one of `date`, `time`, `timestamp`, `timestamptz`, `interval`, in lower case.
    case typed(type: String, value: [UInt8])
    /// Bare, "double-quoted" or `back-ticked`; spelled as written.
    case column(String)
    /// `${name}`.
    case parameter(String)
    /// A function by its name as written, which ends at `nameUpper` and begins where the expression does. `isStar` is
    /// `count(*)`. Also `position(t in s)` as `position(t, s)`, `extract(year from d)` as `extract('year', d)`, and
    /// `current_date` without parentheses.
    case call(name: String, nameUpper: Int, arguments: [Expression], isStar: Bool)
    /// `mean(score) by (course, year)`: a call over each group of rows.
    case grouped(Expression, by: [Expression])
    case unary(UnaryOperator, Expression)
    /// A chain of `and`, or of `or`, is balanced: thousands of conditions stay a tree of little height, in their order.
    case binary(BinaryOperator, Expression, Expression)
    case between(Expression, low: Expression, high: Expression, negated: Bool)
    case isIn(Expression, [Expression], negated: Bool)
    case like(Expression, pattern: Expression, escape: Expression?, ignoresCase: Bool, negated: Bool)
    case isNull(Expression, negated: Bool)
    case isBool(Expression, Bool, negated: Bool)
    case isDistinct(Expression, Expression, negated: Bool)
    case conditional(operand: Expression?, whens: [(when: Expression, then: Expression)], otherwise: Expression?)
    /// `cast(x as t)`, `x::t`, and with `isTry` `try_cast(x as t)`.
    case cast(Expression, TypeSyntax, isTry: Bool)

    fileprivate var childrenHeight: Int {
      switch self {
      case .null, .bool, .number, .string, .typed, .column, .parameter: 0
      case .call(_, _, let arguments, _): Self.height(arguments)
      case .grouped(let call, let groups): max(call.height, Self.height(groups))
      case .unary(_, let operand), .isNull(let operand, _), .isBool(let operand, _, _), .cast(let operand, _, _):
        operand.height
      case .binary(_, let left, let right), .isDistinct(let left, let right, _): max(left.height, right.height)
      case .between(let value, let low, let high, _): max(value.height, low.height, high.height)
      case .isIn(let value, let list, _): max(value.height, Self.height(list))
      case .like(let value, let pattern, let escape, _, _): max(value.height, pattern.height, escape?.height ?? 0)
      case .conditional(let operand, let whens, let otherwise):
        whens.reduce(max(operand?.height ?? 0, otherwise?.height ?? 0)) { max($0, $1.when.height, $1.then.height) }
      }
    }

    private static func height(_ expressions: [Expression]) -> Int { expressions.reduce(0) { max($0, $1.height) } }
  }
}

package enum UnaryOperator: String, Sendable, CaseIterable {
  case minus = "-"
  case plus = "+"
  case not
}

package enum BinaryOperator: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case integerDivide = "//"
  case remainder = "%"
  case concatenate = "||"
  case equal = "="
  case notEqual = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and
  case or
}

/// The name of a type as it was written, such as `decimal(6, 2)`.
package struct TypeSyntax: Sendable {
  /// In lower case.
  package let name: String
  package let arguments: [Argument]
  package let lower: Int
  package let upper: Int

  package struct Argument: Sendable {
    package let value: Int
    package let lower: Int
    package let upper: Int

    package init(value: Int, _ lower: Int, _ upper: Int) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  package init(name: String, arguments: [Argument] = [], _ lower: Int, _ upper: Int) {
    self.name = name
    self.arguments = arguments
    self.lower = lower
    self.upper = upper
  }
}
