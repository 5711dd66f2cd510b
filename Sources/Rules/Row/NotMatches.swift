import Diagnostics
import Documents
import Expressions
import Plans

/// Texts must not match a regular expression.
enum NotMatches: Rule {
  static let name = "not_matches"
  static let summary = "Texts do not match a regular expression, as a whole; with 'anywhere', no part of them does."

  static let column = RequiredOption<ColumnSelection>("column", "The text column, or several; one rule each.")
  static let pattern = RequiredOption<PatternText>("pattern", "A regular expression (PCRE2).")
  static let anywhere = DefaultedOption<Bool>("anywhere", "Whether no part of the text may match.", default: false)
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, pattern, anywhere, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let text = arguments[pattern].text
    let whole = !arguments[anywhere]
    return scope.matches(arguments[column], text, whole: whole, for: name)?.map { column, matches in
      .row(
        passes: scope.not(matches), columns: [column], isRequired: arguments[required],
        facts: "\(text.string) \(whole)")
    }
  }
}
