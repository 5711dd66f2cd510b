import Columns
import Expressions
import Formats
import Kernels
import Plans
import Spill
import Storage

/// Works out what must be known before the rows of a program can be judged: the keys of the further inputs that it asks,
/// each read to its end, then the facts of its own input, read once for each depth of them.
struct FactWork {
  let plan: BoundPlan
  /// In the order of the plan's further inputs.
  let furtherInputs: [Inputs]
  let options: RunOptions
  let counts: FurtherCounts

  /// - Parameters:
  ///   - limit: records to read of the program's own input at most; nil: all.
  ///   - willRead: is told how often the program's own input will be read, the run that follows included, before it is.
  func workOut(
    _ program: RowProgram, over inputs: Inputs, limit: Int? = nil, willRead: (Int) -> Void = { _ in }
  ) throws(RunEnd) -> FactTable {
    var table = FactTable(count: program.facts.count)
    let lookups = try readKeys(for: program)
    for (index, lookup) in lookups {
      guard let keys = lookup.membership.loaded else { continue }
      table[index] = LoadedKeyRows(keys: keys, failing: lookup.failing, encoder: encoder)
    }
    let passes = (0..<program.passes - 1).map { pass in
      program.facts.indices.filter { program.facts[$0].pass == pass && !table.isKnown($0) }
    }.filter { !$0.isEmpty }
    willRead(passes.count + 1)
    for asked in passes {
      let turns = ReaderTurns(newReader(inputs, limit), options.progress)
      let reading = try FactPass(asked, of: program, known: table, turns: turns, work: options.stageWork) {
        index throws(RunEnd) in
        if let lookup = lookups[index] { return LookupCollector(lookup.membership, encoder) }
        return try newCollector(program.facts[index], in: program.graph, options)
      }
      table = try reading.run(threads: options.threads)
      try inputs.checkUnchanged()
    }
    return table
  }

  private var encoder: KeyEncoder { KeyEncoder(hasher: options.hasher) }

  private func newReader(_ inputs: Inputs, _ limit: Int?) -> BatchReader {
    BatchReader(inputs, limit: limit, batches: options.batches, open: options.open)
  }

  // MARK: Further inputs

  /// Says how often the further inputs will be read at most, so that what can be read only once is kept.
  func prepareInputs() {
    for (place, inputs) in furtherInputs.enumerated() {
      inputs.prepare(readings: plan.readings(of: place), options.resources)
    }
  }

  private struct Lookup {
    let membership: KeyMembership
    let failing: KeyMembership.Failing
    let keys: [NodeID]
  }

  /// The keys that a program's facts ask of further inputs, by the fact's place; all of them complete.
  private func readKeys(for program: RowProgram) throws(RunEnd) -> [Int: Lookup] {
    var lookups: [Int: Lookup] = [:]
    for place in program.asked.sorted() {
      var asked: [Lookup] = []
      for (index, fact) in program.facts.enumerated() {
        guard case .membership(let lookup) = fact.kind, lookup.input == place else { continue }
        lookups[index] = try newLookup(lookup)
        asked += lookups[index].map { [$0] } ?? []
      }
      try read(place, asked)
    }
    return lookups
  }

  private func newLookup(_ lookup: KeyLookup) throws(RunEnd) -> Lookup {
    let failing: KeyMembership.Failing =
      switch lookup.failing {
      case .absent: .absent
      case .present: .present
      }
    do throws(StorageFailure) {
      let membership = KeyMembership(
        failing: failing, budget: options.resources.memory, folder: try options.resources.temporaryFolder(),
        hasher: options.hasher)
      return Lookup(membership: membership, failing: failing, keys: lookup.keys)
    } catch {
      throw .storage(error)
    }
  }

  /// Reads a further input to its end, once for all that is asked of it.
  private func read(_ place: Int, _ asked: [Lookup]) throws(RunEnd) {
    let input = plan.furtherInputs[place]
    let inputs = furtherInputs[place]
    let facts = try workOut(input.program, over: inputs)
    let reader = newReader(inputs, nil)
    let reading = FurtherReading(
      input.program, facts: facts, turns: ReaderTurns(reader, options.progress), work: options.stageWork,
      encoder: encoder, keys: asked.map { ($0.keys, $0.membership) })
    let refused = try reading.run(threads: options.threads)
    try facts.check()
    try inputs.checkUnchanged()
    counts.note(place, recordsByFile: reader.recordsByFile, refused)
    if let first = refused.first, input.onRefused == .fail {
      throw .refused(input: input.name, rows: refused.rows, first: first)
    }
    do throws(StorageFailure) {
      for lookup in asked { try lookup.membership.seal() }
    } catch {
      throw .storage(error)
    }
  }
}

/// Judges keys by those of a further input, which did not all fit in memory.
private final class LookupCollector: FactCollector {
  private let membership: KeyMembership
  private let encoder: KeyEncoder

  init(_ membership: KeyMembership, _ encoder: KeyEncoder) {
    self.membership = membership
    self.encoder = encoder
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    var keys = EncodedKeys()
    encoder.encode(columns, in: cells.store, rows: rows, from: Int64(cells.firstOrdinal), into: &keys)
    do throws(StorageFailure) { try membership.add(keys) } catch { throw .storage(error) }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    do throws(StorageFailure) {
      return RowSet(ordinals: try membership.finish(threads: threads))
    } catch {
      throw .storage(error)
    }
  }
}

/// Judges keys by those of a further input, all of them in memory, as the rows come: no pass is needed for that. On rows
/// whose key has a part that is not present the verdict is not known.
private struct LoadedKeyRows: FactValue {
  let keys: LoadedKeys
  let failing: KeyMembership.Failing
  let encoder: KeyEncoder

  func column(_ call: borrowing Call) -> Column {
    var asked = EncodedKeys()
    encoder.encode(call.arguments, in: call.store, rows: call.rows, from: 0, into: &asked)
    var rows = Bitmap(repeating: false, count: call.count)
    for row in keys.rows(of: asked, failing) { rows[Int(row)] = true }
    return Column(.bool, .bits(rows), count: call.count)
  }
}
