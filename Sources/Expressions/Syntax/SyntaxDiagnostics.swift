import Diagnostics

extension Diagnostic {
  static func emptyExpression(at range: SourceRange) -> Diagnostic {
    Diagnostic("empty-expression", .error, "an expression is missing", at: range)
  }

  static func unexpectedToken(
    expected: String, found: String, at range: SourceRange, label: String? = nil, help: String? = nil
  ) -> Diagnostic {
    Diagnostic("unexpected-token", .error, "expected \(expected), found \(found)", at: range, label: label, help: help)
  }

  static func unopenedParenthesis(at range: SourceRange) -> Diagnostic {
    Diagnostic("unexpected-token", .error, "')' without '('", at: range)
  }

  static func unclosedParenthesis(at range: SourceRange) -> Diagnostic {
    Diagnostic("unclosed-parenthesis", .error, "'(' is not closed", at: range, label: "opened here")
  }

  static func unclosedString(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unclosed-string", .error, "the text is not closed", at: range, label: "opened here",
      help: "a quote inside a text is written twice: 'it''s'")
  }

  static func escapedQuote(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "escaped-quote", .error, "a backslash does not escape a quote", at: range, label: "write '' here",
      help: "a quote inside a text is written twice: 'it''s'")
  }

  static func unclosedName(_ quote: Character, at range: SourceRange) -> Diagnostic {
    Diagnostic("unclosed-name", .error, "the name is not closed", at: range, label: "needs another \(quote)")
  }

  static func emptyName(at range: SourceRange) -> Diagnostic {
    Diagnostic("empty-name", .error, "a name cannot be empty", at: range)
  }

  static func badParameter(at range: SourceRange) -> Diagnostic {
    Diagnostic("bad-parameter", .error, "this is no parameter", at: range, label: "a parameter is written ${name}")
  }

  static func oddNumber(_ text: String, at range: SourceRange, label: String?) -> Diagnostic {
    Diagnostic("odd-number", .error, "'\(text)' is no number", at: range, label: label)
  }

  static func bareDate(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("bare-date", .error, "'\(text)' is a subtraction here", at: range, label: "write date '\(text)'")
  }

  static func smartQuote(_ quote: Character, instead: Character, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "smart-quote", .error, "'\(quote)' is a typographic quote", at: range, label: "write \(instead)",
      help: "texts stand in single quotes, odd column names in double quotes or back-ticks")
  }

  static func wrongOperator(_ text: String, instead: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("wrong-operator", .error, "'\(text)' is no operator", at: range, label: "write \(instead)")
  }

  static func unknownCharacter(_ text: String, at range: SourceRange, help: String?) -> Diagnostic {
    Diagnostic("unknown-character", .error, "\(text) has no meaning here", at: range, help: help)
  }

  static func comment(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "comment", .error, "an expression holds no comments", at: range,
      help: "use YAML's '#' before the line; for a double minus write '- -'")
  }

  static func chainedOperator(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "chained-operator", .error, "\(text) cannot follow one of its kind", at: range,
      help: "a < b < c is written a < b and b < c; or use parentheses")
  }

  static func looseOperand(_ operand: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("needs-parentheses", .error, "\(operand) needs parentheses", at: range)
  }

  static func missingEnd(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-end", .error, "'case' has no 'end'", at: range, label: "opened here",
      help: "case when condition then value else value end")
  }

  static func wordyIf(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unexpected-token", .error, "'if' is a function", at: range, label: "write if(condition, value, value)",
      help: "or: case when condition then value else value end")
  }

  static func tooDeep(_ limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic("too-deep", .error, "the expression is nested more than \(limit) deep", at: range)
  }
}
