import Glibc
import Storage
import Testing

@testable import Spill

@Suite struct TemporaryFolderTests {
  @Test func isPrivateAndGoesAway() throws {
    let scratch = try Scratch()
    do {
      let folder = try TemporaryFolder(in: scratch.path)
      let name = try #require(scratch.names.first)
      #expect(name.hasPrefix("brew-\(getpid())-"))
      var info = stat()
      #expect(lstat(folder.path, &info) == 0)
      #expect(info.st_mode & 0o777 == 0o700)
    }
    #expect(scratch.names == [])
  }

  @Test func removingTwiceRemovesOnce() throws {
    let scratch = try Scratch()
    let folder = try TemporaryFolder(in: scratch.path)
    folder.remove()
    folder.remove()
    #expect(scratch.names == [])
  }

  @Test func spillFilesHaveNoName() throws {
    let scratch = try Scratch()
    let folder = try TemporaryFolder(in: scratch.path)
    let file = try folder.makeFile()
    let extent = try append([UInt8]("hello".utf8), to: file)
    #expect(Scratch.names(in: folder.path) == ["lock"])
    folder.remove()
    let read = UnsafeMutableRawBufferPointer.allocate(byteCount: 3, alignment: 1)
    defer { read.deallocate() }
    try file.read(extent, from: 1, count: 3, into: #require(read.baseAddress))
    #expect(String(decoding: read, as: UTF8.self) == "ell")
    #expect(file.bytesWritten == 5)
    #expect(folder.bytesSpilled == 5)
  }

  @Test func aMissingParentIsAnError() throws {
    let failure = #expect(throws: StorageFailure.self) { try TemporaryFolder(in: "/nowhere/at/all") }
    #expect(failure?.code == ENOENT)
  }

  @Test func sweepsDeadFoldersOnly() throws {
    let scratch = try Scratch()
    let living = try TemporaryFolder(in: scratch.path)
    try scratch.write("brew-123-abc/lock", "")
    try scratch.write("brew-123-abc/spill-1", "left behind")
    // Not ours by name, by kind or by age.
    try scratch.write("brew-123-xyz/lock", "")
    try scratch.write("brew--abc/lock", "")
    try scratch.write("other/lock", "")
    try scratch.write("brew-77-77", "a file")
    try scratch.write("brew-5-5/young", "")
    symlink("\(scratch.path)/other", "\(scratch.path)/brew-8-8")
    #expect(TemporaryFolder.sweep(in: scratch.path) == ["\(scratch.path)/brew-123-abc"])
    let name = try #require(living.path.split(separator: "/").last.map(String.init))
    let left = ["brew--abc", "brew-123-xyz", "brew-5-5", "brew-77-77", "brew-8-8", "other", name]
    #expect(scratch.names == left.sorted())
    #expect(TemporaryFolder.sweep(in: scratch.path, age: 0) == ["\(scratch.path)/brew-5-5"])
    #expect(Scratch.names(in: living.path) == ["lock"])
    #expect(Scratch.names(in: "\(scratch.path)/other") == ["lock"])
  }

  /// A process that holds a folder's lock, before and after it is killed.
  @Test func sweepsAfterAKilledProcess() throws {
    let scratch = try Scratch()
    try scratch.write("brew-1-1/lock", "")
    let script = """
      import fcntl, time
      lock = open('\(scratch.path)/brew-1-1/lock'); fcntl.flock(lock, fcntl.LOCK_EX)
      open('\(scratch.path)/ready', 'w'); time.sleep(60)
      """
    var process = pid_t()
    let words: [String] = ["python3", "-c", script]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    let started = posix_spawnp(&process, "python3", nil, nil, &arguments, environ)
    try #require(started == 0)
    var waits = 0
    while access("\(scratch.path)/ready", F_OK) != 0, waits < 1000 {
      usleep(10_000)
      waits += 1
    }
    #expect(TemporaryFolder.sweep(in: scratch.path) == [])
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    #expect(TemporaryFolder.sweep(in: scratch.path) == ["\(scratch.path)/brew-1-1"])
    #expect(scratch.names == ["ready"])
  }

  /// The system's own limit, in a process of its own: it is the whole process's.
  @Test func theSystemsLimitIsAnError() async {
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let scratch = try Scratch()
      let folder = try TemporaryFolder(in: scratch.path)
      let file = try folder.makeFile()
      let failure = #expect(throws: StorageFailure.self) {
        try append([UInt8](repeating: 1, count: 5000), to: file)
      }
      #expect(failure?.code == EFBIG)
    }
  }
}

@discardableResult
private func append(_ bytes: [UInt8], to file: SpillFile) throws(StorageFailure) -> SpillExtent {
  let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
  defer { copy.deallocate() }
  copy.copyBytes(from: bytes)
  return try file.append(UnsafeRawBufferPointer(copy))
}
