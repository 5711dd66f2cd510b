import Glibc
import Testing

@testable import Storage

@Suite("Outputs of a run")
struct StagingTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func path(_ name: String) -> String { "\(scratch.path)/\(name)" }

  private func publish(_ text: String, at name: String, mode: mode_t? = nil) throws {
    let staging = Staging()
    try staging.open(path(name), mode: mode).write(text)
    try staging.commit()
  }

  // MARK: The set

  @Test("Nothing is at its place before the commit, and nothing is left by a set that is given up")
  func givenUp() throws {
    try put("old", at: path("a.csv"))
    let before = scratch.contents()
    do {
      let staging = Staging()
      try staging.open(path("a.csv")).write("new")
      try staging.open(path("new/folder/b.csv")).write("new")
      #expect(seen(scratch.contents()) == seen(before))
      #expect(scratch.contents() != before)
    }
    #expect(scratch.contents() == before)
  }

  @Test("The order in which a set comes to the disk")
  func order() throws {
    let faults = Faults()
    try put("old", at: path("a.csv"))
    let staging = Staging(faults.fileSystem)
    for name in ["a.csv", "b/b.csv"] { try staging.open(path(name)).write("new") }
    try staging.commit()
    let calls = faults.calls.map { $0.split(separator: "\(scratch.path)").joined() }
    func first(_ call: String) throws -> Int { try #require(calls.firstIndex(of: call), "\(call) of \(calls)") }
    func last(_ call: String) throws -> Int { try #require(calls.lastIndex(of: call), "\(call) of \(calls)") }
    let journal = try first("create /.a.csv.brew-journal")
    let moves = [
      try first("rename /.a.csv.brew-staged /a.csv"), try first("rename /b/.b.csv.brew-staged /b/b.csv"),
    ]
    let end = try first("remove /.a.csv.brew-journal")
    for file in ["/.a.csv.brew-", "/b/.b.csv.brew-"] {
      #expect(try last("write \(file)staged") < (try first("flush \(file)staged")))
      #expect(try first("flush \(file)staged") < journal)
      #expect(try last("write \(file)lock") < (try first("flush \(file)lock")))
      #expect(try first("flush \(file)lock") < journal)
    }
    let flushed = try first("flush /.a.csv.brew-journal")
    let folders = calls.indices.filter { calls[$0].isEmpty == false && calls[$0] == "flush " }
    #expect(try first("flush /b") < journal)
    #expect(folders.contains { $0 < journal })
    #expect(folders.contains { flushed < $0 && $0 < moves[0] })
    #expect(try last("flush /b") > moves[1])
    #expect(folders.contains { moves[1] < $0 && $0 < end })
    #expect(try last("flush /b") < end)
    #expect(try first("remove /.a.csv.brew-old") > end)
  }

  @Test("Targets on different file systems", .enabled(if: Scratch.folder != "/tmp"))
  func fileSystems() throws {
    let other = try Scratch(in: "/tmp")
    let staging = Staging()
    for folder in [scratch.path, other.path] { try staging.open("\(folder)/a.csv").write("new") }
    try staging.commit()
    #expect(scratch.contents() == ["a.csv": "new"])
    #expect(other.contents() == ["a.csv": "new"])
  }

  @Test("A target that became a folder meanwhile: what was moved is moved back")
  func becomesFolder() throws {
    try put("old", at: path("a.csv"))
    let staging = Staging()
    for name in ["a.csv", "b.csv", "c.csv"] { try staging.open(path(name)).write("new") }
    mkdir(path("c.csv"), 0o755)
    #expect(
      failure { () throws(StorageFailure) in try staging.commit() }
        == StorageFailure(.move, path("c.csv"), code: EISDIR))
    #expect(scratch.contents() == ["a.csv": "old", "c.csv/": ""])
  }

  @Test("A lock or a staged file that somebody removed: nothing is published", arguments: ["lock", "staged"])
  func removed(kind: String) throws {
    try put("old", at: path("a.csv"))
    let staging = Staging()
    for name in ["a.csv", "b.csv"] { try staging.open(path(name)).write("new") }
    unlink(path(".b.csv.brew-\(kind)"))
    let failure = failure { () throws(StorageFailure) in try staging.commit() }
    #expect(failure == StorageFailure(.move, path("b.csv"), code: ESTALE))
    #expect(scratch.contents() == ["a.csv": "old"])
  }

  @Test("A staged file that somebody replaced is not published, and stays as it is not the run's")
  func replaced() throws {
    try put("old", at: path("a.csv"))
    let staging = Staging()
    for name in ["a.csv", "b.csv"] { try staging.open(path(name)).write("new") }
    unlink(path(".a.csv.brew-staged"))
    try put("bad", at: path(".a.csv.brew-staged"))
    let failure = failure { () throws(StorageFailure) in try staging.commit() }
    #expect(failure == StorageFailure(.move, path("a.csv"), code: ESTALE))
    #expect(scratch.contents() == ["a.csv": "old", ".a.csv.brew-staged": "bad"])
  }

  @Test("A set that can no longer be finished is moved back", arguments: ["", "cut"])
  func damaged(left: String) throws {
    try put("old", at: path("a.csv"))
    let faults = Faults()
    var fileSystem = faults.fileSystem
    fileSystem.rename = { [rename = fileSystem.rename] path, target in
      if target.hasSuffix("b.csv") { faults.end() }
      return rename(path, target)
    }
    let staging = Staging(fileSystem)
    for name in ["a.csv", "b.csv"] { try staging.open(path(name)).write("new, and long") }
    _ = failure { () throws(StorageFailure) in try staging.commit() }
    #expect(text(path("a.csv")) == "new, and long")
    if left.isEmpty { unlink(path(".b.csv.brew-staged")) } else { try put(left, at: path(".b.csv.brew-staged")) }
    let recoveries = try start(["b.csv"], in: scratch)
    #expect(recoveries.map(\.outcome) == [.undone])
    #expect(scratch.contents() == ["a.csv": "old"])
  }

  @Test("File systems without links: sets are published, and what cannot be moved back is told and settled later")
  func withoutLinks() throws {
    var fileSystem = FileSystem.system
    fileSystem.link = { _, _ in Int(-EPERM) }
    for name in ["a.csv", "b.csv"] { try put("old", at: path(name)) }
    let staging = Staging(fileSystem)
    for name in ["a.csv", "b.csv"] { try staging.open(path(name)).write("new") }
    try staging.commit()
    #expect(scratch.contents() == ["a.csv": "new", "b.csv": "new"])

    var failing = fileSystem
    failing.rename = { path, target in target.hasSuffix("b.csv") ? Int(-EIO) : FileSystem.system.rename(path, target) }
    let second = Staging(failing)
    for name in ["a.csv", "b.csv"] { try second.open(path(name)).write("newer") }
    let failure = failure { () throws(StorageFailure) in try second.commit() }
    #expect(failure?.journal == path(".a.csv.brew-journal"))
    #expect(failure?.message.contains("the next start settles it by \(path(".a.csv.brew-journal"))") == true)
    let recoveries = try start(["b.csv"], in: scratch)
    #expect(
      recoveries == [
        Recovery(outcome: .finished, process: Int(getpid()), targets: [path("a.csv"), path("b.csv")])
      ])
    #expect(scratch.contents() == ["a.csv": "newer", "b.csv": "newer"])
  }

  // MARK: Two runs

  @Test("A second run on a target fails at once, says who holds it, and harms nothing")
  func inUse() throws {
    try put("old", at: path("q.jsonl"))
    let first = Staging()
    try first.open(path("a.csv")).write("first")
    try first.open(path("q.jsonl")).write("first")
    let second = Staging()
    let failure = failure { () throws(StorageFailure) in
      _ = try second.open(path("b.csv"))
      _ = try second.open(path("q.jsonl"))
    }
    #expect(failure == .inUse(path("q.jsonl"), by: Int(getpid())))
    second.discard()
    try first.commit()
    #expect(scratch.contents() == ["a.csv": "first", "q.jsonl": "first"])
    try publish("third", at: "q.jsonl")
    #expect(text(path("q.jsonl")) == "third")
  }

  @Test(
    "What is said of another run",
    arguments: [
      (1, "cannot write out/a.csv: another run (process 1) is writing it"),
      (nil, "cannot write out/a.csv: another run is writing it"),
      (Int(getpid()), "cannot write out/a.csv: this run already writes it"),
    ] as [(Int?, String)])
  func inUseMessage(holder: Int?, message: String) {
    #expect(StorageFailure.inUse("out/a.csv", by: holder).message == message)
  }

  @Test("One file by two names is one target")
  func sameFile() throws {
    symlink("a.csv", path("link.csv"))
    mkdir(path("folder"), 0o755)
    let staging = Staging()
    _ = try staging.open(path("a.csv"))
    for name in ["a.csv", "link.csv", "folder/../a.csv", "./a.csv"] {
      let failure = failure { () throws(StorageFailure) in _ = try staging.open(path(name)) }
      #expect(failure == .inUse(path(name), by: Int(getpid())))
    }
  }

  @Test("A lock of a process that lives is respected whatever its note says; one that nobody holds is not")
  func locksDecide() throws {
    let lock = path(".a.csv.brew-lock")
    // The first process of the system always lives, and does not hold this lock.
    try put("brew.lock/1 1 00000000000000aa a.csv end\n", at: lock)
    try put("half", at: path(".a.csv.brew-staged"))
    let recoveries = try start(["a.csv"], in: scratch)
    #expect(recoveries == [Recovery(outcome: .undone, process: 1, targets: [path("a.csv")])])
    #expect(scratch.contents() == [:])
    try put("nonsense", at: lock)
    let descriptor = open(lock, O_RDWR)
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX)
    let failure = failure { () throws(StorageFailure) in _ = try Staging().open(path("a.csv")) }
    #expect(failure == .inUse(path("a.csv"), by: nil))
  }

  @Test("A lock that has become another run's is not removed")
  func foreignLock() throws {
    let staging = Staging()
    _ = try staging.open(path("a.csv"))
    unlink(path(".a.csv.brew-lock"))
    try put("another's", at: path(".a.csv.brew-lock"))
    staging.discard()
    #expect(scratch.contents() == [".a.csv.brew-lock": "another's"])
  }

  @Test("A journal is believed only about places whose locks name its run")
  func foreignJournal() throws {
    try put("precious", at: path("victim"))
    let inode = try #require(FileStatus(path("victim"))?.inode)
    mkdir(path("shared"), 0o755)
    let home = Place(folder: path("shared"), name: "a.csv")
    let journal = Journal(
      home: home, process: 1, run: 7,
      moves: [
        Journal.Move(place: Place(folder: scratch.path, name: "victim"), suffix: "", size: 8, inode: inode, old: .none)
      ])
    try put(journal.text, at: home.beside(.undo))
    try put("brew.lock/1 1 0000000000000007 a.csv end\n", at: home.beside(.lock))
    let failure = failure { () throws(StorageFailure) in _ = try Staging().open(home.path) }
    #expect(failure == .unclear(home.path, journal: home.beside(.undo)))
    #expect(failure?.message.contains("then remove it") == true)
    #expect(text(path("victim")) == "precious")
    #expect(hidden(scratch.contents()).count == 2)
  }

  // MARK: What a target is

  @Test(
    "Permissions of a file that is replaced are kept, unless the opener names others",
    arguments: [
      (nil, nil, 0o640), (0o604, nil, 0o604), (0o755, nil, 0o755), (nil, 0o600, 0o600), (0o644, 0o600, 0o600),
    ] as [(mode_t?, mode_t?, mode_t)])
  func modes(before: mode_t?, asked: mode_t?, after: mode_t) throws {
    if let before {
      try put("old", at: path("a.csv"))
      chmod(path("a.csv"), before)
    }
    // A new file has what the mask leaves, which other tests share: it is read, not set.
    let mask = try processMask()
    try publish("new", at: "a.csv", mode: asked)
    let expected = before == nil && asked == nil ? 0o666 & ~mask : after
    #expect(FileStatus(path("a.csv"))?.mode == expected)
    #expect(text(path("a.csv")) == "new")
  }

  @Test("The owner of a file that is replaced is kept", .enabled(if: geteuid() == 0))
  func owner() throws {
    try put("old", at: path("a.csv"))
    chown(path("a.csv"), 12345, 54321)
    chmod(path("a.csv"), 0o640)
    try publish("new", at: "a.csv")
    let status = try #require(FileStatus(path("a.csv")))
    #expect(status.user == 12345 && status.group == 54321 && status.mode == 0o640)
  }

  @Test(
    "A link stays, and what it leads to is replaced or made", arguments: ["there.csv", "folder/there.csv", "new.csv"])
  func links(target: String) throws {
    mkdir(path("folder"), 0o755)
    if target != "new.csv" { try put("old", at: path(target)) }
    symlink(target, path("inner"))
    symlink(path("inner"), path("outer"))
    try publish("new", at: "outer")
    #expect(
      scratch.contents().filter { !$0.key.hasSuffix("/") } == [target: "new", "inner": "special", "outer": "special"])
  }

  @Test(
    "What cannot be a target is refused, with the system's reason",
    arguments: [
      ("folder", EISDIR), ("folder/", EISDIR), ("new/", EISDIR), ("", ENOENT), ("nul\u{0}byte", ENOENT),
      ("loop", ELOOP), ("file/below", ENOTDIR), ("folder/..", EISDIR),
      (String(repeating: "n", count: 256), ENAMETOOLONG),
    ])
  func refused(name: String, code: Int32) throws {
    mkdir(path("folder"), 0o755)
    try put("old", at: path("file"))
    symlink("loop", path("loop"))
    let before = scratch.contents()
    let target = name.isEmpty ? "" : path(name)
    let failure = failure { () throws(StorageFailure) in _ = try Staging().open(target) }
    #expect(failure == StorageFailure(.create, target, code: code))
    #expect(scratch.contents() == before)
  }

  @Test("A folder that cannot be written is refused, and so is a file")
  func readOnly() throws {
    var fileSystem = FileSystem.system
    fileSystem.open = { path, flags, mode in
      flags & O_CREAT != 0 ? Int(-EROFS) : FileSystem.system.open(path, flags, mode)
    }
    try put("old", at: path("a.csv"))
    let failure = failure { () throws(StorageFailure) in _ = try Staging(fileSystem).open(path("a.csv")) }
    #expect(failure == StorageFailure(.create, path("a.csv"), code: EROFS))
    #expect(failure?.message == "cannot create \(path("a.csv")): Read-only file system")
    #expect(scratch.contents() == ["a.csv": "old"])
  }

  @Test("A file without write permission is not replaced", .enabled(if: geteuid() != 0, "root may write every file"))
  func writeProtected() throws {
    try put("old", at: path("a.csv"))
    chmod(path("a.csv"), 0o444)
    let failure = failure { () throws(StorageFailure) in _ = try Staging().open(path("a.csv")) }
    #expect(failure == StorageFailure(.create, path("a.csv"), code: EACCES))
    #expect(scratch.contents() == ["a.csv": "old"])
  }

  @Test("Names of any length that the system takes", arguments: [1, 100, 241, 242, 255])
  func longNames(count: Int) throws {
    let name = String(repeating: "n", count: count)
    try publish("new", at: name)
    #expect(scratch.contents() == [name: "new"])
  }

  @Test("A pipe takes its bytes at once, and belongs to no set")
  func pipe() throws {
    mkfifo(path("pipe"), 0o600)
    let reader = open(path("pipe"), O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let staging = Staging()
    let file = try staging.open(path("pipe"))
    try file.write("now")
    #expect(file.stagedPath == nil)
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(read(reader, &bytes, bytes.count) == 3)
    try staging.commit()
    #expect(scratch.contents() == ["pipe": "special"])
  }

  @Test("A device is written as it stands", arguments: ["/dev/null", "null-link"])
  func device(name: String) throws {
    symlink("/dev/null", path("null-link"))
    let before = FileStatus("/dev/null")
    let staging = Staging()
    try staging.open(name.hasPrefix("/") ? name : path(name)).write("away")
    try staging.open(path("a.csv")).write("new")
    try staging.commit()
    #expect(FileStatus("/dev/null")?.inode == before?.inode)
    #expect(FileStatus("/dev/null")?.kind == S_IFCHR)
    #expect(scratch.contents() == ["a.csv": "new", "null-link": "special"])
  }

  @Test("A full device is a clean error")
  func fullDevice() throws {
    let staging = Staging()
    let file = try staging.open("/dev/full")
    let failure = failure { () throws(StorageFailure) in try file.write("more") }
    #expect(failure == StorageFailure(.write, "/dev/full", code: ENOSPC))
  }

  @Test("A descriptor that the process has open is used as it is", arguments: ["/dev/fd/", "/proc/self/fd/"])
  func descriptor(prefix: String) throws {
    try put("before;", at: path("a.csv"))
    let descriptor = open(path("a.csv"), O_WRONLY | O_APPEND)
    let inode = FileStatus(path("a.csv"))?.inode
    symlink("\(prefix)\(descriptor)", path("link"))
    let staging = Staging()
    try staging.open("\(prefix)\(descriptor)").write("one;")
    try staging.open(path("link")).write("two;")
    try staging.commit()
    #expect(fcntl(descriptor, F_GETFD) >= 0)
    close(descriptor)
    #expect(text(path("a.csv")) == "before;one;two;")
    #expect(FileStatus(path("a.csv"))?.inode == inode)
  }
}

/// The process's mask, without setting it.
private func processMask() throws -> mode_t {
  let status = try #require(text("/proc/self/status"))
  let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("Umask:") })
  return try #require(mode_t(line.dropFirst(6).filter { !$0.isWhitespace }, radix: 8))
}
