/// A word, mark or literal of an expression, at bytes `lower ..< upper` of its text.
struct Token: Sendable {
  let kind: Kind
  let lower: Int
  let upper: Int

  enum Kind: Equatable, Sendable {
    /// A bare name that is no keyword, as written.
    case name(String)
    case quotedName(String)
    case keyword(Keyword)
    case symbol(Symbol)
    case number(String)
    case string([UInt8])
    case parameter(String)
    /// Something that was reported already: whatever stands around it is given the benefit of the doubt.
    case junk
    case end
  }
}

/// Words with a meaning of their own, in any case of letters.
enum Keyword: String, CaseIterable, Sendable {
  case and, or, not, `is`, `in`, between, like, ilike, null, `true`, `false`
  case `case`, when, then, `else`, end, `as`
}

enum Symbol: String, CaseIterable, Sendable {
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case doubleSlash = "//"
  case percent = "%"
  case doubleBar = "||"
  case equal = "="
  case notEqual = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case doubleColon = "::"
  case open = "("
  case close = ")"
  case comma = ","
}

/// How tightly an operator holds what stands beside it: as in PostgreSQL and DuckDB.
///
/// Source: <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE>.
enum Precedence: Int, Comparable, Sendable {
  case or, and, not, `is`, comparison, range, concatenation, sum, product, sign, cast

  static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
    case .concatenate: .concatenation
    case .add, .subtract: .sum
    case .multiply, .divide, .integerDivide, .remainder: .product
    }
  }
}
