import Documents

/// What a rule found, over all rows of the run.
package struct RuleCounts: Sendable, Hashable {
  /// Rows that were judged: passed, failed or erred.
  package var evaluated = 0
  /// Rows for which `when` was not true, or of which a column could not be read.
  package var skipped = 0
  /// Rows that neither passed nor failed, because a value was null.
  package var nulls = 0
  package var passed = 0
  package var failed = 0
  /// Rows on which the rule's own expression could not be computed.
  package var errors = 0

  package init() {}

  package static func += (a: inout RuleCounts, b: RuleCounts) {
    a.evaluated += b.evaluated
    a.skipped += b.skipped
    a.nulls += b.nulls
    a.passed += b.passed
    a.failed += b.failed
    a.errors += b.errors
  }

  package var failing: Int { failed + errors }
}

/// A rule's verdict.
package enum RuleStatus: String, Sendable, CaseIterable {
  case pass, warn, fail
  /// It could not run.
  case error
  /// It ran, and no row was there to be judged.
  case vacuous
}

/// How the rules of a run become verdicts: `apply` moves failing rows away, `validate` moves nothing.
package enum RunMode: String, Sendable { case apply, validate }

extension RuleInfo {
  /// The verdict of a row rule. Shares are of the rows judged and are compared exactly.
  package func status(_ counts: RuleCounts, mode: RunMode) -> RuleStatus {
    guard counts.evaluated > 0 else { return .vacuous }
    let (failing, total) = (counts.failing, counts.evaluated)
    if failOver.map({ $0.exceeds(failing: failing, of: total) })
      ?? (mode == .validate && severity == .error && failing > 0)
    {
      return .fail
    }
    return warnOver.map { $0.exceeds(failing: failing, of: total) } ?? (failing > 0) ? .warn : .pass
  }
}
