import Glibc

/// The calls by which files are changed: the system's own, or a caller's that delay, fail or end the process.
///
/// Each answers as the kernel does: a result of 0 or more, or the negated error number.
package struct FileSystem: Sendable {
  package var open: @Sendable (_ path: String, _ flags: Int32, _ mode: mode_t) -> Int
  package var write: @Sendable (_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
  /// Returns once the file's bytes, or the folder's entries, are on the disk.
  package var flush: @Sendable (_ descriptor: Int32) -> Int
  package var close: @Sendable (_ descriptor: Int32) -> Int
  /// Takes the lock of an open file for itself alone, or answers `-EWOULDBLOCK`; it ends with the descriptor.
  package var lock: @Sendable (_ descriptor: Int32) -> Int
  package var truncate: @Sendable (_ descriptor: Int32) -> Int
  /// Gives a file its permissions.
  package var setMode: @Sendable (_ descriptor: Int32, _ mode: mode_t) -> Int
  package var setOwner: @Sendable (_ descriptor: Int32, _ user: uid_t, _ group: gid_t) -> Int
  package var link: @Sendable (_ path: String, _ second: String) -> Int
  package var rename: @Sendable (_ path: String, _ target: String) -> Int
  package var remove: @Sendable (_ path: String) -> Int
  package var makeFolder: @Sendable (_ path: String) -> Int
  package var removeFolder: @Sendable (_ path: String) -> Int

  /// The system's own.
  package static let system = FileSystem(
    open: { path, flags, mode in answer(Int(Glibc.open(path, flags, mode))) },
    write: { descriptor, bytes in
      untilUninterrupted { Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
    },
    flush: { descriptor in untilUninterrupted { Int(fsync(descriptor)) } },
    close: { descriptor in
      // The descriptor is gone even where the call was interrupted.
      let closed = answer(Int(Glibc.close(descriptor)))
      return closed == Int(-EINTR) ? 0 : closed
    },
    lock: { descriptor in untilUninterrupted { lockPatiently(descriptor) } },
    truncate: { descriptor in untilUninterrupted { Int(ftruncate(descriptor, 0)) } },
    setMode: { descriptor, mode in answer(Int(fchmod(descriptor, mode))) },
    setOwner: { descriptor, user, group in answer(Int(fchown(descriptor, user, group))) },
    link: { path, second in answer(Int(Glibc.link(path, second))) },
    rename: { path, target in answer(Int(Glibc.rename(path, target))) },
    remove: { path in answer(Int(unlink(path))) },
    makeFolder: { path in answer(Int(mkdir(path, 0o777))) },
    removeFolder: { path in answer(Int(rmdir(path))) })
}

extension FileSystem {
  /// Hands on what a call answered, unless it is an error.
  @discardableResult
  func check(
    _ answer: Int, _ operation: StorageFailure.Operation, _ path: String
  ) throws(StorageFailure) -> Int {
    guard answer >= 0 else { throw StorageFailure(operation, path, code: Int32(clamping: -answer)) }
    return answer
  }

  /// Writes all of `bytes`, in as many calls as the system wants.
  func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws(StorageFailure) {
    var rest = bytes
    while !rest.isEmpty {
      let written = try check(write(descriptor, rest), .write, path)
      // A device that takes nothing and calls it no error would be asked for ever.
      guard written > 0 else { throw StorageFailure(.write, path, code: EIO) }
      rest = UnsafeRawBufferPointer(rebasing: rest[min(written, rest.count)...])
    }
  }

  /// Makes the entries of a folder last. A folder that cannot be opened for that, or a file system without such a call,
  /// is no error: its files are whole either way.
  func flushFolder(_ path: String) throws(StorageFailure) {
    let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    if opened == Int(-EACCES) { return }
    let descriptor = Int32(try check(opened, .flush, path))
    let flushed = flush(descriptor)
    _ = close(descriptor)
    if flushed == Int(-EINVAL) || flushed == Int(-ENOTSUP) { return }
    try check(flushed, .flush, path)
  }

  /// Creates a small file that is not there yet, whole and on the disk.
  func create(_ path: String, holding text: String) throws(StorageFailure) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let descriptor = Int32(try check(open(path, flags, 0o666), .create, path))
    do throws(StorageFailure) {
      try writeText(text, to: descriptor, path: path)
      try check(flush(descriptor), .flush, path)
    } catch {
      _ = close(descriptor)
      throw error
    }
    try check(close(descriptor), .close, path)
  }

  func writeText(_ text: String, to descriptor: Int32, path: String) throws(StorageFailure) {
    var failure: StorageFailure?
    Array(text.utf8).withUnsafeBytes { bytes in
      do throws(StorageFailure) { try writeAll(bytes, to: descriptor, path: path) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Removes a file if it is there.
  func removeIfPresent(_ path: String) throws(StorageFailure) {
    guard FileStatus(path) != nil else { return }
    let removed = remove(path)
    if removed != Int(-ENOENT) { try check(removed, .remove, path) }
  }
}

private func answer(_ result: Int) -> Int { result < 0 ? -Int(errno) : result }

/// Takes a lock, or finds within some hundredths of a second that another holds it.
///
/// A lock that was just let go is held on for a moment by a child of its process that has forked and not yet become another
/// program, as the child shares all that is open until then.
private func lockPatiently(_ descriptor: Int32) -> Int {
  for _ in 0..<10 {
    let answer = flock(descriptor, LOCK_EX | LOCK_NB)
    if answer == 0 || errno != EWOULDBLOCK { return Int(answer) }
    usleep(5000)
  }
  return Int(flock(descriptor, LOCK_EX | LOCK_NB))
}

private func untilUninterrupted(_ call: () -> Int) -> Int {
  while true {
    let result = answer(call())
    if result != Int(-EINTR) { return result }
  }
}
