import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// Texts must be none that a spreadsheet would execute.
enum NoFormula: Rule {
  static let name = "no_formula"
  static let summary = "Texts begin with nothing that a spreadsheet takes for a formula; signed numbers may."

  static let columns = RequiredOption<ColumnSelection>("columns", "Text columns; one rule each.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns

  /// Source: OWASP, "CSV Injection".
  private static let formula = #"\A(?:[=@\t\r]|[+-](?![0-9., ()/-]*\z))"#

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.matches(arguments[columns], SourceText(formula, path: ""), whole: false, for: name)?.map { column, found in
      .row(passes: scope.not(found), columns: [column])
    }
  }
}
