import Databrew
import Engine
import Plans
import Testing
import Trials

/// New York's attendance, against DuckDB: `Tests/oracles/nyc_attendance.py > Tests/oracles/nyc_attendance.json`.
@Suite(.enabled(if: !folderNames(data).isEmpty, "no real data: \(data) is not there"))
struct RealDataTests {
  static let found = Result { try run() }

  private static func run() throws -> (report: RunReport, output: [UInt8]) {
    let folder = try Folder()
    var compile = CompileRequest(path: "\(repository)/recipes/nyc-attendance.yaml")
    compile.asOf = "2013-04-01"
    var request = ApplyRequest(compile, threads: 2)
    request.output = folder["out.csv"]
    request.quarantine = folder["refused.jsonl"]
    let outcome = apply(request)
    guard case .report(let report) = outcome, let output = folder.read("out.csv") else {
      throw TrialFailure("the recipe was not run: \(outcome)")
    }
    return (report, output)
  }

  @Test func agreesWithDuckDB() throws {
    let expected = try #require(readBytes("\(repository)/Tests/oracles/nyc_attendance.json").flatMap { Value($0) })
    let (report, output) = try Self.found.get()
    let ledger = report.ledger
    #expect(ledger.read == expected["records"].int)
    #expect(ledger.accepted == expected["accepted"].int)
    #expect(ledger.quarantined == expected["quarantined"].int)
    #expect(ledger.dropped == expected["dropped"].int)
    #expect(report.reasons.filter { $0.code == "cast" }.reduce(0) { $0 + $1.rows } == expected["cast"].int)
    let rules = expected["rules"].list
    try #require(!rules.isEmpty)
    for rule in rules {
      let name = rule["name"].text?.replacing(" ", with: "_")
      let result = try #require(report.rules.first { $0.info.name == name }, "\(name ?? "")")
      #expect(result.counts.failed == rule["failed"].int, "\(result.info.name)")
      #expect(result.info.severity.rawValue == rule["severity"].text)
    }
    // The sum in hundredths, exactly.
    let sum = try Table(output)["percent"].reduce(0) { $0 + (Int($1.replacing(".", with: "")) ?? 0) }
    #expect("\(sum / 100).\("\(sum % 100 + 100)".dropFirst())" == expected["accepted_percent"].text)
  }

  /// docs/real-data.md tells what came out.
  @Test func isToldInTheDocumentation() throws {
    let (report, _) = try Self.found.get()
    let text = try #require(readText("\(repository)/docs/real-data.md"))
    var figures = [
      "records": report.ledger.read, "accepted": report.ledger.accepted, "quarantined": report.ledger.quarantined,
      "dropped": report.ledger.dropped,
      "`cast`": report.reasons.filter { $0.code == "cast" }.reduce(0) { $0 + $1.rows },
    ]
    for rule in report.rules { figures["`\(rule.info.name.replacing("_", with: " "))`"] = rule.counts.failed }
    var told = 0
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmed }
      guard cells.count >= 3, let figure = figures[cells[0]] else { continue }
      #expect(cells.last == grouped(figure), "\(line)")
      told += 1
    }
    #expect(told == 14)
  }

  private func grouped(_ number: Int) -> String {
    number < 1000 ? "\(number)" : "\(number / 1000)," + "\(number % 1000 + 1000)".dropFirst()
  }
}

private let data = "\(repository)/../shared/data/attendance"

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
