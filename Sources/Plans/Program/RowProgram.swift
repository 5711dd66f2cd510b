import Columns
import Documents
import Expressions
import Measures

/// What happens to the rows of a batch, in order: a graph of expressions and the stages that ask it.
///
/// Everything here is bound: names are nodes and indices, and nothing can fail on a type.
package struct RowProgram: Sendable {
  package var graph: Graph
  package var stages: [Stage]
  /// The columns of an accepted row, in order.
  package var output: [BoundColumn]
  package var rowRules: [RowRule]
  package var datasetRules: [DatasetRule]
  /// What must be known of the whole input; nodes refer to them by their place.
  package var facts: [Fact]

  /// How often the input is read.
  package var passes: Int { (facts.map(\.pass).max() ?? -1) + 2 }
}

/// A step of the recipe, or the reading before them and the rules after them, as the engine and the ledger see it.
package struct Stage: Sendable {
  /// From 1 as written; 0 for the reading of the input, and one past the last for the recipe's rules.
  package let index: Int
  /// The step's name, `read` or `rules`.
  package let name: String
  /// What its author calls it, if anything.
  package let label: String?
  package let line: Int?
  package let action: Action

  package enum Action: Sendable {
    /// Rows on which one of the nodes failed are condemned.
    case require([Requirement])
    /// Living rows for which the condition is not true are dropped; those on which it cannot be computed are condemned,
    /// or stop the run.
    case keep(NodeID, stopsRun: Bool)
    /// Living rows for which the condition is true are condemned, as are those on which it cannot be computed.
    case reject(Rejection)
    /// Rows are judged by rules, given by their place in the program.
    case judge([Int])
  }

  package init(index: Int, name: String, label: String? = nil, line: Int?, action: Action) {
    self.index = index
    self.name = name
    self.label = label
    self.line = line
    self.action = action
  }
}

extension Stage {
  /// The nodes that it asks.
  func nodes(_ rules: [RowRule]) -> [NodeID] {
    switch action {
    case .require(let requirements): requirements.map(\.node)
    case .keep(let condition, _): [condition]
    case .reject(let rejection): [rejection.condition] + (rejection.kept.map { [$0] } ?? [])
    case .judge(let indices):
      indices.flatMap { [rules[$0].passes] + (rules[$0].when.map { [$0] } ?? []) + rules[$0].columns.map(\.node) }
    }
  }

  var dropsRows: Bool { if case .keep = action { true } else { false } }
}

/// A value that every living row must have been able to compute.
package struct Requirement: Sendable {
  package let column: String
  package let node: NodeID
  /// What holds the value that was at fault, for the reason; nil where the value was computed.
  package let cell: NodeID?
  package let code: ReasonCode
  /// `on_error: fail`: the run stops at the first.
  package let stopsRun: Bool

  package init(column: String, node: NodeID, cell: NodeID?, code: ReasonCode, stopsRun: Bool) {
    self.column = column
    self.node = node
    self.cell = cell
    self.code = code
    self.stopsRun = stopsRun
  }
}

/// What condemns rows at a step that is there to do so.
package struct Rejection: Sendable {
  /// True for the rows to condemn.
  package let condition: NodeID
  package let code: ReasonCode
  /// What the reason speaks of.
  package let columns: [BoundColumn]
  /// Where the row stands that was kept instead, as a packed `RecordPlace`; nil where there is none.
  package let kept: NodeID?
  /// `on_error: fail`: the run stops at the first row on which the condition cannot be computed.
  package let stopsRun: Bool

  package init(condition: NodeID, code: ReasonCode, columns: [BoundColumn], kept: NodeID?, stopsRun: Bool) {
    self.condition = condition
    self.code = code
    self.columns = columns
    self.kept = kept
    self.stopsRun = stopsRun
  }
}

/// Why a row is in quarantine, when it is not for a rule.
package enum ReasonCode: String, Sendable, CaseIterable {
  case cast, duplicate, expression, outlier, ragged, unmapped
  case strayQuote = "stray_quote"
  case unclosedQuote = "unclosed_quote"
  case tooLong = "too_long"
  case invalidUTF8 = "invalid_utf8"
  case nulByte = "nul_byte"
}

/// A rule that judges each row.
package struct RowRule: Sendable {
  package let info: RuleInfo
  /// True where a row passes; null where it neither passes nor fails.
  package let passes: NodeID
  /// The columns it judges. A row on which one of them failed is not judged.
  package let columns: [BoundColumn]
  /// Only rows for which this is true are judged.
  package let when: NodeID?
  /// A null fails.
  package let isRequired: Bool
  /// An invalid value in one of its columns fails.
  package let failsOnInvalid: Bool
}

/// A rule that judges all rows together, by a number that is measured over them.
package struct DatasetRule: Sendable {
  package let info: RuleInfo
  package let measure: DatasetMeasure
  /// The columns that are measured.
  package let columns: [NodeID]
  package let bounds: Bounds
  /// Judges only the rows that go on to the output.
  package let isOverAccepted: Bool
  package let when: NodeID?
}

/// What a dataset rule judges.
package enum DatasetMeasure: Sendable {
  /// A measure to which rows are added, here without any.
  case rows(any Measure)
  /// A figure of the keys that the columns make together; rows without a key, as a part of it is null, do not count.
  case keys(KeyFigure)

  package var rows: (any Measure)? { if case .rows(let measure) = self { measure } else { nil } }
}

/// What is known of a rule besides what it checks.
package struct RuleInfo: Sendable {
  package enum Severity: String, Sendable, CaseIterable, OptionValue { case error, warn }

  /// Its place among the rules of the run, from 1.
  package var id: Int
  /// Its kind, such as `not_null`.
  package let code: String
  /// Unique among the rules of a run.
  package var name: String
  package let columns: [String]
  package let severity: Severity
  /// Nil: any failing row.
  package let warnOver: Share?
  /// Nil: in `apply` only the gate limits the failing rows; in `validate` there may be none.
  package let failOver: Share?
  /// A rule that found no row to judge fails instead of warning.
  package let vacuousFails: Bool
  package let message: String?
  package let description: String?
  package let owner: String?
  package let tags: [String]
  package let file: String
  package let line: Int
  /// A hash of what the rule checks; the same for the same rule wherever it stands.
  package let fingerprint: String
}
