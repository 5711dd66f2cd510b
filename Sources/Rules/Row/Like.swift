import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// Texts must match a LIKE pattern.
enum Like: Rule {
  static let name = "like"
  static let summary = "Texts match a pattern of SQL's LIKE: '%' is any text, '_' any character."

  static let column = RequiredOption<ColumnSelection>("column", "The text column, or several; one rule each.")
  static let pattern = RequiredOption<String>("pattern", "The pattern, for the whole text.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, pattern, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let pattern = arguments[pattern].replacing("'", with: "''")
    return scope.selectTexts(arguments[column], for: name)?.compactMap { column in
      scope.bind(SourceText("\(quotedName(column.name)) like '\(pattern)'", path: "")).map {
        .row(passes: $0, columns: [column], isRequired: arguments[required], facts: pattern)
      }
    }
  }
}
