import Glibc
import Storage
import Synchronization

/// Where a block lies in a ``SpillFile``.
package struct SpillExtent: Sendable {
  package let offset: Int
  package let count: Int
}

/// Blocks of bytes that found no room in memory. The file has lost its name as soon as it is open, so that nothing of it
/// is left behind however the process ends. Blocks may be added and read by several threads at once.
package final class SpillFile: Sendable {
  private let descriptor: Int32
  private let path: String
  private let folder: TemporaryFolder
  private let end = Atomic<Int>(0)

  init(_ name: String, in folder: TemporaryFolder) throws(StorageFailure) {
    self.folder = folder
    path = "\(folder.path)/\(name)"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw StorageFailure(.create, path, code: errno) }
    unlink(path)
  }

  deinit { close(descriptor) }

  /// Bytes in the file.
  package var bytesWritten: Int { end.load(ordering: .relaxed) }

  /// Adds a block at the end. On failure, a full disk among them, the block is not there.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) -> SpillExtent {
    guard folder.claim(bytes.count) else { throw StorageFailure(.write, path, code: ENOSPC) }
    let extent = SpillExtent(offset: end.add(bytes.count, ordering: .relaxed).oldValue, count: bytes.count)
    var done = 0
    while done < extent.count, let base = bytes.baseAddress {
      let written = pwrite(descriptor, base + done, extent.count - done, off_t(extent.offset + done))
      if written > 0 {
        done += written
      } else if written == 0 || errno != EINTR {
        throw StorageFailure(.write, path, code: written == 0 ? ENOSPC : errno)
      }
    }
    return extent
  }

  /// Reads `count` bytes from `start` of a block into memory that has room for them.
  package func read(
    _ extent: SpillExtent, from start: Int = 0, count: Int, into target: UnsafeMutableRawPointer
  ) throws(StorageFailure) {
    precondition(start >= 0 && count >= 0 && start + count <= extent.count)
    var done = 0
    while done < count {
      let got = pread(descriptor, target + done, count - done, off_t(extent.offset + start + done))
      if got > 0 {
        done += got
      } else if got == 0 || errno != EINTR {
        throw StorageFailure(.read, path, code: got == 0 ? EIO : errno)
      }
    }
  }

  func read(_ extent: SpillExtent, into target: UnsafeMutableRawPointer) throws(StorageFailure) {
    try read(extent, count: extent.count, into: target)
  }
}
