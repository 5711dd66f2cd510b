import Glibc
import Spill
import Storage
import Testing

@testable import Formats

/// Inputs that can be read only once, or are not what they were.
@Suite struct InputContentTests {
  private let text = (0..<200_000).flatMap { Array("\($0),some text\n".utf8) }

  /// Whatever writes `file` to `path`, a pipe, while this process reads it.
  private func feed(_ path: String, from file: String) throws -> pid_t {
    var process: pid_t = 0
    let command = ["sh", "-c", "cat \"$0\" > \"$1\"", file, path]
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    words.append(nil)
    defer { words.forEach { free($0) } }
    try #require(posix_spawnp(&process, "sh", nil, nil, words, environ) == 0)
    return process
  }

  @Test(arguments: [1, 2, 3]) func `a named pipe is looked at, and then read as often as was said`(
    _ readings: Int
  ) throws {
    let folder = try Python.temporaryFolder()
    defer { Python.removeFolder(folder) }
    try write(text, to: "\(folder)/text")
    let pipe = "\(folder)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let writer = try feed(pipe, from: "\(folder)/text")
    let temporary = try TemporaryFolder(in: folder)
    let content = try InputContent(path: pipe, encoding: .utf8)
    #expect(content.isFleeting && !content.isVerbatim)
    for _ in 0..<2 {
      let reader = try CSVReader(content.look(), CSVDialect())
      #expect(reader.header?.fields == ["0", "some text"])
    }
    content.prepare(readings: readings, spool: Spool { () throws(StorageFailure) in temporary })
    for reading in 1...readings {
      #expect(try readAll(content.open(), count: 1 << 16) == text, "reading \(reading)")
      #expect((temporary.bytesSpilled > 0) == (readings > 1))
    }
    let again = try content.open()
    if readings == 1 { #expect(throws: InputFailure.alreadyRead(path: pipe)) { try readAll(again, count: 1 << 16) } }
    var status: Int32 = 0
    waitpid(writer, &status, 0)
    #expect(status == 0)
    #expect(try Python.names(in: temporary.path) == ["lock"])
  }

  @Test func `a reading that stops early is gone on with by the next`() throws {
    let folder = try Python.temporaryFolder()
    defer { Python.removeFolder(folder) }
    let path = "\(folder)/text.gz"
    let packed = MemorySink()
    let sink = try CompressedSink(.gzip, to: packed)
    try text.withUnsafeBytes { try sink.write($0) }
    try sink.finish()
    try write(packed.bytes, to: path)
    let temporary = try TemporaryFolder(in: folder)
    let content = try InputContent(path: path, encoding: .utf8)
    #expect(!content.isFleeting && content.compression == .gzip)
    content.prepare(readings: 3, spool: Spool { () throws(StorageFailure) in temporary })
    for taken in [100, 1_500_000, text.count] {
      var source = try content.open()
      var found: [UInt8] = []
      var block = [UInt8](repeating: 0, count: 50_000)
      while found.count < taken {
        let got = try block.withUnsafeMutableBytes { raw in
          try raw.baseAddress.map { try source.read(into: $0, count: raw.count) } ?? 0
        }
        try #require(got > 0)
        found += block[..<got]
      }
      #expect(found == Array(text.prefix(found.count)))
    }
    #expect(temporary.bytesSpilled > 0 && temporary.bytesSpilled < text.count)
  }

  @Test func `no room for what has to be kept is a failure of its own`() throws {
    let folder = try Python.temporaryFolder()
    defer { Python.removeFolder(folder) }
    try write(text, to: "\(folder)/text")
    let pipe = "\(folder)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let writer = try feed(pipe, from: "\(folder)/text")
    let temporary = try TemporaryFolder(in: folder, limit: 1 << 20)
    let content = try InputContent(path: pipe, encoding: .utf8)
    content.prepare(readings: 2, spool: Spool { () throws(StorageFailure) in temporary })
    #expect(throws: InputFailure.cannotKeep(path: pipe, errno: ENOSPC)) { try readAll(content.open(), count: 1 << 16) }
    kill(writer, SIGTERM)
    var status: Int32 = 0
    waitpid(writer, &status, 0)
  }

  enum Change: CaseIterable {
    case appended, truncated, rewritten, replaced, removed

    func make(_ path: String, _ text: [UInt8]) throws {
      switch self {
      case .appended: try write(text + text, to: path)
      case .truncated: try #require(truncate(path, off_t(text.count / 2)) == 0)
      case .rewritten:
        var times = [timespec(tv_sec: 1_000_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000_000, tv_nsec: 0)]
        try write(text.map { $0 == 10 ? 10 : 65 }, to: path)
        try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
      case .replaced:
        var info = stat()
        try #require(stat(path, &info) == 0)
        try write(text, to: path + ".new")
        var times = [info.st_atim, info.st_mtim]
        try #require(utimensat(AT_FDCWD, path + ".new", &times, 0) == 0)
        try #require(rename(path + ".new", path) == 0)
      case .removed: try #require(unlink(path) == 0)
      }
    }
  }

  @Test(arguments: Change.allCases) func `a file that changes while it is read is not taken for whole`(
    _ change: Change
  ) throws {
    let path = try Python.temporaryPath()
    defer { unlink(path) }
    let text = Array(text.prefix(300_000))
    try write(text, to: path)
    #expect(try readAll(FileByteSource(path: path), count: 1 << 16) == text)
    var source = try FileByteSource(path: path)
    var block = [UInt8](repeating: 0, count: 1000)
    let got = try block.withUnsafeMutableBytes { try source.read(into: try #require($0.baseAddress), count: 1000) }
    #expect(got == 1000)
    try change.make(path, text)
    #expect(throws: InputFailure.changed(path: path)) { try readAll(source, count: 1 << 16) }
  }

  @Test func `a file that changed since it was looked at is not read`() throws {
    let path = try Python.temporaryPath()
    defer { unlink(path) }
    try write(Array("a\n1\n".utf8), to: path)
    let content = try InputContent(path: path, encoding: .utf8)
    try write(Array("a\n1\n2\n".utf8), to: path)
    #expect(throws: InputFailure.changed(path: path)) { try content.open() }
  }

  @Test func `a folder is no input`() {
    #expect(throws: InputFailure.cannotRead(path: "/tmp", errno: EISDIR)) {
      try InputContent(path: "/tmp", encoding: .utf8)
    }
  }
}
