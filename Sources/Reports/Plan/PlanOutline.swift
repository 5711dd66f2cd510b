import Columns
import Diagnostics
import Expressions
import Plans

/// What a compiled document will do, as data for those who show it.
package struct PlanOutline: Sendable {
  package struct Input: Sendable {
    package let path: String
    package let bytes: Int

    package init(path: String, bytes: Int) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// An input beside the main one.
  package struct FurtherInput: Sendable {
    package let input: BoundInput
    /// Empty where they are not at hand.
    package let files: [Input]

    package init(input: BoundInput, files: [Input]) {
      self.input = input
      self.files = files
    }
  }

  package let plan: BoundPlan
  /// The document's path.
  package let file: String
  /// The run's clock, in microseconds since the epoch.
  package let asOf: Int64
  package var parameters: [(name: String, value: String)] = []
  /// Empty where the input is not at hand.
  package var inputs: [Input] = []
  package var furtherInputs: [FurtherInput] = []
  package var output: String?
  package var quarantine: String?
  package var diagnostics = Diagnostics()

  package init(plan: BoundPlan, file: String, asOf: Int64) {
    self.plan = plan
    self.file = file
    self.asOf = asOf
  }
}

/// How much of the rows a stage needs at once.
enum MemoryClass: String {
  /// One row at a time.
  case row
  /// One row at a time, in their order; what lies beyond a batch an earlier pass has found.
  case ordered
  /// What an earlier pass over all rows has found, or the keys of all rows.
  case whole

  /// The class of a stage that needs some facts.
  init(_ facts: [Fact]) {
    let areOfBatches = facts.allSatisfy {
      switch $0.kind {
      case .edge, .rowsBefore: true
      case .duplicates, .keptRow, .groupOrder, .smallest, .aggregate, .order, .membership: false
      }
    }
    self = facts.isEmpty ? .row : areOfBatches ? .ordered : .whole
  }
}

/// A stage as it is shown: what it does to the columns that reach it.
struct StageOutline {
  let stage: Stage
  let columns: [BoundColumn]
  let changes: [ColumnChange]
  let memory: MemoryClass
  /// The rules that judge here, row rules and dataset rules.
  let rules: [RuleInfo]
}

/// What a stage does to a column.
enum ColumnChange: Equatable {
  case added(String, DataType)
  case removed(String)
  case renamed(String, to: String)
  case changed(String, from: DataType, to: DataType)
}

extension PlanOutline {
  var stages: [StageOutline] {
    outlines(of: plan.program, plan.schemas)
  }

  /// The stages of the recipe, or of a further input.
  func outlines(of program: RowProgram, _ schemas: [BoundPlan.StageSchema]) -> [StageOutline] {
    var before: [BoundColumn] = []
    return zip(program.stages, schemas).enumerated().map { index, pair in
      let (stage, schema) = pair
      defer { before = schema.columns }
      var rules: [RuleInfo] = []
      if case .judge(let indices) = stage.action { rules = indices.map { program.rowRules[$0].info } }
      let isLast = index == program.stages.count - 1
      return StageOutline(
        stage: stage, columns: schema.columns, changes: index == 0 ? [] : changes(from: before, to: schema.columns),
        memory: isLast && program.keepsKeys ? .whole : MemoryClass(program.facts.filter { $0.stage == index }),
        rules: rules)
    }
  }

  /// Rules that judge all rows together.
  var datasetRules: [RuleInfo] { plan.program.datasetRules.map(\.info) }
}

extension RowProgram {
  /// Whether a dataset rule needs the keys of all rows at its end.
  fileprivate var keepsKeys: Bool {
    datasetRules.contains { if case .keys = $0.measure { true } else { false } }
  }
}

/// What became of the columns, in the order of the new ones, those that went first.
func changes(from before: [BoundColumn], to after: [BoundColumn]) -> [ColumnChange] {
  let old = Dictionary(before.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  let new = Set(after.map(\.name))
  var gone = before.filter { !new.contains($0.name) }
  var result: [ColumnChange] = []
  for column in after {
    if let known = old[column.name] {
      if known.node != column.node { result.append(.changed(column.name, from: known.type, to: column.type)) }
    } else if let source = gone.firstIndex(where: { $0.node == column.node }) {
      result.append(.renamed(gone.remove(at: source).name, to: column.name))
    } else {
      result.append(.added(column.name, column.type))
    }
  }
  return gone.map { .removed($0.name) } + result
}
