import Cases
import Databrew
import Engine
import Formats
import Glibc
import Plans
import Testing
import Trials

/// Every case of `fixtures/steps` and `fixtures/rules`, each in batches of 1, of 7 and as they come, by 1 and by 4 threads.
///
/// `BREW_RECORD=1 swift test --filter CaseTests` writes what came out into the files and fails: read `git diff`.
@Suite struct CaseTests {
  static let files = ["steps", "rules"].flatMap { folder in
    folderNames("\(repository)/fixtures/\(folder)").filter { $0.hasSuffix(".case") }.map { "fixtures/\(folder)/\($0)" }
  }

  @Test(arguments: files)
  func cases(_ name: String) throws {
    let path = "\(repository)/\(name)"
    let written = try CaseFile(try #require(readText(path)))
    #expect(written.cases.count >= 2, "a good case, and one for quarantine or diagnostics")
    var found = written
    for (index, given) in written.cases.enumerated() {
      let trials = try Self.ways.map { try Self.run(given, $0) }
      let first = try #require(trials.first)
      found.cases[index] = Self.result(of: first, given)
      for (way, trial) in zip(Self.ways, trials).dropFirst() {
        #expect(trial.output == first.output, "\(given.title): \(way)")
        #expect(trial.quarantineBody == first.quarantineBody, "\(given.title): \(way)")
        #expect(trial.diagnostics == first.diagnostics, "\(given.title): \(way)")
        #expect(Self.verdict(trial) == Self.verdict(first), "\(given.title): \(way)")
      }
      for section in Set((given.sections + found.cases[index].sections).map(\.name)).sorted() {
        let lines = found.cases[index][section]
        #expect(given[section] == lines, "\(given.title): \(section)")
      }
    }
    if getenv("BREW_RECORD") != nil, found.text != written.text {
      try writeFile(Array(found.text.utf8), to: path)
      Issue.record("\(name) was written anew; read the difference")
    }
  }

  struct Way: CustomStringConvertible {
    let records: Int
    let threads: Int
    var description: String { "batches of \(records), \(threads) threads" }
  }

  static let ways = [
    Way(records: 8192, threads: 1), Way(records: 1, threads: 1), Way(records: 7, threads: 4),
    Way(records: 1, threads: 4),
  ]

  static func run(_ given: CaseFile.Case, _ way: Way) throws -> Trial {
    var files: [(name: String, bytes: [UInt8])] = []
    for section in given.sections {
      if section.name == "input" { files.append(("input.csv", try CaseText.bytes(section.lines))) }
      guard section.name.hasPrefix("file ") else { continue }
      files.append((String(section.name.dropFirst(5)), try CaseText.bytes(section.lines)))
    }
    let recipe = try #require(given["recipe"], "\(given.title): no recipe").map { $0 + "\n" }.joined()
    let options = RunOptions(threads: way.threads, batches: BatchLimits(records: way.records))
    return try Trial(recipe, files: files, options: options)
  }

  /// The case with what came out in place of what is expected.
  static func result(of trial: Trial, _ given: CaseFile.Case) -> CaseFile.Case {
    var result = given
    result["output"] = trial.output.map { spelt($0, as: given["output"]) }
    let reasons = trial.reasons.map { $0 + "\n" }.joined()
    result["quarantine"] = reasons.isEmpty ? nil : spelt(Array(reasons.utf8), as: given["quarantine"])
    let lines = trial.diagnostics.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    result["diagnostics"] = lines.count < 2 ? nil : lines.dropLast()
    if given["verdict"] != nil { result["verdict"] = verdict(trial) }
    if let problem = trial.report?.problem { result["problem"] = [problem.replacing(trial.path + "/", with: "")] }
    return result
  }

  /// Bytes as lines, in the spelling of the case where that says the same.
  private static func spelt(_ bytes: [UInt8], as lines: [String]?) -> [String] {
    if let lines, let expected = try? CaseText.bytes(lines), expected == bytes { return lines }
    return CaseText.lines(bytes)
  }

  /// The run's status, the gate's other conditions, and what each rule found.
  static func verdict(_ trial: Trial) -> [String] {
    guard let report = trial.report else { return ["refused"] }
    let gate = report.conditions.filter { $0.name != "rules" }.map {
      "gate: \($0.name) \($0.observed), \($0.bounds): \($0.holds ? "holds" : "does not hold")"
    }
    return [report.status.rawValue] + gate + report.rules.map(verdict)
  }

  private static func verdict(_ rule: RunReport.RuleResult) -> String {
    if let observed = rule.observed {
      return "\(rule.info.name): \(rule.status.rawValue), \(observed), \(rule.bounds ?? "unbounded")"
    }
    let counts = [
      ("passed", rule.counts.passed), ("failed", rule.counts.failed), ("errors", rule.counts.errors),
      ("nulls", rule.counts.nulls), ("skipped", rule.counts.skipped),
    ]
    return ([rule.info.name + ": " + rule.status.rawValue] + counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" })
      .joined(separator: ", ")
  }
}
