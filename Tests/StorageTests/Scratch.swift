import Glibc
import Testing

@testable import Storage

/// A folder of a test's own, gone when the test is.
final class Scratch {
  /// Thousands of small files are made and removed in it: in memory where the system has such a place.
  static let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"

  let path: String

  init(in folder: String = Scratch.folder) throws {
    var template = Array("\(folder)/brew-storage-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let made = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let whole = try #require(realpath(made, nil))
    defer { free(whole) }
    path = String(cString: whole)
  }

  deinit { clear(path, keepsFolder: false) }

  func empty() { clear(path, keepsFolder: true) }

  /// All files below, hidden ones too, with what they hold; links with where they lead; folders end in `/`.
  func contents() -> [String: String] {
    var found: [String: String] = [:]
    gather(path, "", &found)
    return found
  }

  private func gather(_ folder: String, _ prefix: String, _ found: inout [String: String]) {
    for name in entries(folder) {
      let path = "\(folder)/\(name)"
      switch FileStatus(path)?.kind {
      case S_IFDIR:
        found[prefix + name + "/"] = ""
        gather(path, prefix + name + "/", &found)
      case S_IFREG: found[prefix + name] = text(path)
      default: found[prefix + name] = "special"
      }
    }
  }

  private func clear(_ folder: String, keepsFolder: Bool) {
    for name in entries(folder) {
      let path = "\(folder)/\(name)"
      if FileStatus(path)?.kind == S_IFDIR { clear(path, keepsFolder: false) } else { unlink(path) }
    }
    if !keepsFolder { rmdir(folder) }
  }
}

func entries(_ folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// What a file holds; nil where there is none.
func text(_ path: String) -> String? {
  do throws(StorageFailure) { return String(decoding: try readFile(path), as: UTF8.self) } catch { return nil }
}

/// Makes a file without the code under test.
func put(_ text: String, at path: String) throws {
  let file = try #require(fopen(path, "wb"))
  defer { fclose(file) }
  try #require(fwrite(Array(text.utf8), 1, text.utf8.count, file) == text.utf8.count)
}

extension ByteSink {
  func write(_ text: String) throws(StorageFailure) {
    var failure: StorageFailure?
    Array(text.utf8).withUnsafeBytes { bytes in
      do throws(StorageFailure) { try write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

/// The failure of a call that is to fail.
func failure(_ body: () throws(StorageFailure) -> Void) -> StorageFailure? {
  do throws(StorageFailure) {
    try body()
    return nil
  } catch {
    return error
  }
}
