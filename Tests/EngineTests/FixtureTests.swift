import Databrew
import Engine
import Formats
import Glibc
import Plans
import Storage
import Synchronization
import Testing
import Trials

/// The whole way of a row, against what the fixture's generator says must come of it.
@Suite struct FixtureTests {
  @Test func givesWhatItsGeneratorSays() throws {
    let expected = Fixture.expected
    let found = try Fixture(RunOptions(threads: 2))
    let ledger = found.report.ledger
    #expect(ledger.read == expected["records"].int)
    #expect(ledger.accepted == expected["accepted"].int)
    #expect(ledger.quarantined == expected["quarantined"].int)
    #expect(ledger.dropped == expected["dropped"].int)
    #expect(found.report.status.rawValue == expected["status"].text)
    #expect(Int(found.report.exit) == expected["exit"].int)
    let rows = found.report.inputs.map { input in
      (String(input.path.split(separator: "/").suffix(2).joined(separator: "/")), input.rows)
    }
    let expectedRows = expected["records_by_file"].members.map { ($0.name, $0.value.int ?? -1) }
    #expect(!expectedRows.isEmpty)
    #expect(rows.map(\.0) == expectedRows.map(\.0))
    #expect(rows.map(\.1) == expectedRows.map(\.1))
  }

  @Test func countsEveryFailure() throws {
    let found = try Fixture(RunOptions(threads: 1))
    // A rule that warns has failures and quarantines nothing: those are in its own figures.
    var counts: [String: Int] = [:]
    for row in found.refused {
      for reason in row["reasons"].list {
        counts["\(reason["code"].text ?? "") \(reason["column"].text ?? columnsOf(reason, found))", default: 0] += 1
      }
    }
    for rule in found.report.rules where rule.info.severity == .warn && rule.counts.failed > 0 {
      counts["\(rule.info.code) \(rule.info.columns.first ?? "-")", default: 0] += rule.counts.failed
    }
    var expected: [String: Int] = [:]
    for failure in Fixture.expected["failures"].list {
      expected["\(failure["code"].text ?? "") \(failure["column"].text ?? "-")"] = failure["rows"].int
    }
    #expect(!expected.isEmpty)
    #expect(counts == expected)
    var reported: [String: Int] = [:]
    for reason in found.report.reasons {
      reported["\(reason.code) \(reason.rule ?? "") \(reason.column ?? "")", default: 0] += reason.rows
    }
    #expect(reported.values.reduce(0, +) == found.refused.reduce(0) { $0 + $1["reasons"].list.count })
  }

  private func columnsOf(_ reason: Value, _ fixture: Fixture) -> String {
    fixture.report.rules.first { $0.info.name == reason["rule"].text }?.info.columns.first ?? "-"
  }

  @Test func writesTheRowsItAccepts() throws {
    let found = try Fixture(RunOptions(threads: 2))
    let table = try Table(found.output)
    let expected = Fixture.expected["accepted_rows"]
    #expect(table.rows.count == Fixture.expected["accepted"].int)
    #expect(table["minutes"].reduce(0) { $0 + (Int($1) ?? 0) } == expected["minutes"].int)
    for column in ["status", "is_late"] {
      for member in expected[column].members {
        let text = member.name == "null" ? "" : member.name
        #expect(table[column].count { $0 == text } == member.value.int, "\(column) \(member.name)")
      }
    }
  }

  static let ways: [(threads: Int, block: Int, records: Int)] = [
    (1, 1 << 20, 100), (2, 1, 97), (7, 64, 100), (2, 4096, 33), (7, 1 << 20, 8192), (1, 64, 8192), (3, 1 << 20, 1000),
  ]

  /// Threads, blocks, batches and delays change nothing.
  @Test(arguments: ways)
  func isTheSameEveryWay(_ way: (threads: Int, block: Int, records: Int)) throws {
    let plain = try Self.plain.get()
    var options = RunOptions(threads: way.threads, batches: BatchLimits(records: way.records))
    let block = way.block
    options.open = { file throws(InputFailure) in try FileByteSource(path: file.path, block: block) }
    let seen = Atomic<Int>(0)
    options.beforeDeposit = { number in
      seen.add(1, ordering: .relaxed)
      // A different wait for each batch, and a long one now and then, so that others overtake it.
      usleep(UInt32((number &* 7919) % 13 == 0 ? 3000 : (number &* 104_729) % 300))
    }
    let found = try Fixture(options)
    if way.records <= 100 { #expect(seen.load(ordering: .relaxed) >= 50) }
    #expect(found.output == plain.output)
    #expect(found.quarantineBody == plain.quarantineBody)
    #expect(found.steadyReport == plain.steadyReport)
  }

  static let plain = Result { try Fixture(RunOptions(threads: 1)) }

  @Test func identifiesRowsAlikeInEveryRun() throws {
    let ids = try [1, 2].map { try Fixture(RunOptions(threads: $0)).refused.compactMap { $0["id"].text } }
    #expect(ids[0] == ids[1])
    #expect(Set(ids[0]).count == Fixture.expected["quarantined"].int)
  }

  /// The source of every refused row is where the quarantine says it is.
  @Test func saysWhereEachRowStood() throws {
    let found = try Fixture(RunOptions(threads: 2))
    let key = try #require(Value.lines(found.quarantine)?.first)
    for row in found.refused {
      let source = row["source"]
      let input = key["inputs"].list.first { $0["id"] == source["input"] }
      let path = try #require(input?["file"].text)
      let bytes = try #require(readBytes(path))
      let offset = try #require(source["offset"].int)
      let length = try #require(source["length"].int)
      let raw = bytes[offset..<offset + length]
      if row["raw_encoding"].text == "utf-8" {
        #expect(String(decoding: raw, as: UTF8.self) == row["raw"].text)
      } else {
        #expect(String(validating: raw, as: UTF8.self) == nil)
      }
      #expect(bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1 == source["line"].int)
      let end = offset + length
      #expect(end == bytes.count || bytes[end] == UInt8(ascii: "\n") || bytes[end] == UInt8(ascii: "\r"))
    }
  }

  /// Laziness: no node is computed twice for a batch.
  @Test func computesEachNodeAtMostOnceABatch() throws {
    var compile = CompileRequest(path: "\(repository)/recipes/attendance.yaml")
    compile.asOf = "2024-12-20"
    let compilation = Compilation.compile(compile, started: 0)
    let plan = try #require(compilation.plan)
    let inputs = try #require(compilation.inputs)
    let sinks = RunSinks(accepted: MemorySink(), quarantine: MemorySink())
    let run = Run(
      plan: plan, inputs: inputs, output: CSVOutputDialect(), quarantine: .jsonLines(.all), sinks: sinks,
      options: RunOptions(threads: 2, batches: BatchLimits(records: 100)))
    let outcome = run.execute()
    #expect(outcome.batches >= 50)
    #expect(outcome.computations.count == plan.program.graph.nodes.count)
    #expect(outcome.computations.allSatisfy { $0 <= outcome.batches })
    #expect(outcome.computations.contains(outcome.batches), "some node is wanted for every batch")
  }
}
