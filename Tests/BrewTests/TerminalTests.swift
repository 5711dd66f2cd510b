import Glibc
import Testing
import Trials

/// What people see of a run that takes its time, on a terminal and elsewhere.
@Suite struct TerminalTests {
  @Test func progressIsShownOnATerminal() throws {
    let terminal = try Terminal()
    let folder = try Grades.folder()
    let result = try Self.slowRun(errors: terminal.path, in: folder)
    #expect(result.status == 0)
    let said = terminal.read()
    // Each line is drawn over the one before; the last is taken away before the summary.
    let drawn = said.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: false)
    #expect(drawn.count > 2)
    #expect(drawn.dropFirst().dropLast().allSatisfy { $0.contains(" rows   ") && $0.contains(" bytes") })
    #expect(drawn.last?.contains("accepted") == true)
  }

  @Test func aPipeIsLeftAlone() throws {
    let folder = try Grades.folder()
    #expect(try Self.slowRun(errors: "said", in: folder).status == 0)
    let said = try #require(folder.text("said"))
    #expect(said.contains("accepted"))
    #expect(!said.contains("\r") && !said.contains("\u{1B}"))
  }

  /// A run whose input takes a second to come.
  private static func slowRun(errors: String, in folder: Folder) throws -> Command.Result {
    let script = """
      mkfifo pipe
      (cat data/grades.csv; sleep 1) > pipe &
      exec "$0" apply recipes/grades.yaml --input pipe 2> "$1"
      """
    return try Command.run(["sh", "-c", script, Command.binary, errors], in: folder.path)
  }
}

/// A terminal of our own: what is written to its path can be read here.
private struct Terminal: ~Copyable {
  private let descriptor: Int32
  let path: String

  init() throws {
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(descriptor >= 0)
    var lock: Int32 = 0
    try #require(ioctl(descriptor, Self.setLock, &lock) == 0)
    var number: UInt32 = 0
    try #require(ioctl(descriptor, Self.getNumber, &number) == 0)
    path = "/dev/pts/\(number)"
  }

  // TIOCSPTLCK and TIOCGPTN of asm-generic/ioctls.h, whose macros Swift does not see.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  deinit { close(descriptor) }

  /// What was written so far.
  borrowing func read() -> String {
    var said: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      said += buffer.prefix(count)
    }
    return String(decoding: said, as: UTF8.self)
  }
}
