import Glibc
import Testing
import Trials

/// The command as people start it: the built binary in a process of its own.
enum Command {
  struct Result: Sendable {
    /// The exit status; nil where a signal ended it.
    let status: Int32?
    let out: String
    let error: String

    var json: Value? { Value(out.utf8) }
  }

  /// `BREW_BINARY`, or the one that was built beside the tests.
  static let binary: String = {
    if let given = getenv("BREW_BINARY") { return String(cString: given) }
    var path = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &path, path.count - 1)
    let tests = String(decoding: path.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    return String(tests.prefix(upTo: tests.lastIndex(of: "/") ?? tests.endIndex)) + "/brew"
  }()

  /// The folder of the package.
  static let package: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// Runs `brew` with a folder as its working directory, and waits for its end.
  ///
  /// - Parameter environment: beside the process's own.
  @discardableResult
  static func brew(
    _ arguments: String..., in folder: Folder, environment: [String] = []
  ) throws -> Result {
    try run([binary] + arguments, in: folder.path, environment: environment)
  }

  static func run(_ words: [String], in folder: String, environment: [String] = []) throws -> Result {
    let running = try Running(words, in: folder, environment: environment)
    return try running.finish()
  }
}

/// A process that was started, its output going to files.
final class Running {
  let process: pid_t
  private let streams: Folder

  init(_ words: [String], in folder: String, environment added: [String] = [], output: Int32? = nil) throws {
    streams = try Folder()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, streams["out"], flags, 0o600)
    }
    posix_spawn_file_actions_addopen(&actions, 2, streams["error"], flags, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A shell that runs the tests in the background has them ignore SIGINT.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let names = added.map { $0.prefix { $0 != "=" } }
    let kept = Running.environment.filter { line in
      !names.contains(line.prefix { $0 != "=" }) && !line.hasPrefix("NO_COLOR=") && !line.hasPrefix("TERM=")
    }
    var arguments = (["env", "-C", folder] + words).map { strdup($0) } + [nil]
    var variables = (kept + added).map { strdup($0) } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var process: pid_t = 0
    try #require(posix_spawnp(&process, "env", &actions, &attributes, &arguments, &variables) == 0)
    self.process = process
  }

  private static var environment: [String] {
    var lines: [String] = []
    var next = environ
    while let line = next.pointee {
      lines.append(String(cString: line))
      next += 1
    }
    return lines
  }

  func send(_ signal: Int32) { kill(process, signal) }

  /// Waits for its end, for a minute at most.
  func finish() throws -> Command.Result {
    var status: Int32 = 0
    var waited = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      usleep(2000)
      waited += 1
      if waited == 30_000 { kill(process, SIGKILL) }
    }
    let exited = status & 0x7F == 0
    let out = String(decoding: readBytes(streams["out"]) ?? [], as: UTF8.self)
    let error = String(decoding: readBytes(streams["error"]) ?? [], as: UTF8.self)
    return Command.Result(status: exited ? (status >> 8) & 0xFF : nil, out: out, error: error)
  }
}

/// Waits until something holds, for 20 seconds at most.
func eventually(_ condition: () -> Bool) -> Bool {
  for _ in 0..<10_000 {
    if condition() { return true }
    usleep(2000)
  }
  return false
}

extension Folder {
  func text(_ name: String) -> String? { read(name).map { String(decoding: $0, as: UTF8.self) } }

  func makeFolder(_ name: String) { mkdir(self[name], 0o777) }

  /// The names of all files below it, sorted.
  func allNames(_ below: String = "") -> [String] {
    let place = below.isEmpty ? path : self[below]
    guard let folder = opendir(place) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name != ".", name != ".." else { continue }
      let relative = below.isEmpty ? name : "\(below)/\(name)"
      var info = stat()
      guard lstat(self[relative], &info) == 0 else { continue }
      names += info.st_mode & S_IFMT == S_IFDIR ? allNames(relative) : [relative]
    }
    return names.sorted()
  }
}
