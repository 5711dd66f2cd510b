import Glibc
import Testing

/// Runs one of the oracles beside the tests, and hands its output over as lines.
enum Python {
  static let tests = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex)) + "/.."

  static func lines(of script: String, _ arguments: [String]) throws -> [Substring] {
    let output = try temporaryPath()
    defer { unlink(output) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var words: [UnsafeMutablePointer<CChar>?] = (["python3", "\(tests)/oracles/\(script)"] + arguments).map {
      strdup($0)
    }
    words.append(nil)
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    try #require(posix_spawnp(&process, "python3", &actions, nil, words, environ) == 0)
    var status: Int32 = 0
    try #require(waitpid(process, &status, 0) == process)
    try #require(status == 0)
    return String(decoding: try contents(output), as: UTF8.self).split(separator: "\n")
  }

  /// A new folder.
  static func temporaryFolder() throws -> String {
    var template = Array("/tmp/brew-formats-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The names in a folder, sorted.
  static func names(in path: String) throws -> [String] {
    let folder = try #require(opendir(path))
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a folder and the files in it.
  static func removeFolder(_ path: String) {
    for name in (try? names(in: path)) ?? [] { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// The path of a new, empty file.
  static func temporaryPath() throws -> String {
    var template = Array("/tmp/brew-formats-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    try #require(descriptor >= 0)
    close(descriptor)
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

func contents(_ path: String) throws -> [UInt8] {
  let file = try #require(fopen(path, "rb"))
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let got = fread(&block, 1, block.count, file)
    if got == 0 { return bytes }
    bytes += block[..<got]
  }
}

func write(_ bytes: [UInt8], to path: String) throws {
  let file = try #require(fopen(path, "wb"))
  defer { fclose(file) }
  try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
}
