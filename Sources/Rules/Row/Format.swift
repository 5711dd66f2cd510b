import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// Texts must have a named form, checksum included.
enum Format: Rule {
  static let name = "format"
  static let summary =
    "Texts have a form that has a name, such as email, iban or date(%d/%m/%Y), check digits included."

  static let column = RequiredOption<ColumnSelection>("column", "The text column, or several; one rule each.")
  static let form = RequiredOption<FormChoice>("is", "The form: \(FormChoice.names.joined(separator: ", ")).")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, form, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let form = arguments[form]
    return scope.selectTexts(arguments[column], for: name)?.compactMap { column in
      let values = [column.typed] + (form.argument.map { [scope.constant(.text($0))] } ?? [])
      return scope.call(form.function, values).map {
        .row(passes: $0, columns: [column], isRequired: arguments[required], facts: form.text)
      }
    }
  }
}
