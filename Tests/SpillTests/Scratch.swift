import Glibc
import Storage

/// A folder for one test, gone with it.
final class Scratch {
  let path: String

  init() throws(StorageFailure) {
    path = "/tmp/brew-spill-tests.\(getpid()).\(UInt64.random(in: .min ... .max))"
    guard mkdir(path, 0o700) == 0 else { throw StorageFailure(.create, path, code: errno) }
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    for name in names(in: path) { remove("\(path)/\(name)") }
    if unlink(path) != 0 { rmdir(path) }
  }

  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var result: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { result.append(name) }
    }
    return result.sorted()
  }

  var names: [String] { Self.names(in: path) }

  /// Writes a file and the folders on the way to it.
  func write(_ name: String, _ text: String) throws(StorageFailure) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o700)
    }
    guard let file = fopen("\(path)/\(name)", "w") else { throw StorageFailure(.create, name, code: errno) }
    fputs(text, file)
    guard fclose(file) == 0 else { throw StorageFailure(.close, name, code: errno) }
  }
}
