import Documents
import Expressions
import Plans

/// A key must not be among those of another input.
enum NotReferences: Rule {
  static let name = "not_references"
  static let summary = "A key does not occur in a further input; one with a null part is not judged."
  static let nulls: String? = "in a part of the key keeps the row from being judged"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns that make the key, together.")
  static let input = RequiredOption<Located<String>>("in", "The further input, as 'inputs:' names it.")
  static let keys = OptionalOption<[Located<String>]>(
    "keys", "Its columns that make the key, in the same order; default: those of the same names.")
  static let options: [any OptionDeclaration] = [columns, input, keys]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    scope.keyLookup(arguments, KeyOptions(columns: columns, input: input, keys: keys, rule: name), failing: .present)
  }
}
