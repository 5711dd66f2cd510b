import Glibc

/// What the system knows of a file.
package struct FileInfo: Sendable, Hashable {
  package let size: Int
  /// Microseconds since the epoch.
  package let modified: Int64
  package let isFolder: Bool
  package let isRegular: Bool
  /// Which file it is, whatever its name: the numbers of the device and of the file on it.
  package let device: UInt64
  package let number: UInt64

  /// Nil, with the system's error number in `errno`, where there is no such file.
  package init?(_ path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  /// The same of an open file.
  package init?(descriptor: Int32) {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    self.init(info)
  }

  private init(_ info: stat) {
    size = Int(info.st_size)
    modified = Int64(info.st_mtim.tv_sec) * 1_000_000 + Int64(info.st_mtim.tv_nsec) / 1000
    isFolder = info.st_mode & S_IFMT == S_IFDIR
    isRegular = info.st_mode & S_IFMT == S_IFREG
    device = UInt64(info.st_dev)
    number = UInt64(info.st_ino)
  }
}

/// The files that a path with `*`, `?`, `[…]` stands for, sorted by their bytes; a path without is itself.
package func expandGlob(_ pattern: String) -> [String] {
  guard pattern.contains(where: { "*?[{".contains($0) }), FileInfo(pattern) == nil else { return [pattern] }
  var result = glob_t()
  defer { globfree(&result) }
  guard glob(pattern, GLOB_BRACE, nil, &result) == 0, let paths = result.gl_pathv else { return [] }
  return (0..<Int(result.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
    .sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
}

/// All bytes of a file.
package func readFile(_ path: String) throws(StorageFailure) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw StorageFailure(.open, path, code: errno) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let got = read(descriptor, &block, block.count)
    if got == 0 { return bytes }
    if got < 0 {
      if errno == EINTR { continue }
      throw StorageFailure(.read, path, code: errno)
    }
    bytes += block[..<got]
  }
}
