import Columns
import Diagnostics
import Documents
import Expressions
import Measures

/// A check of rows or of a whole dataset, as a ruleset names it.
package protocol Rule: SendableMetatype {
  /// The key in a ruleset, and the stable code in reports.
  static var name: String { get }
  /// One line.
  static var summary: String { get }
  static var options: [any OptionDeclaration] { get }
  /// What becomes of nulls, for people; nil where there is nothing to say.
  static var nulls: String? { get }
  /// The option that stands for all when the rule's argument is no mapping of options.
  static var shorthand: (any OptionDeclaration)? { get }
  /// Says what the rule checks for the columns in sight: one check for each column where it is about single columns.
  /// Faults are reported to the scope; nil when there was one.
  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]?
}

extension Rule {
  package static var shorthand: (any OptionDeclaration)? { nil }

  /// As in SQL's CHECK, unless a rule says otherwise.
  package static var nulls: String? {
    options.contains { $0.name == "required" } ? "neither passes nor fails; with 'required: true' it fails" : nil
  }
}

/// What a rule checks.
package enum RuleCheck: Sendable {
  /// Each row: true passes, false fails, null neither.
  case row(
    passes: Typed, columns: [BoundColumn], isRequired: Bool = false, failsOnInvalid: Bool = true, facts: String = "")
  /// All rows together.
  case dataset(DatasetMeasure, Bounds, columns: [BoundColumn], facts: String = "")
}

/// A rule that has found its columns.
package enum BoundRule: Sendable {
  case row(RowRule)
  case dataset(DatasetRule)

  package var info: RuleInfo {
    switch self {
    case .row(let rule): rule.info
    case .dataset(let rule): rule.info
    }
  }
}
