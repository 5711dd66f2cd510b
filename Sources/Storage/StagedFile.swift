import Glibc

/// A target of a set of outputs: a file that appears at its place together with the others of its ``Staging``; or, where
/// the target is no file, the pipe or device itself, which takes the bytes at once.
package final class StagedFile: ByteSink {
  /// Where it will be, as its opener said.
  package let path: String
  package private(set) var bytesWritten = 0
  private let fileSystem: FileSystem
  private var descriptor: Int32
  private let closes: Bool
  /// Nil where the bytes are not staged.
  let lock: PlaceLock?
  private let inode: UInt64
  private(set) var fate = Fate.published(suffix: "")

  enum Fate: Equatable {
    case published(suffix: String)
    case dropped
  }

  /// Something that is no file: `descriptor` takes the bytes.
  init(_ path: String, to descriptor: Int32, closes: Bool, _ fileSystem: FileSystem) {
    self.path = path
    self.descriptor = descriptor
    self.closes = closes
    self.fileSystem = fileSystem
    lock = nil
    inode = 0
  }

  /// Creates the file beside its place.
  ///
  /// - Parameter mode: its permissions, before the process's mask; nil keeps owner and permissions of the file that is
  ///   there, as far as the system allows.
  init(_ path: String, under lock: PlaceLock, mode: mode_t?, _ fileSystem: FileSystem) throws(StorageFailure) {
    self.path = path
    self.lock = lock
    self.fileSystem = fileSystem
    closes = true
    let staged = lock.place.beside(.staged)
    let before = mode == nil ? FileStatus(lock.place.path) : nil
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let descriptor = Int32(
      try fileSystem.check(fileSystem.open(staged, flags, mode ?? (before == nil ? 0o666 : 0o600)), .create, path))
    self.descriptor = descriptor
    let status = FileStatus(descriptor: descriptor)
    inode = status?.inode ?? 0
    do throws(StorageFailure) {
      guard let status else { throw StorageFailure(.create, path, code: EIO) }
      guard let before else { return }
      if before.user != status.user || before.group != status.group {
        // Only the superuser may give files away; another's file is then replaced by one's own.
        _ = fileSystem.setOwner(descriptor, before.user, before.group)
      }
      try fileSystem.check(fileSystem.setMode(descriptor, before.mode), .create, path)
    } catch {
      _ = fileSystem.close(descriptor)
      _ = fileSystem.remove(staged)
      throw error
    }
  }

  /// Where its bytes can be read before the set is moved; nil where they are gone for good.
  package var stagedPath: String? { lock?.place.beside(.staged) }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) {
    guard descriptor >= 0 else { throw StorageFailure(.write, path, code: EBADF) }
    try fileSystem.writeAll(bytes, to: descriptor, path: path)
    bytesWritten += bytes.count
  }

  /// Takes it out of the set: what is at its place stays as it is. Bytes that are not staged are out already.
  package func drop() { fate = .dropped }

  /// Publishes it under its name and `suffix`, and leaves what is at its place as it is.
  package func setAside(_ suffix: String) { fate = .published(suffix: suffix) }

  /// Makes sure that the bytes are on the disk, and closes the file.
  func flush() throws(StorageFailure) {
    guard lock != nil, descriptor >= 0 else { return close() }
    try fileSystem.check(fileSystem.flush(descriptor), .flush, path)
    let open = descriptor
    descriptor = -1
    try fileSystem.check(fileSystem.close(open), .close, path)
  }

  /// What brings the flushed file to its place; nil where nothing does.
  ///
  /// The file that is there now gets a second name, so that the set can be moved back.
  func move() throws(StorageFailure) -> Journal.Move? {
    guard let lock, case .published(let suffix) = fate else { return nil }
    let staged = FileStatus(lock.place.beside(.staged))
    guard lock.isHeld, let staged, staged.inode == inode, staged.size == bytesWritten else {
      throw StorageFailure(.move, path, code: ESTALE)
    }
    let target = lock.place.path + suffix
    let kept = fileSystem.link(target, lock.place.beside(.old))
    let old: Journal.Old
    switch Int32(clamping: -kept) {
    case ENOENT: old = .none
    case EPERM, EMLINK, ENOTSUP, ENOSYS: old = .lost
    default:
      try fileSystem.check(kept, .keep, target)
      old = .kept
    }
    return Journal.Move(place: lock.place, suffix: suffix, size: staged.size, inode: inode, old: old)
  }

  /// Removes what is staged, and keeps the lock.
  func clear() {
    close()
    guard let place = lock?.place, FileStatus(place.beside(.staged))?.inode == inode else { return }
    _ = fileSystem.remove(place.beside(.staged))
  }

  func close() {
    if descriptor >= 0, closes { _ = fileSystem.close(descriptor) }
    descriptor = -1
  }
}
