import Columns
import Expressions
import Measures
import Plans
import Storage

/// Does what a stage of the program, given by its place, does to the rows of a batch, and says how many of them it dropped.
/// The books hold what it says against what became of the rows.
package typealias StageWork =
  @Sendable (inout RowWork, Int, inout BatchState, inout BatchTally) throws(RunStop) -> StageDrops

/// What a stage says of the rows it dropped.
package struct StageDrops: Sendable {
  package var rows = 0
  /// Of them, those for which the condition was null.
  package var null = 0
}

/// Runs a row program over one batch after another; each worker has its own.
package struct RowWork: ~Copyable {
  let program: RowProgram
  private let work: StageWork
  private let keys: KeyCounting?
  private var evaluation: Evaluation

  /// - Parameter keys: counts the keys that dataset rules judge; nil where they judge none.
  init(_ program: RowProgram, over source: any RowSource, work: @escaping StageWork, keys: KeyCounting? = nil) {
    self.program = program
    self.work = work
    self.keys = keys
    evaluation = Evaluation(program.graph, over: source)
  }

  var computations: [Int] { evaluation.computations }

  /// Reads, steps and rules over the batch that the source now holds.
  ///
  /// - Parameters:
  ///   - malformed: how many records of the batch are no rows; the first stage, the reading, refuses them.
  ///   - tally: receives the batch's counts.
  /// - Throws: `RunStop` where `on_error: fail` was chosen and a row failed, or where keys could not be kept.
  mutating func run(count: Int, malformed: Int, tally: inout BatchTally) throws(RunStop) -> BatchState {
    var state = start(count: count, tally: &tally)
    for index in program.stages.indices { try pass(stage: index, &state, &tally) }
    tally.refuse(malformed: malformed)
    try measure(&state, &tally)
    return state
  }

  /// Begins with the batch that the source now holds: every row is living.
  mutating func start(count: Int, tally: inout BatchTally) -> BatchState {
    evaluation.startBatch()
    tally.start(program)
    return BatchState(count: count)
  }

  /// Does one stage; they are done in their order.
  mutating func pass(stage index: Int, _ state: inout BatchState, _ tally: inout BatchTally) throws(RunStop) {
    let entered = state.living.population
    let dropped = try work(&self, index, &state, &tally)
    var counts = StepCounts()
    counts.entered = entered
    counts.left = state.living.population
    counts.quarantined = tally.condemn(upTo: state.condemned.population)
    counts.dropped = dropped.rows
    counts.droppedNull = dropped.null
    tally.steps[index] = counts
  }

  /// What the stage's action asks for.
  package mutating func act(
    stage index: Int, _ state: inout BatchState, _ tally: inout BatchTally
  ) throws(RunStop) -> StageDrops {
    switch program.stages[index].action {
    case .require(let requirements): try require(requirements, stage: index, &state)
    case .keep(let condition, let stopsRun): return try keep(condition, stopsRun: stopsRun, stage: index, &state)
    case .reject(let rejection): try reject(rejection, stage: index, &state)
    case .judge(let rules): judge(rules, stage: index, &state, &tally)
    }
    return StageDrops()
  }

  /// The column of a node for the rows still present.
  mutating func column(_ node: NodeID, _ state: borrowing BatchState) -> Column {
    evaluation.value(node, rows: state.present, living: state.living)
  }

  // MARK: Stages

  private mutating func require(
    _ requirements: [Requirement], stage: Int, _ state: inout BatchState
  ) throws(RunStop) {
    let living = state.living
    for (index, requirement) in requirements.enumerated() {
      guard let failures = column(requirement.node, state).failures else { continue }
      let failed = failures.rows.intersection(living)
      guard !failed.isEmpty else { continue }
      if requirement.stopsRun, let row = failed.rows.first {
        throw RunStop.valueFailed(column: requirement.column, row: row, kind: failures.kind(row) ?? .cast)
      }
      state.condemn(failed, for: .requirement(stage: stage, index: index))
    }
  }

  private mutating func keep(
    _ condition: NodeID, stopsRun: Bool, stage: Int, _ state: inout BatchState
  ) throws(RunStop) -> StageDrops {
    var dropped = StageDrops()
    let verdict = try verdict(condition, stopsRun: stopsRun, stage: stage, &state)
    var failing = verdict.bits.inverted
    if let validity = verdict.validity {
      failing.formUnion(validity.inverted)
      dropped.null = state.living.subtracting(validity).population
    }
    failing.formIntersection(state.living)
    dropped.rows = failing.population
    state.drop(failing)
    return dropped
  }

  private mutating func reject(_ rejection: Rejection, stage: Int, _ state: inout BatchState) throws(RunStop) {
    let verdict = try verdict(rejection.condition, stopsRun: rejection.stopsRun, stage: stage, &state)
    let rejected = verdict.trueRows.intersection(state.living)
    if !rejected.isEmpty { state.condemn(rejected, for: .rejection(stage: stage)) }
  }

  /// The condition of a stage; living rows on which it cannot be computed are condemned, or stop the run.
  private mutating func verdict(
    _ condition: NodeID, stopsRun: Bool, stage: Int, _ state: inout BatchState
  ) throws(RunStop) -> Column {
    let verdict = column(condition, state)
    guard let failures = verdict.failures else { return verdict }
    let failed = failures.rows.intersection(state.living)
    if stopsRun, let row = failed.rows.first {
      throw .stepFailed(program.stages[stage].name, row: row, kind: failures.kind(row) ?? .cast)
    }
    if !failed.isEmpty { state.condemn(failed, for: .condition(stage: stage)) }
    return verdict
  }

  private mutating func judge(_ rules: [Int], stage: Int, _ state: inout BatchState, _ tally: inout BatchTally) {
    // Every rule judges the rows as they stood before the first, so that their order changes nothing.
    let living = state.living
    for index in rules {
      let rule = program.rowRules[index]
      let judgement = judge(rule, state, living: living)
      tally.rules[index] += judgement.counts
      guard rule.info.severity == .error else { continue }
      if !judgement.failed.isEmpty { state.condemn(judgement.failed, for: .rule(stage: stage, index: index)) }
      if !judgement.erred.isEmpty { state.condemn(judgement.erred, for: .ruleError(stage: stage, index: index)) }
    }
  }

  private struct Judgement {
    var counts = RuleCounts()
    var failed: Bitmap
    var erred: Bitmap
  }

  private mutating func judge(_ rule: RowRule, _ state: borrowing BatchState, living: Bitmap) -> Judgement {
    var judged = state.present
    var invalid: Bitmap?
    for column in rule.columns {
      let states = self.column(column.node, state).states
      if let failures = states.failures { judged.subtract(failures.rows) }
      if rule.failsOnInvalid, let rows = states.invalid { invalid = invalid?.union(rows) ?? rows }
    }
    var erred = Bitmap(repeating: false, count: judged.count)
    if let when = rule.when {
      let condition = column(when, state)
      if let failures = condition.failures { erred = failures.rows.intersection(judged).intersection(living) }
      judged.formIntersection(condition.bits)
      if let validity = condition.validity { judged.formIntersection(validity) }
    }
    let verdict = column(rule.passes, state)
    if let failures = verdict.failures {
      // On a condemned row the failure may be the one that condemned it: the row cannot be judged, which is all.
      erred.formUnion(failures.rows.intersection(judged).intersection(living))
      judged.subtract(failures.rows)
    }
    judged.subtract(erred)
    let present = verdict.validity.map { judged.intersection($0) } ?? judged
    var failed = present.subtracting(verdict.bits)
    var passed = present.intersection(verdict.bits)
    var nulls = judged.subtracting(present)
    if let invalid {
      let rows = invalid.intersection(judged)
      failed.formUnion(rows)
      passed.subtract(rows)
      nulls.subtract(rows)
    }
    if rule.isRequired {
      failed.formUnion(nulls)
      nulls = Bitmap(repeating: false, count: nulls.count)
    }
    var result = Judgement(failed: failed, erred: erred)
    result.counts.passed = passed.population
    result.counts.failed = failed.population
    result.counts.errors = erred.population
    result.counts.nulls = nulls.population
    result.counts.evaluated = result.counts.passed + result.counts.failed + result.counts.errors
    result.counts.skipped = state.present.population - result.counts.evaluated - result.counts.nulls
    return result
  }

  /// Dataset rules: what is counted of this batch.
  private mutating func measure(_ state: inout BatchState, _ tally: inout BatchTally) throws(RunStop) {
    for (index, rule) in program.datasetRules.enumerated() {
      var rows = rule.isOverAccepted ? state.living : state.present
      if let when = rule.when {
        let condition = column(when, state)
        rows.formIntersection(condition.bits)
        if let validity = condition.validity { rows.formIntersection(validity) }
      }
      var columns: [Column] = []
      for node in rule.columns {
        let column = column(node, state)
        if let failures = column.failures { rows.subtract(failures.rows) }
        columns.append(column)
      }
      tally.measures[index]?.add(columns, rows: rows, in: evaluation.store)
      do throws(StorageFailure) {
        try keys?.add(columns, rows: rows, in: evaluation.store, for: index)
      } catch {
        throw .storage(error)
      }
    }
  }
}

/// What a batch adds to the run's counts.
package struct BatchTally {
  var steps: [StepCounts] = []
  var rules: [RuleCounts] = []
  /// Of dataset rules, nil for those about keys.
  var measures: [(any Measure)?] = []
  private var condemned = 0

  mutating func start(_ program: borrowing RowProgram) {
    steps = Array(repeating: StepCounts(), count: program.stages.count)
    rules = Array(repeating: RuleCounts(), count: program.rowRules.count)
    measures = program.datasetRules.map(\.measure.rows)
    condemned = 0
  }

  /// Records that are no rows came to the reading, and went no further.
  mutating func refuse(malformed count: Int) {
    guard !steps.isEmpty else { return }
    steps[0].entered += count
    steps[0].quarantined += count
  }

  /// How many rows were condemned since the last call.
  mutating func condemn(upTo total: Int) -> Int {
    defer { condemned = total }
    return total - condemned
  }
}

/// Why a run ended before its input did.
package enum RunStop: Error {
  case valueFailed(column: String, row: Int, kind: FailureKind)
  case stepFailed(String, row: Int, kind: FailureKind)
  case storage(StorageFailure)
  case interrupted
}
