import Glibc

/// The right to write at a place. It ends with the process that holds it, however that ends; what is left then is a lock
/// file that nobody holds, whose note says what the dead process was about.
final class PlaceLock {
  /// Who holds a place, and where to look for the moves that it may have begun.
  struct Note: Equatable {
    let process: Int
    /// Tells one set of files from another.
    let run: UInt64
    /// The place beside which the set's journal is kept.
    let home: Place
  }

  let place: Place
  /// What the process before left, if it did not end in order.
  private(set) var note: Note?
  private let descriptor: Int32
  private let fileSystem: FileSystem
  private var isOpen = true

  /// Takes the lock of a place or fails at once: waiting would make the later run overwrite what the earlier has just
  /// published, on data read before.
  init(_ place: Place, _ fileSystem: FileSystem, path: String) throws(StorageFailure) {
    self.place = place
    self.fileSystem = fileSystem
    let file = place.beside(.lock)
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
    while true {
      let descriptor = Int32(try fileSystem.check(fileSystem.open(file, flags, 0o666), .create, path))
      let answer = fileSystem.lock(descriptor)
      if answer == 0, FileStatus(file)?.inode == FileStatus(descriptor: descriptor)?.inode {
        self.descriptor = descriptor
        break
      }
      let holder = Self.read(descriptor, in: place)?.process
      _ = fileSystem.close(descriptor)
      if answer == Int(-EWOULDBLOCK) { throw .inUse(path, by: holder) }
      if answer < 0, holder == nil { _ = fileSystem.remove(file) }
      // Where the file is another by now, its holder removed it between the two calls.
      try fileSystem.check(answer, .lock, path)
    }
    note = Self.read(descriptor, in: place)
  }

  deinit { leave() }

  /// Whether the lock file is still the one that is locked: people remove files that they do not know.
  var isHeld: Bool {
    FileStatus(place.beside(.lock))?.inode == FileStatus(descriptor: descriptor)?.inode
  }

  func write(_ note: Note, path: String) throws(StorageFailure) {
    try fileSystem.check(fileSystem.truncate(descriptor), .write, path)
    let text = "brew.lock/1 \(note.process) \(hex(note.run)) \(note.home.reference(from: place.folder)) end\n"
    try fileSystem.writeText(text, to: descriptor, path: path)
  }

  func flush(path: String) throws(StorageFailure) {
    try fileSystem.check(fileSystem.flush(descriptor), .flush, path)
  }

  /// Removes the lock file and then lets go, so that nobody can hold a lock on a file without a name.
  func release() {
    guard isOpen else { return }
    if isHeld { _ = fileSystem.remove(place.beside(.lock)) }
    leave()
  }

  /// Lets go and leaves the file with its note, for the next start.
  func leave() {
    guard isOpen else { return }
    isOpen = false
    _ = fileSystem.close(descriptor)
  }

  private static func read(_ descriptor: Int32, in place: Place) -> Note? {
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count > 0 else { return nil }
    let words = String(decoding: bytes[..<count], as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 5, words[0] == "brew.lock/1", words[4] == "end", let process = Int(words[1]),
      let run = UInt64(words[2], radix: 16), let home = Place(words[3], from: place.folder)
    else { return nil }
    return Note(process: process, run: run, home: home)
  }
}
