import Glibc
import Testing
import Trials

/// Runs that do not come to a good end leave everything as it was.
@Suite struct EndingTests {
  private static let before = "as it was\n"

  /// A project whose input takes a debug build some seconds, with outputs of an earlier run in place.
  private static func large() throws -> Folder {
    let folder = try Grades.folder()
    let data = "id,name,day,score,team\n" + String(repeating: "2,Hal,2024-09-09,10,blue\n", count: 1_000_000)
    try folder.write(data, to: "data/grades.csv")
    try placeOutputs(folder)
    return folder
  }

  private static func placeOutputs(_ folder: Folder) throws {
    folder.makeFolder("out")
    try folder.write(before, to: "out/grades.csv")
    try folder.write(before, to: "out/refused.jsonl")
  }

  private static func expectUntouched(_ folder: Folder) {
    #expect(folder.allNames("out") == ["out/grades.csv", "out/refused.jsonl"])
    #expect(folder.text("out/grades.csv") == before)
    #expect(folder.text("out/refused.jsonl") == before)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func interrupted(_ signal: Int32) throws {
    let folder = try Self.large()
    let words = [Command.binary, "apply", "recipes/grades.yaml", "--threads", "1", "--json", "--report", "run.json"]
    let running = try Running(words, in: folder.path)
    #expect(eventually { folder.allNames("out").count > 2 }, "the run never wrote")
    running.send(signal)
    let result = try running.finish()
    #expect(result.status == 130)
    let report = try #require(result.json)
    #expect(report["status"] == "interrupted")
    #expect(report["exit"] == 130)
    #expect(report["published"] == false)
    #expect(folder.text("run.json") == result.out)
    #expect(result.error.hasPrefix("grades: interrupted, all files are as they were\n"))
    Self.expectUntouched(folder)
  }

  @Test func interruptedTwice() throws {
    let folder = try Self.large()
    let running = try Running([Command.binary, "apply", "recipes/grades.yaml"], in: folder.path)
    #expect(eventually { folder.allNames("out").count > 2 }, "the run never wrote")
    running.send(SIGINT)
    usleep(1000)
    running.send(SIGINT)
    #expect(try running.finish().status == 130)
    Self.expectUntouched(folder)
  }

  @Test func readerGone() throws {
    let folder = try Self.large()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let rows = try Running(
      [Command.binary, "apply", "recipes/grades.yaml", "--until", "1"], in: folder.path, output: ends[1])
    let run = try Running(
      [Command.binary, "apply", "recipes/grades.yaml", "--output", "-"], in: folder.path, output: ends[1])
    close(ends[1])
    var byte: UInt8 = 0
    #expect(read(ends[0], &byte, 1) == 1)
    close(ends[0])
    // Whoever looks at rows has seen enough; rows that were to go somewhere did not arrive.
    let looked = try rows.finish()
    #expect(looked.status == 0)
    #expect(looked.error.isEmpty)
    let sent = try run.finish()
    #expect(sent.status == 3)
    #expect(sent.error.isEmpty)
    Self.expectUntouched(folder)
  }

  @Test func referenceForAReaderThatIsGone() throws {
    let line = "\(Command.binary) functions --json | true; exit ${PIPESTATUS[0]}"
    let result = try Command.run(["bash", "-c", line], in: "/")
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
  }

  /// No file may be longer than 8 KiB: the output is, and so the disk is as good as full.
  @Test func diskFull() throws {
    let folder = try Grades.folder()
    let rows = (2..<3000).map { "\($0),Hal,2024-09-09,10,blue\n" }.joined()
    try folder.write("id,name,day,score,team\n" + rows, to: "data/grades.csv")
    try Self.placeOutputs(folder)
    let line = "ulimit -f 8; exec \(Command.binary) apply recipes/grades.yaml"
    let result = try Command.run(["sh", "-c", line], in: folder.path)
    #expect(result.status == 3)
    #expect(
      result.error.hasPrefix(
        "grades: error, all files are as they were\n  cannot write out/grades.csv: File too large\n"))
    Self.expectUntouched(folder)
  }

  @Test(arguments: [
    (["--output", "/dev/full"], "cannot write /dev/full: No space left on device"),
    (["--quarantine", "/dev/full"], "cannot write /dev/full: No space left on device"),
    (["--report", "/dev/full"], "cannot write /dev/full: No space left on device"),
    (["--output", "data"], "cannot create data: Is a directory"),
    (["--output", "data/grades.csv/x.csv"], "cannot create data/grades.csv/x.csv: Not a directory"),
  ]) func cannotWrite(_ options: [String], _ message: String) throws {
    let folder = try Grades.folder()
    let words = [Command.binary, "apply", "recipes/grades.yaml", "--as-of", "2024-12-31"] + options
    let result = try Command.run(words, in: folder.path)
    #expect(result.status == 3)
    #expect(result.error.contains("grades: error"))
    #expect(result.error.contains(message))
    #expect(!folder.allNames().contains { $0.contains("tmp") })
    var info = stat()
    #expect(stat("/dev/full", &info) == 0 && info.st_mode & S_IFMT == S_IFCHR)
  }

  @Test(arguments: [
    ["version"], ["apply", "recipes/grades.yaml", "--json"], ["functions"], ["count", "data/grades.csv"],
  ])
  func standardOutputFull(_ words: [String]) throws {
    let folder = try Grades.folder()
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    let result = try Running([Command.binary] + words, in: folder.path, output: full).finish()
    #expect(result.status == 3)
    #expect(result.error.contains("error: cannot write standard output: No space left on device\n"))
  }

  @Test func rowsToAFullDisk() throws {
    let folder = try Grades.folder()
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    for options in [["--until", "1"], ["--output", "-"]] {
      let words = [Command.binary, "apply", "recipes/grades.yaml"] + options
      let result = try Running(words, in: folder.path, output: full).finish()
      #expect(result.status == 3)
      #expect(result.error.contains("cannot write standard output: No space left on device"))
    }
    #expect(folder.allNames("out").isEmpty)
  }

  @Test func toADevice() throws {
    let (folder, result) = try Grades.apply("--output", "/dev/null", "--json")
    #expect(result.status == 0)
    #expect(result.json?["outputs"][0]["rows"] == 5)
    #expect(folder.allNames("out") == ["out/refused.jsonl"])
    var info = stat()
    #expect(stat("/dev/null", &info) == 0 && info.st_mode & S_IFMT == S_IFCHR)
  }

  @Test(arguments: [
    (["--output", "data/grades.csv"], "'data/grades.csv' is read by this run"),
    (["--report", "data/grades.csv"], "'data/grades.csv' is read by this run"),
    (["--report", "recipes/grades.yaml"], "'recipes/grades.yaml' is read by this run"),
    (["--quarantine", "recipes/grades.yaml"], "'recipes/grades.yaml' is read by this run"),
    (["--output", "a.csv", "--quarantine", "a.csv"], "'a.csv' is to hold both accepted and refused rows"),
    (["--output", "a.csv", "--report", "a.csv"], "'a.csv' is to hold both rows and the run report"),
    (["--output", "-", "--json"], "standard output cannot hold both the rows and the report"),
    (["--quarantine", "-"], "refused rows go to a file"),
  ]) func targetsThatClash(_ options: [String], _ message: String) throws {
    let folder = try Grades.folder()
    let result = try Command.run([Command.binary, "apply", "recipes/grades.yaml"] + options, in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains(message))
    #expect(folder.text("data/grades.csv") == Grades.data)
    #expect(folder.allNames().count == 3)
  }

  @Test func aLinkToTheInputIsTheInput() throws {
    let folder = try Grades.folder()
    #expect(symlink("grades.csv", folder["data/link.csv"]) == 0)
    let result = try Command.brew("apply", "recipes/grades.yaml", "--output", "data/link.csv", in: folder)
    #expect(result.status == 2)
    #expect(result.error.contains("'data/link.csv' is read by this run"))
    #expect(folder.text("data/grades.csv") == Grades.data)
  }

  @Test func failingValueStopsTheRun() throws {
    let folder = try Grades.folder()
    try folder.write(
      Grades.recipe.replacingFirst("id: int", "id: {type: int, on_error: fail}"), to: "recipes/grades.yaml")
    let result = try Command.brew("apply", "recipes/grades.yaml", "--json", in: folder)
    #expect(result.status == 1)
    #expect(result.json?["status"] == "failed")
    #expect(result.json?["problem"].text?.hasPrefix("data/grades.csv:4: column 'id'") == true)
    #expect(!folder.allNames().contains("out/grades.csv"))
  }

  @Test func missingColumn() throws {
    let folder = try Grades.folder()
    try folder.write(Grades.data.replacingFirst("score", "points"), to: "data/grades.csv")
    let result = try Command.brew("apply", "recipes/grades.yaml", "--json", in: folder)
    #expect(result.status == 2)
    #expect(result.json?[0]["code"] == "missing-column")
    #expect(folder.allNames().count == 3)
  }
}
