import Glibc

/// A file that appears under its name only when it is whole: it is written beside its place, flushed, then moved.
package final class StagedFile: ByteSink {
  /// Where it will be.
  package let path: String
  package let stagedPath: String
  private var descriptor: Int32
  private var isSettled = false
  package private(set) var bytesWritten = 0

  /// Creates the file beside its place, and the folders on the way there.
  ///
  /// - Parameter mode: its permissions, before the process's mask.
  package init(_ path: String, mode: mode_t = 0o666) throws(StorageFailure) {
    self.path = path
    try makeFolders(for: path)
    stagedPath = "\(path).brew-\(getpid()).tmp"
    unlink(stagedPath)
    descriptor = open(stagedPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
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
    guard fsync(descriptor) == 0 else { throw StorageFailure(.flush, path, code: errno) }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw StorageFailure(.close, path, code: errno) }
  }

  /// Moves the flushed file to its place, or to another name.
  package func publish(as other: String? = nil) throws(StorageFailure) {
    let target = other ?? path
    guard rename(stagedPath, target) == 0 else { throw StorageFailure(.move, target, code: errno) }
    isSettled = true
    flushFolder(of: target)
  }

  /// Leaves no trace of it. After `publish` does nothing.
  package func discard() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
    guard !isSettled else { return }
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

/// The folder that a path lies in; `.` for a bare name.
package func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// A path as a document means it: from the folder of the document, unless it is absolute.
package func resolve(_ path: String, besides document: String) -> String {
  if path.hasPrefix("/") || path == "-" { return path }
  let base = folder(of: document)
  return base == "." ? path : "\(base)/\(path)"
}

private func makeFolders(for path: String) throws(StorageFailure) {
  let target = folder(of: path)
  guard target != ".", target != "/", access(target, F_OK) != 0 else { return }
  try makeFolders(for: target)
  guard mkdir(target, 0o777) == 0 || errno == EEXIST else { throw StorageFailure(.create, target, code: errno) }
}
