import Glibc
import Storage
import Synchronization

/// A folder of one run's temporary files, `brew-PID-RANDOM`, for its owner alone. It holds a lock while the run lives, by
/// which a later run knows it from the folder of one that was killed.
package final class TemporaryFolder: Sendable {
  package let path: String
  /// Bytes that may be written to all its files together.
  package let limit: Int
  private let lock: Atomic<Int32>
  private let claimed = Atomic<Int>(0)
  private let files = Atomic<Int>(0)

  static let lockName = "lock"

  /// Makes a folder.
  ///
  /// - Parameters:
  ///   - parent: an existing folder.
  ///   - limit: bytes from which on the disk counts as full.
  package init(in parent: String = "/tmp", limit: Int = .max) throws(StorageFailure) {
    var attempt: (path: String, lock: Int32)?
    // A name may be taken, and a sweep may have caught the folder before it was locked; neither happens twice.
    for _ in 0..<16 where attempt == nil { attempt = try Self.attempt(in: parent) }
    guard let attempt else { throw StorageFailure(.create, parent, code: EEXIST) }
    path = attempt.path
    lock = Atomic(attempt.lock)
    self.limit = limit
  }

  private static func attempt(in parent: String) throws(StorageFailure) -> (path: String, lock: Int32)? {
    let random = String(UInt64.random(in: .min ... .max), radix: 16)
    let path = "\(parent)/brew-\(getpid())-\(random)"
    guard mkdir(path, 0o700) == 0 else {
      if errno == EEXIST { return nil }
      throw StorageFailure(.create, path, code: errno)
    }
    let descriptor = open("\(path)/\(lockName)", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if descriptor < 0 {
      if errno == ENOENT { return nil }
      let code = errno
      rmdir(path)
      throw StorageFailure(.create, path, code: code)
    }
    var info = stat()
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &info) == 0, info.st_nlink > 0 {
      return (path, descriptor)
    }
    close(descriptor)
    return nil
  }

  deinit { remove() }

  /// Removes the folder with all that is in it. Files that are still open keep their bytes until they are closed.
  package func remove() {
    let descriptor = lock.exchange(-1, ordering: .relaxed)
    guard descriptor >= 0 else { return }
    Self.empty(path)
    close(descriptor)
  }

  /// A new file for blocks that find no room in memory.
  package func makeFile() throws(StorageFailure) -> SpillFile {
    try SpillFile("spill-\(files.add(1, ordering: .relaxed).newValue)", in: self)
  }

  /// Bytes written to all files so far.
  package var bytesSpilled: Int { claimed.load(ordering: .relaxed) }

  /// Counts bytes about to be written; false where they would pass the limit.
  func claim(_ bytes: Int) -> Bool {
    let (before, after) = claimed.add(bytes, ordering: .relaxed)
    if before <= limit, after <= limit { return true }
    claimed.subtract(bytes, ordering: .relaxed)
    return false
  }

  /// Removes a folder's files, the lock last, and the folder.
  private static func empty(_ path: String) {
    for name in names(in: path) where name != lockName { unlink("\(path)/\(name)") }
    unlink("\(path)/\(lockName)")
    rmdir(path)
  }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var result: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { result.append(name) }
    }
    return result
  }
}

extension TemporaryFolder {
  /// Removes the folders of runs that ended without removing theirs: those of the same user whose lock nobody holds.
  ///
  /// - Parameter age: seconds after which a folder without a lock belongs to nobody; a younger one may be just made.
  /// - Returns: the paths of the removed folders, sorted.
  @discardableResult
  package static func sweep(in parent: String = "/tmp", age: Int = 60) -> [String] {
    var removed: [String] = []
    for name in names(in: parent) where isFolderName(name) {
      let path = "\(parent)/\(name)"
      var info = stat()
      guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR, info.st_uid == geteuid() else { continue }
      let lock = open("\(path)/\(lockName)", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      if lock >= 0 {
        if flock(lock, LOCK_EX | LOCK_NB) == 0 { empty(path) }
        close(lock)
      } else if errno == ENOENT, time(nil) - info.st_mtim.tv_sec >= age {
        empty(path)
      }
      if access(path, F_OK) != 0 { removed.append(path) }
    }
    return removed.sorted()
  }

  /// `brew-PID-RANDOM`
  private static func isFolderName(_ name: String) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "brew", let process = Int32(parts[1]), process > 0 else { return false }
    return UInt64(parts[2], radix: 16) != nil
  }
}
