import Glibc
import Testing

@testable import Storage

/// The program as people run it, beside the test binary or where `BREW_BINARY` says.
enum Program {
  static let path: String? = {
    if let named = getenv("BREW_BINARY") { return String(cString: named) }
    guard let tests = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(tests) }
    let beside = folder(of: String(cString: tests)) + "/brew"
    return access(beside, X_OK) == 0 ? beside : nil
  }()

  /// The library that goes before the system's own and fails its calls; nil where there is no C compiler.
  static let faults: String? = {
    let shims = folder(of: folder(of: #filePath)) + "/shims/faults.c"
    var template = Array("/tmp/brew-faults-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return nil }
    close(descriptor)
    let library = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    atexit { Program.faults.map { _ = unlink($0) } }
    let compiler = try? Running("cc", ["-O1", "-shared", "-fPIC", "-o", library, shims]).end()
    return compiler?.status == 0 ? library : nil
  }()
}

/// A process that was started, and what it has said when it ended.
struct Running {
  struct End {
    /// Nil where a signal ended it.
    let status: Int32?
    /// In one line, however it was filled.
    let errors: String
  }

  let process: pid_t
  private let errors: String

  init(_ program: String, _ arguments: [String], environment: [String] = []) throws {
    var template = Array("/tmp/brew-said-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    try #require(descriptor >= 0)
    close(descriptor)
    errors = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_TRUNC, 0)
    let words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    let inherited = ["PATH", "LD_LIBRARY_PATH"].compactMap { (name: String) -> String? in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    }
    let variables: [UnsafeMutablePointer<CChar>?] = (inherited + environment).map { strdup($0) } + [nil]
    defer { variables.forEach { free($0) } }
    var process: pid_t = 0
    try #require(posix_spawnp(&process, program, &actions, nil, words, variables) == 0)
    self.process = process
  }

  func end() throws -> End {
    var status: Int32 = 0
    try #require(waitpid(process, &status, 0) == process)
    defer { unlink(errors) }
    let words = (text(errors) ?? "").split(whereSeparator: \.isWhitespace)
    return End(status: status & 0x7F == 0 ? (status >> 8) & 0xFF : nil, errors: words.joined(separator: " "))
  }
}
