import Glibc
import Testing

@testable import Storage

/// A recipe with four targets in two folders, as the program runs it.
struct SmallApply {
  static let targets = ["out/rows.csv", "out/report.json", "refused/rows.csv", "refused/rows.unreadable.jsonl"]

  let scratch: Scratch
  let program: String
  /// What the targets hold after a run without faults.
  private let new: [String: String]

  init(rows: Int = 12) throws {
    scratch = try Scratch()
    program = try #require(Program.path)
    var input = "id,n\n"
    for row in 1...rows { input += "\(row),\(row % 5 == 0 ? "many" : String(row))\n" }
    try put(input + "7,\"8\" 9\n", at: "\(scratch.path)/in.csv")
    let recipe = """
      recipe: small
      input: {path: in.csv, columns: {id: int, n: int}}
      rules:
        - between: {column: n, min: 0, max: 9}
      output: {path: out/rows.csv}
      quarantine: {path: refused/rows.csv, format: csv}

      """
    try put(recipe, at: "\(scratch.path)/small.yaml")
    let end = try Running(program, Self.arguments(scratch)).end()
    try #require(end.status == 0, "\(end.errors)")
    new = seen(scratch.contents())
    try #require(Self.targets.allSatisfy { new[$0] != nil })
  }

  private static func arguments(_ scratch: Scratch, report: String? = nil) -> [String] {
    ["apply", "\(scratch.path)/small.yaml", "--report", report ?? "\(scratch.path)/out/report.json"]
  }

  func start(environment: [String] = []) throws -> Running {
    try Running(program, Self.arguments(scratch), environment: environment)
  }

  /// A start that settles what it finds, and then cannot publish.
  func startInVain() throws -> Running.End {
    try Running(program, Self.arguments(scratch, report: "/dev/full")).end()
  }

  func prepare() throws {
    for target in Self.targets { try put("old \(target)\n", at: "\(scratch.path)/\(target)") }
  }

  var hiddenFiles: [String] { hidden(scratch.contents()) }

  /// Whether a run has begun to write.
  var hasStaged: Bool { entries("\(scratch.path)/out").contains { $0.hasSuffix(".brew-staged") } }

  /// Which of the targets are old, and which are new; nil where one is neither.
  ///
  /// The report, and the first line of refused records, say when the run was; they are told by what else they say.
  func state(_ target: String) -> Bool? {
    guard let text = text("\(scratch.path)/\(target)") else { return nil }
    if text == "old \(target)\n" { return false }
    let expected = new[target] ?? ""
    let isNew =
      switch target {
      case "out/report.json": text.contains("\"published\": true") && text.hasSuffix("\n}\n")
      case "refused/rows.unreadable.jsonl":
        text.split(separator: "\n").dropFirst() == expected.split(separator: "\n").dropFirst()
      default: text == expected
      }
    return isNew ? true : nil
  }

  /// Whether all targets are old, or all are new.
  var isWhole: Bool {
    let states = Self.targets.map(state)
    return states.allSatisfy { $0 == true } || states.allSatisfy { $0 == false }
  }

  /// The laws after a process that was killed.
  func checkAfterKill(_ what: Comment) throws {
    let left = hiddenFiles
    var said = ""
    if left.contains(where: { $0.hasSuffix(".brew-journal") }) {
      let vain = try startInVain()
      #expect(vain.status == 3, what)
      said = vain.errors
    }
    #expect(isWhole, what)
    let again = try start().end()
    said += again.errors
    #expect(again.status == 0, what)
    #expect(Self.targets.allSatisfy { state($0) == true }, what)
    #expect(hiddenFiles == [], what)
    if left.contains(where: { $0.hasSuffix(".brew-staged") }) {
      #expect(said.contains("a run that was cut short (process "), what)
    }
  }

  /// Runs with the fault at each change that the run makes; ends with the first run that does not get so far.
  func everyChange(_ how: String, check: (Int, Running.End, Comment) throws -> Void) throws {
    let faults = try #require(Program.faults)
    for at in 1...500 {
      try prepare()
      let log = "\(scratch.path)/log"
      unlink(log)
      let environment = ["LD_PRELOAD=\(faults)", "FAULT_AT=\(at)", "FAULT_HOW=\(how)", "FAULT_LOG=\(log)"]
      let end = try start(environment: environment).end()
      let changes = (text(log) ?? "").split(separator: "\n")
      let what: Comment = "\(how) at \(at): \(changes.dropFirst(at - 1).first ?? "-"): \(end.errors)"
      guard changes.count >= at else {
        #expect(at > 40, "the run makes \(changes.count) changes")
        #expect(end.status == 0)
        return
      }
      try check(at, end, what)
      unlink(log)
    }
    Issue.record("the run does not end")
  }

  func kills(_ how: String) throws {
    try everyChange(how) { _, end, what in
      #expect(how == "half" || end.status == nil, what)
      try checkAfterKill(what)
    }
  }

  func errors(_ how: String) throws {
    try everyChange(how) { _, end, what in
      let states = Self.targets.filter { $0 != "out/report.json" }.map(state)
      if end.status == 0 {
        #expect(states.allSatisfy { $0 == true }, what)
      } else {
        #expect(end.status == 3, what)
        #expect(states.allSatisfy { $0 == false }, what)
        #expect(hiddenFiles == [], what)
        // The report says that the run failed, where there is room for it.
        let report = text("\(scratch.path)/out/report.json") ?? ""
        #expect(state("out/report.json") == false || report.contains("\"status\": \"error\""), what)
        #expect(end.errors.contains("No space left on device") || end.errors.contains("Input/output error"), what)
      }
      if hiddenFiles.isEmpty { return }
      let again = try start().end()
      #expect(again.status == 0, what)
      #expect(hiddenFiles == [], what)
    }
  }
}

@Suite(
  "The program, with faults from outside",
  .enabled(if: Program.path != nil, "brew is not built: build it, or name it by BREW_BINARY"),
  .enabled(if: Program.faults != nil, "there is no C compiler 'cc' to build Tests/shims/faults.c with"))
struct ApplyFaultTests {
  @Test("Killed before each change: old outputs or new ones, and no orphan")
  func kills() throws { try SmallApply().kills("kill") }

  @Test("The disk is full from each change on: a clean error, and old outputs")
  func isFull() throws { try SmallApply().errors("full") }
}

@Suite("The program, with more faults", .enabled(if: getenv("BREW_SLOW") != nil && Program.path != nil))
struct ApplyFaultTestsSlow {
  @Test("Killed within each write")
  func halves() throws { try SmallApply().kills("half") }

  @Test("An error at each change", arguments: [EIO, ENOSPC])
  func errors(code: Int32) throws { try SmallApply().errors("\(code)") }

  @Test("While a run is writing, a second run fails and says why")
  func second() throws {
    let apply = try SmallApply(rows: 500_000)
    try apply.prepare()
    let running = try apply.start()
    for _ in 0..<10_000 where !apply.hasStaged { usleep(500) }
    // Held where it is, whatever else the machine does.
    kill(running.process, SIGSTOP)
    #expect(apply.hasStaged)
    let second = try apply.startInVain()
    #expect(second.status == 3)
    #expect(second.errors.contains("another run (process \(running.process)) is writing it"), "\(second.errors)")
    kill(running.process, SIGCONT)
    #expect(try running.end().status == 0)
    #expect(SmallApply.targets.allSatisfy { apply.state($0) == true })
  }

  @Test("Killed at 50 moments of a large run")
  func moments() throws {
    let apply = try SmallApply(rows: 500_000)
    var begun = timespec()
    clock_gettime(CLOCK_MONOTONIC, &begun)
    let first = try apply.start().end()
    #expect(first.status == 0)
    var ended = timespec()
    clock_gettime(CLOCK_MONOTONIC, &ended)
    let microseconds = (ended.tv_sec - begun.tv_sec) * 1_000_000 + (ended.tv_nsec - begun.tv_nsec) / 1000
    var random = SystemRandomNumberGenerator()
    for moment in 0..<50 {
      try apply.prepare()
      // Half of them where the outputs are brought to the disk and moved.
      let share = Double.random(in: moment % 2 == 0 ? 0...1 : 0.85...1.1, using: &random)
      let running = try apply.start()
      usleep(UInt32(Double(microseconds) * share))
      kill(running.process, SIGKILL)
      _ = try running.end()
      try apply.checkAfterKill("killed after \(share) of \(microseconds) µs")
    }
  }
}
