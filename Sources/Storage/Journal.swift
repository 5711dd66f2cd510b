import Glibc

/// The moves that bring a set of staged files to their places, written down before the first and removed after the last.
///
/// While it lies beside its home place, the set is decided: whoever finds it, and holds the locks of all places, finishes
/// it. Renamed to its other name it says that the set is to be moved back.
struct Journal: Equatable {
  /// What became of the file that was there before.
  enum Old: String {
    /// There was none.
    case none
    /// It has a second name, until all is done.
    case kept
    /// It could not be given one: this file system has no links.
    case lost
  }

  struct Move: Equatable {
    let place: Place
    /// What the file is called here beyond the place's own name, such as `.rejected`.
    let suffix: String
    /// The staged file's.
    let size: Int
    let inode: UInt64
    let old: Old

    var target: String { place.path + suffix }
    var staged: String { place.beside(.staged) }
    var kept: String { place.beside(.old) }

    /// Whether the staged file is at its place.
    var isDone: Bool { FileStatus(target)?.inode == inode && FileStatus(staged)?.inode != inode }
    /// Whether the staged file waits as it was flushed.
    var isReady: Bool {
      guard let status = FileStatus(staged) else { return false }
      return status.inode == inode && status.size == size
    }
  }

  let home: Place
  let process: Int
  let run: UInt64
  let moves: [Move]
  /// Whether it was found under the name that says so.
  let isUndone: Bool

  var path: String { home.beside(.journal) }
  var undoPath: String { home.beside(.undo) }
  var currentPath: String { isUndone ? undoPath : path }
  /// The folders of all moves, each once.
  var folders: [String] { Set(moves.map(\.place.folder)).sorted() }

  // MARK: Its text

  var text: String {
    var text = "brew.journal/1 \(process) \(hex(run))\n"
    for move in moves {
      let place = move.place.reference(from: home.folder)
      text += "move \(place) \(escaped("+" + move.suffix)) \(move.size) \(move.inode) \(move.old.rawValue)\n"
    }
    return text + "end \(hex(checksum(text)))\n"
  }

  /// Nil where that is not all of it.
  init?(_ text: String, home: Place, isUndone: Bool = false) {
    self.home = home
    self.isUndone = isUndone
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 3, lines.removeLast().isEmpty, let end = lines.popLast() else { return nil }
    guard end == "end \(hex(checksum(lines.map { $0 + "\n" }.joined())))" else { return nil }
    let head = lines.removeFirst().split(separator: " ")
    guard head.count == 3, head[0] == "brew.journal/1", let process = Int(head[1]),
      let run = UInt64(head[2], radix: 16)
    else { return nil }
    self.process = process
    self.run = run
    var moves: [Move] = []
    for line in lines {
      let words = line.split(separator: " ")
      guard words.count == 6, words[0] == "move", let place = Place(words[1], from: home.folder),
        let suffix = unescaped(words[2]), suffix.hasPrefix("+"), !suffix.contains("/"), let size = Int(words[3]),
        let inode = UInt64(words[4]), let old = Old(rawValue: String(words[5]))
      else { return nil }
      moves.append(Move(place: place, suffix: String(suffix.dropFirst()), size: size, inode: inode, old: old))
    }
    self.moves = moves
  }

  init(home: Place, process: Int, run: UInt64, moves: [Move]) {
    self.home = home
    isUndone = false
    self.process = process
    self.run = run
    self.moves = moves
  }

  // MARK: Its moves

  /// Writes it down. From the moment that this returns, the set will be moved, by whomever.
  func write(_ fileSystem: FileSystem) throws(StorageFailure) {
    do throws(StorageFailure) {
      try fileSystem.create(path, holding: text)
      try fileSystem.flushFolder(home.folder)
    } catch {
      _ = fileSystem.remove(path)
      throw error
    }
  }

  /// Whether every file is at its place, or whole and waiting.
  var canFinish: Bool { moves.allSatisfy { $0.isReady || $0.isDone } }

  /// Whether what was moved can be moved back.
  var canUndo: Bool { moves.allSatisfy { !$0.isDone || $0.old != .lost } }

  /// Moves what is not moved yet, and makes all moves last.
  func finish(_ fileSystem: FileSystem) throws(StorageFailure) {
    for move in moves where !move.isDone {
      try fileSystem.check(fileSystem.rename(move.staged, move.target), .move, move.target)
    }
    for folder in folders { try fileSystem.flushFolder(folder) }
  }

  /// All is moved: removes the journal, and then what it kept.
  func close(_ fileSystem: FileSystem) throws(StorageFailure) {
    try fileSystem.removeIfPresent(path)
    for move in moves { try fileSystem.removeIfPresent(move.kept) }
  }

  /// Decides that the set is moved back.
  func turn(_ fileSystem: FileSystem) throws(StorageFailure) {
    try fileSystem.check(fileSystem.rename(path, undoPath), .move, undoPath)
    try fileSystem.flushFolder(home.folder)
  }

  /// Puts back what was there before the set, and removes the set's own files.
  func undo(_ fileSystem: FileSystem) throws(StorageFailure) {
    for move in moves.reversed() {
      if move.isDone {
        switch move.old {
        case .kept: try fileSystem.check(fileSystem.rename(move.kept, move.target), .move, move.target)
        case .none: try fileSystem.removeIfPresent(move.target)
        case .lost: throw .unclear(move.target, journal: undoPath)
        }
      }
      try fileSystem.removeIfPresent(move.staged)
    }
    for folder in folders { try fileSystem.flushFolder(folder) }
    try fileSystem.removeIfPresent(undoPath)
    for move in moves { try fileSystem.removeIfPresent(move.kept) }
  }
}
