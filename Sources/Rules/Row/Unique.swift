import Columns
import Documents
import Expressions
import Kernels
import Plans

/// A key must occur once in the whole input.
enum Unique: Rule {
  static let name = "unique"
  static let summary = "A key occurs once in the whole input; one with a null part is not judged."
  static let nulls: String? = "in a part of the key keeps the row from being judged"

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns that make the key, together.")
  static let keep = DefaultedOption<SparedCopy>(
    "keep", "Which row of a repeated key passes: 'none', the 'first' or the 'last'.", default: .none)
  static let options: [any OptionDeclaration] = [columns, keep]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let key = scope.select(arguments[columns]) else { return nil }
    let repeated = scope.fact(
      "repeated", .duplicates(spared: arguments[keep], nullsAreEqual: false), of: key.map(\.node), type: .bool,
      countsCondemned: true)
    let passes = scope.knownKey(key.map(\.node), scope.not(Typed(repeated, .bool)))
    return [
      .row(passes: passes, columns: key, failsOnInvalid: false, facts: arguments[keep].rawValue)
    ]
  }
}

extension SparedCopy: OptionValue {}
