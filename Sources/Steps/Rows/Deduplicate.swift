import Documents
import Expressions
import Plans

/// Takes out the copies of rows.
enum Deduplicate: Step {
  static let name = "deduplicate"
  static let summary = "Keep one row of each key, or of each group of equal rows."
  static let nulls: String? = "equals another null"
  static let details: String? = """
    Rows that were dropped or refused before are no copies and have none. A copy in quarantine is still judged by \
    the rules, as every refused row is: 'unique' on the same key needs the same 'keep', or it refuses the row that \
    was kept, too.
    """

  static let columns = OptionalOption<ColumnSelection>(
    "columns", "The columns that make the key; default: all. Values that are not present are equal to each other.")
  static let keep = DefaultedOption<Kept>("keep", "Which row stays: the 'first' or the 'last'.", default: .first)
  static let then = DefaultedOption<Then>(
    "then",
    "What becomes of the others: 'drop', or 'quarantine', with the reason 'duplicate' that names the record kept.",
    default: .drop)
  static let options: [any OptionDeclaration] = [columns, keep, then]
  static let shorthand: (any OptionDeclaration)? = columns

  enum Kept: String, CaseIterable, Sendable, OptionValue { case first, last }
  enum Then: String, CaseIterable, Sendable, OptionValue { case drop, quarantine }

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    if arguments[then] == .quarantine {
      guard let key = arguments[columns].map({ scope.select($0) }) ?? scope.columns else { return nil }
      let kept = scope.keptRow(of: key, keepsLast: arguments[keep] == .last)
      return .reject(scope.scope.isPresent(kept), code: .duplicate, columns: key, kept: kept)
    }
    let copy = scope.isCopy(arguments[columns], spared: arguments[keep] == .first ? .first : .last)
    return copy.map { .keep(scope.scope.not($0)) }
  }
}
