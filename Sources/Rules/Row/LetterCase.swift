import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

/// Texts must be written in one case.
enum LetterCase: Rule {
  static let name = "case"
  static let summary = "Letters are capitals, small, or a capital at the beginning of each word."

  static let column = RequiredOption<ColumnSelection>("column", "The text column, or several; one rule each.")
  static let form = RequiredOption<Form>("is", "'upper', 'lower' or 'capital'.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, form, required]

  enum Form: String, CaseIterable, Sendable, OptionValue {
    case upper, lower, capital

    /// A text has the form where this is found nowhere in it: a letter of the wrong case in its place. An apostrophe
    /// within a word begins no other.
    var fault: String {
      switch self {
      case .upper: #"\p{Ll}"#
      case .lower: #"\p{Lu}"#
      case .capital: #"(?<![\p{L}\p{M}])(?<!\p{L}['’])\p{Ll}|(?<=\p{L})\p{Lu}"#
      }
    }
  }

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let fault = SourceText(arguments[form].fault, path: "")
    return scope.matches(arguments[column], fault, whole: false, for: name)?.map { column, found in
      .row(
        passes: scope.not(found), columns: [column], isRequired: arguments[required], facts: arguments[form].rawValue)
    }
  }
}
