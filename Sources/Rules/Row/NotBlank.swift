import Documents
import Expressions
import Plans

/// Texts must be present and more than white space.
enum NotBlank: Rule {
  static let name = "not_blank"
  static let summary = "Texts are present and more than white space."
  static let nulls: String? = "fails"

  static let columns = RequiredOption<ColumnSelection>("columns", "Text columns; one rule each.")
  static let options: [any OptionDeclaration] = [columns]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.selectTexts(arguments[columns], for: name)?.compactMap { column in
      guard let blank = scope.call(.isBlank, [column.typed]) else { return nil }
      return .row(passes: scope.not(blank), columns: [column], isRequired: true)
    }
  }
}
