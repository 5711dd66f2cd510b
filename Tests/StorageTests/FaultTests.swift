import Glibc
import Testing

@testable import Storage

/// A run that writes a set of four targets in three folders, over old ones or none.
struct SmallRun: Sendable, CustomTestStringConvertible {
  enum Gate: String, Sendable, CaseIterable { case passed, failed, failedAndKept }

  let gate: Gate
  /// Which targets are there before.
  let olds: [String]

  static let targets = ["a/rows.csv", "b/rows.quarantine.jsonl", "b/rows.unreadable.jsonl", "c/d/report.json"]
  static let all = Gate.allCases.flatMap { gate in
    [[], targets, ["a/rows.csv", "c/d/report.json"], ["b/rows.quarantine.jsonl"]].map {
      SmallRun(gate: gate, olds: $0)
    }
  }
  static let few = [
    SmallRun(gate: .passed, olds: targets), SmallRun(gate: .passed, olds: []),
    SmallRun(gate: .failedAndKept, olds: ["a/rows.csv", "c/d/report.json"]),
  ]

  var testDescription: String { "\(gate), over \(olds.count) old files" }

  func prepare(_ scratch: Scratch) throws {
    scratch.empty()
    for folder in ["a", "b"] { mkdir("\(scratch.path)/\(folder)", 0o755) }
    if olds.contains("c/d/report.json") {
      mkdir("\(scratch.path)/c", 0o755)
      mkdir("\(scratch.path)/c/d", 0o755)
    }
    for old in olds { try put("old \(old)\n", at: "\(scratch.path)/\(old)") }
  }

  /// The run as a program does it.
  func run(_ scratch: Scratch, _ fileSystem: FileSystem) throws(StorageFailure) {
    let staging = Staging(fileSystem)
    var files: [StagedFile] = []
    for target in Self.targets.prefix(3) {
      files.append(try staging.open("\(scratch.path)/\(target)", mode: target.hasSuffix("l") ? 0o600 : nil))
    }
    for part in ["new ", "rows\n"] { for file in files { try file.write(part) } }
    if gate == .failed { files[0].drop() }
    if gate == .failedAndKept { files[0].setAside(".rejected") }
    try staging.open("\(scratch.path)/\(Self.targets[3])").write("new report\n")
    try staging.commit()
  }

  /// What is there after a run without faults, found without the code under test.
  func published(over before: [String: String]) -> [String: String] {
    var after = before
    for folder in ["c/", "c/d/"] { after[folder] = "" }
    for target in Self.targets.dropFirst() { after[target] = "new rows\n" }
    after["c/d/report.json"] = "new report\n"
    switch gate {
    case .passed: after["a/rows.csv"] = "new rows\n"
    case .failed: break
    case .failedAndKept: after["a/rows.csv.rejected"] = "new rows\n"
    }
    return after
  }
}

/// The next start, which opens the given targets and then gives up.
func start(_ targets: [String], in scratch: Scratch, _ fileSystem: FileSystem = Faults().fileSystem) throws
  -> [Recovery]
{
  let staging = Staging(fileSystem)
  for target in targets { _ = try staging.open("\(scratch.path)/\(target)") }
  staging.discard()
  return staging.recoveries
}

/// Without what is hidden, and without folders, which a killed run may have made.
func seen(_ contents: [String: String]) -> [String: String] {
  contents.filter { !$0.key.hasSuffix("/") && !isHidden($0.key) }
}

func hidden(_ contents: [String: String]) -> [String] { contents.keys.filter(isHidden).sorted() }

private func isHidden(_ path: String) -> Bool { path.split(separator: "/").contains { $0.hasPrefix(".") } }

/// The runs with a fault at each of their calls, and the laws that hold after it.
struct Trials {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// The calls that a run without faults makes.
  func calls(of run: SmallRun) throws -> [String] {
    try run.prepare(scratch)
    let before = scratch.contents()
    let faults = Faults()
    try run.run(scratch, faults.fileSystem)
    #expect(scratch.contents() == run.published(over: before))
    #expect(faults.open == [])
    return faults.calls
  }

  /// An error leaves the old outputs and nothing else.
  func errors(_ run: SmallRun, _ kinds: [Faults.Kind]) throws {
    let calls = try calls(of: run)
    try #require(calls.count > 40)
    for kind in kinds {
      for at in 1...calls.count {
        try run.prepare(scratch)
        let before = scratch.contents()
        let faults = Faults(at: at, kind)
        let failure = failure { () throws(StorageFailure) in try run.run(scratch, faults.fileSystem) }
        let what: Comment = "\(kind) at \(at): \(calls[at - 1]): \(failure?.message ?? "done")"
        #expect(faults.open == [] || calls[at - 1].hasPrefix("close"), what)
        if let failure {
          #expect(scratch.contents() == before, what)
          #expect(failure.journal == nil, what)
          #expect([EIO, ENOSPC].contains(failure.code), what)
        } else {
          #expect(seen(scratch.contents()) == seen(run.published(over: before)), what)
          _ = try start(SmallRun.targets, in: scratch)
          #expect(scratch.contents() == run.published(over: before), what)
        }
      }
    }
  }

  /// After a process that ended, the next start has old outputs or new ones.
  func ends(_ run: SmallRun, _ kinds: [Faults.Kind]) throws {
    let calls = try calls(of: run)
    var outcomes: Set<Bool> = []
    for kind in kinds {
      for at in 1...calls.count where kind != .endsWithin || calls[at - 1].hasPrefix("write") {
        try run.prepare(scratch)
        let before = scratch.contents()
        let faults = Faults(at: at, kind)
        _ = failure { () throws(StorageFailure) in try run.run(scratch, faults.fileSystem) }
        faults.end()
        let left = scratch.contents()
        let recoveries = try start(SmallRun.targets, in: scratch)
        let after = scratch.contents()
        let what: Comment = "\(kind) at \(at): \(calls[at - 1]): \(recoveries.map(\.message))"
        let isNew = seen(after) == seen(run.published(over: before))
        #expect(isNew || seen(after) == seen(before), what)
        #expect(hidden(after) == [], what)
        if recoveries.contains(where: { $0.outcome == .finished }) { #expect(isNew, what) }
        // Whatever was done about files that people care for is told.
        let wasBegun = left.keys.contains { $0.hasSuffix(".brew-staged") }
        if wasBegun || seen(left) != seen(after) {
          #expect(recoveries.map(\.process) == recoveries.map { _ in Int(getpid()) }, what)
          #expect(!recoveries.isEmpty, what)
        }
        outcomes.insert(isNew)
      }
    }
    #expect(outcomes == [false, true])
  }

  /// A start on any one target settles the whole set.
  func settlesAll(_ run: SmallRun, from target: String) throws {
    let calls = try calls(of: run)
    for at in 1...calls.count {
      try run.prepare(scratch)
      let before = scratch.contents()
      let faults = Faults(at: at, .endsBefore)
      _ = failure { () throws(StorageFailure) in try run.run(scratch, faults.fileSystem) }
      _ = try start([target], in: scratch)
      let after = seen(scratch.contents())
      let what: Comment = "ended before \(at): \(calls[at - 1])"
      #expect(after == seen(before) || after == seen(run.published(over: before)), what)
      _ = try start(SmallRun.targets, in: scratch)
      #expect(seen(scratch.contents()) == after, what)
      #expect(hidden(scratch.contents()) == [], what)
    }
  }

  /// The start that settles may end itself.
  ///
  /// - Parameter step: looks at every `step`-th call of that start only.
  func endsTwice(_ run: SmallRun, step: Int) throws {
    let calls = try calls(of: run)
    let decision = try #require(calls.firstIndex { $0.hasPrefix("create") && $0.hasSuffix("journal") })
    for at in (step > 1 ? decision : 1)...calls.count {
      for second in stride(from: 1 + at % step, through: 400, by: step) {
        try run.prepare(scratch)
        let before = scratch.contents()
        let faults = Faults(at: at, .endsBefore)
        _ = failure { () throws(StorageFailure) in try run.run(scratch, faults.fileSystem) }
        let again = Faults(at: second, .endsBefore)
        _ = try? start(SmallRun.targets.reversed(), in: scratch, again.fileSystem)
        let isOver = !again.wasReached
        again.end()
        _ = try start(SmallRun.targets, in: scratch)
        let after = scratch.contents()
        let what: Comment = "ended before \(at), and then before \(second)"
        #expect(seen(after) == seen(before) || seen(after) == seen(run.published(over: before)), what)
        #expect(hidden(after) == [], what)
        if isOver { break }
      }
    }
  }

  /// A move back may fail or end.
  func takingBackEnds(_ kind: Faults.Kind) throws {
    let run = SmallRun(gate: .passed, olds: ["a/rows.csv", "b/rows.quarantine.jsonl"])
    let calls = try calls(of: run)
    let lastMove = try #require(calls.firstIndex { $0.hasPrefix("rename") && $0.hasSuffix("report.json") })
    for second in 1...200 {
      try run.prepare(scratch)
      let before = scratch.contents()
      // The failing move never reaches the counter.
      let faults = Faults(at: lastMove + second, kind)
      var fileSystem = faults.fileSystem
      let rename = fileSystem.rename
      // The last move does not work: what is moved by then is moved back.
      fileSystem.rename = { path, target in target.hasSuffix("report.json") ? Int(-EIO) : rename(path, target) }
      _ = failure { () throws(StorageFailure) in try run.run(scratch, fileSystem) }
      let isOver = !faults.wasReached
      #expect(second > 1 || !isOver)
      faults.end()
      _ = try start(SmallRun.targets, in: scratch)
      let after = scratch.contents()
      #expect(seen(after) == seen(before) || seen(after) == seen(run.published(over: before)), "\(kind) at \(second)")
      #expect(hidden(after) == [], "\(kind) at \(second)")
      if isOver { break }
    }
  }
}

@Suite("Faults at every call of a small run")
struct FaultTests {
  @Test("An error leaves the old outputs and nothing else", arguments: SmallRun.few, [Faults.Kind.fails(EIO), .isFull])
  func errors(run: SmallRun, kind: Faults.Kind) throws { try Trials().errors(run, [kind]) }

  @Test("After the end of the process the next start has old outputs or new ones", arguments: SmallRun.few)
  func ends(run: SmallRun) throws { try Trials().ends(run, [.endsBefore, .endsWithin]) }

  @Test("A start on any one target settles the whole set", arguments: SmallRun.targets)
  func settlesAll(target: String) throws {
    try Trials().settlesAll(SmallRun(gate: .failedAndKept, olds: SmallRun.targets), from: target)
  }

  @Test("The start that settles may end itself")
  func endsTwice() throws { try Trials().endsTwice(SmallRun(gate: .passed, olds: ["a/rows.csv"]), step: 5) }

  @Test("A move back may fail or end", arguments: [Faults.Kind.endsBefore, .endsAfter, .allFail(EIO)])
  func takingBackEnds(kind: Faults.Kind) throws { try Trials().takingBackEnds(kind) }
}

@Suite("Faults at every call of every small run", .enabled(if: getenv("BREW_SLOW") != nil))
struct FaultTestsSlow {
  @Test(arguments: SmallRun.all)
  func errors(run: SmallRun) throws { try Trials().errors(run, [.fails(EIO), .fails(ENOSPC), .isFull]) }

  @Test(arguments: SmallRun.all)
  func ends(run: SmallRun) throws {
    try Trials().ends(run, [.endsBefore, .endsWithin, .endsAfter, .allFail(EIO)])
  }

  @Test(arguments: SmallRun.all, SmallRun.targets)
  func settlesAll(run: SmallRun, target: String) throws { try Trials().settlesAll(run, from: target) }

  @Test(arguments: SmallRun.Gate.allCases)
  func endsTwice(gate: SmallRun.Gate) throws {
    try Trials().endsTwice(SmallRun(gate: gate, olds: ["a/rows.csv", "b/rows.quarantine.jsonl"]), step: 1)
  }
}
