import Columns
import Documents
import Expressions
import Plans

/// Texts must end with a text, or must not.
enum EndsWith: Rule {
  static let name = "ends_with"
  static let summary = "Texts end with a text; with 'not: true' they do not."

  static let column = RequiredOption<ColumnSelection>("column", "The text column, or several; one rule each.")
  static let text = RequiredOption<String>("text", "The text; case counts.")
  static let negated = DefaultedOption<Bool>("not", "Whether it is the other way round.", default: false)
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, text, negated, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.selectTexts(arguments[column], for: name)?.compactMap { column in
      guard let holds = scope.call(.endsWith, [column.typed, scope.constant(.text(arguments[text]))]) else {
        return nil
      }
      return .row(
        passes: arguments[negated] ? scope.not(holds) : holds, columns: [column], isRequired: arguments[required],
        facts: "\(arguments[negated]) \(arguments[text])")
    }
  }
}
