import Columns
import Expressions
import Formats
import Plans
import Spill

/// Collects what one fact needs to know, from all workers at once.
protocol FactCollector: AnyObject, Sendable {
  /// Adds rows of a batch: their key or argument.
  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd)
  /// As `add`, with the rows that may ask for the fact, those to add among them.
  func add(_ columns: [Column], rows: Bitmap, asking: Bitmap, from cells: BatchCells) throws(RunEnd)
  /// All rows were added.
  func finish(threads: Int) throws(RunEnd) -> any FactValue
}

extension FactCollector {
  func add(_ columns: [Column], rows: Bitmap, asking: Bitmap, from cells: BatchCells) throws(RunEnd) {
    try add(columns, rows: rows, from: cells)
  }
}

/// One reading of the input that works out all facts of one depth: it asks only what they need, and keeps nothing else.
///
/// `@unchecked Sendable`: the reader is used under the mutex of `turns` only; collectors and `ends` guard themselves; the
/// rest does not change while the workers run.
final class FactPass: @unchecked Sendable {
  private let program: RowProgram
  /// The facts of this pass by place, in the order of their stages, and who collects them.
  private let facts: [(index: Int, fact: Fact, collector: any FactCollector)]
  private let known: FactTable
  private let turns: ReaderTurns
  private let stageWork: StageWork
  private let ends = EndOnce()
  /// The stages that have to be done so that the facts' rows are known.
  private let stages: Int

  /// - Parameter asked: the facts to be worked out, by their place in the program.
  init(
    _ asked: [Int], of program: RowProgram, known: FactTable, turns: ReaderTurns, work: @escaping StageWork,
    collector: (Int) throws(RunEnd) -> (any FactCollector)?
  ) throws(RunEnd) {
    self.program = program
    self.known = known
    self.turns = turns
    self.stageWork = work
    var facts: [(index: Int, fact: Fact, collector: any FactCollector)] = []
    for index in asked {
      if let collector = try collector(index) { facts.append((index, program.facts[index], collector)) }
    }
    self.facts = facts.sorted { $0.fact.stage < $1.fact.stage }
    stages = facts.map { program.stagesNeeded(by: $0.fact) }.max() ?? 0
  }

  /// Reads the input once and gives the facts that were known before with those of this pass.
  func run(threads: Int) throws(RunEnd) -> FactTable {
    onThreads(threads) { self.work() }
    if let reason = ends.reason { throw reason }
    var table = known
    for (index, _, collector) in facts { table[index] = try collector.finish(threads: threads) }
    return table
  }

  private func work() {
    let batch = RecordBatch()
    let cells = BatchCells(batch, reads: program.graph.cells, facts: known)
    var rows = RowWork(program, over: cells, work: stageWork)
    var tally = BatchTally()
    while !ends.hasEnded, let turn = turns.take(batch, ends) {
      batch.validate()
      cells.turn(to: turn)
      do throws(RunEnd) {
        try collect(cells, &rows, &tally)
      } catch {
        ends.end(error)
      }
    }
  }

  /// Does the stages in their order and gives each fact the rows that reach it.
  private func collect(_ cells: BatchCells, _ work: inout RowWork, _ tally: inout BatchTally) throws(RunEnd) {
    var state = work.start(count: cells.count, tally: &tally)
    var done = 0
    for (_, fact, collector) in facts {
      while done < min(fact.stage, stages) {
        // A value that was to fail the run fails it in the last pass, where the first such row is known.
        do throws(RunStop) { try work.pass(stage: done, &state, &tally) } catch { return }
        done += 1
      }
      var rows = fact.countsCondemned ? state.present : state.living
      if let condition = fact.condition { rows.formIntersection(work.column(condition, state).trueRows) }
      var columns: [Column] = []
      for node in fact.columns { columns.append(work.column(node, state)) }
      try collector.add(columns, rows: rows, asking: state.present, from: cells)
    }
  }
}

extension RowProgram {
  /// How many stages must be done before it is known which rows a fact is about: none, where condemned rows count and
  /// no row was dropped.
  fileprivate func stagesNeeded(by fact: Fact) -> Int {
    let drops = stages.prefix(fact.stage).contains { if case .keep = $0.action { true } else { false } }
    return fact.countsCondemned && !drops ? 0 : fact.stage
  }
}

extension Column {
  /// The rows on which a condition is present and true.
  var trueRows: Bitmap { validity.map { bits.intersection($0) } ?? bits }
}
