import Glibc

/// A file that appears under its name only when it is whole: it is written beside its place, flushed, then moved.
///
/// What is there and is no ordinary file, such as a pipe or a device, cannot be replaced and is written to as it stands.
package final class StagedFile: ByteSink {
  /// Where it will be.
  package let path: String
  package let stagedPath: String
  private let replaces: Bool
  private var descriptor: Int32
  private var isSettled = false
  package private(set) var bytesWritten = 0

  /// Creates the file beside its place, and the folders on the way there.
  ///
  /// - Parameter mode: its permissions, before the process's mask.
  package init(_ path: String, mode: mode_t = 0o666) throws(StorageFailure) {
    self.path = path
    let existing = FileInfo(path)
    if existing?.isFolder == true { throw StorageFailure(.create, path, code: EISDIR) }
    replaces = existing?.isRegular ?? true
    if replaces {
      try makeFolders(for: path)
      stagedPath = "\(path).brew-\(getpid()).tmp"
      unlink(stagedPath)
      descriptor = open(stagedPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    } else {
      stagedPath = path
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { throw StorageFailure(.create, path, code: errno) }
  }

  deinit { discard() }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) {
    try writeAll(bytes, to: descriptor, path: path)
    bytesWritten += bytes.count
  }

  /// Makes sure that the bytes are on the disk and closes the file.
  package func flush() throws(StorageFailure) {
    guard descriptor >= 0 else { return }
    guard !replaces || fsync(descriptor) == 0 else { throw StorageFailure(.flush, path, code: errno) }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw StorageFailure(.close, path, code: errno) }
  }

  /// Moves the flushed file to its place, or to another name.
  package func publish(as other: String? = nil) throws(StorageFailure) {
    guard replaces else { return }
    let target = other ?? path
    guard rename(stagedPath, target) == 0 else { throw StorageFailure(.move, target, code: errno) }
    isSettled = true
    flushFolder(of: target)
  }

  /// Leaves no trace of it. After `publish` does nothing.
  package func discard() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
    guard replaces, !isSettled else { return }
    isSettled = true
    unlink(stagedPath)
  }

  /// Makes the move itself last. Not all file systems can; the file is whole either way.
  private func flushFolder(of target: String) {
    let folder = open(folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }
}

private func makeFolders(for path: String) throws(StorageFailure) {
  let target = folder(of: path)
  guard target != ".", target != "/", access(target, F_OK) != 0 else { return }
  try makeFolders(for: target)
  guard mkdir(target, 0o777) == 0 || errno == EEXIST else { throw StorageFailure(.create, target, code: errno) }
}
