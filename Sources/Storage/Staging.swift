import Glibc

/// The one writer of outputs: files that appear at their places whole and together, or not at all.
///
/// Each is written beside its place, under a hidden name, while a lock keeps other runs from that place. ``commit()``
/// brings them all to the disk, writes down the moves in a journal, moves them, and removes the journal. If the process
/// ends before the journal is whole, nothing has happened; if it ends after, the next start that opens one of these
/// targets finishes the moves; if a move fails, those before it are taken back.
///
/// What a place is: a link is followed and stays, what it leads to is replaced; a folder, or a file without write
/// permission, is refused; a pipe, a device and standard output take their bytes at once and belong to no set. Owner and
/// permissions of a file that is replaced are kept, unless its opener names others; its further hard links keep the old
/// contents.
///
/// A second run on a place that is being written fails at once, and says which process holds it.
///
/// ```swift
/// let staging = Staging()
/// let rows = try staging.open("out/rows.csv")
/// let refused = try staging.open("out/rows.quarantine.jsonl", mode: 0o600)
/// // … write …
/// if gateFailed { rows.drop() }
/// try staging.commit()
/// ```
package final class Staging {
  /// What the targets' openings found to settle.
  package private(set) var recoveries: [Recovery] = []
  private let fileSystem: FileSystem
  private let sideFiles: SideFiles
  private let run = UInt64.random(in: 0...UInt64.max)
  private var files: [StagedFile] = []
  private var madeFolders: [String] = []
  /// The place beside which the journal is kept.
  private var home: Place?
  private var isSettled = false

  /// - Parameter sideFiles: is kept up to date with what has to go if the process ends before the set is decided on.
  package init(_ fileSystem: FileSystem = .system, sideFiles: SideFiles = SideFiles()) {
    self.fileSystem = fileSystem
    self.sideFiles = sideFiles
  }

  deinit { discard() }

  /// Opens a target: settles what a dead run left there, and creates the file beside its place, with the folders on the
  /// way.
  ///
  /// - Parameter mode: the file's permissions, before the process's mask; nil keeps those of the file that is there.
  package func open(_ path: String, mode: mode_t? = nil) throws(StorageFailure) -> StagedFile {
    let file: StagedFile
    switch try Destination(path, fileSystem) {
    case .descriptor(let descriptor): file = StagedFile(path, to: descriptor, closes: false, fileSystem)
    case .special(let place):
      let opened = fileSystem.open(place, O_WRONLY | O_CLOEXEC | O_NOCTTY, 0)
      let descriptor = Int32(try fileSystem.check(opened, .open, path))
      file = StagedFile(path, to: descriptor, closes: true, fileSystem)
    case .file(let place, let made):
      do throws(StorageFailure) { file = try stage(path, at: place, mode: mode) } catch {
        remove(made)
        throw error
      }
      madeFolders += made
    }
    files.append(file)
    return file
  }

  private func stage(_ path: String, at place: Place, mode: mode_t?) throws(StorageFailure) -> StagedFile {
    var staged: StagedFile?
    try sideFiles.change { paths throws(StorageFailure) in
      staged = try makeFiles(path, at: place, mode: mode)
      paths += [Place.SideFile.staged, .old, .lock].map { place.beside($0) }
    }
    guard let staged else { throw StorageFailure(.create, path, code: EIO) }
    return staged
  }

  private func makeFiles(_ path: String, at place: Place, mode: mode_t?) throws(StorageFailure) -> StagedFile {
    let lock = try PlaceLock(place, fileSystem, path: path)
    do throws(StorageFailure) {
      if let recovery = try lock.settle(fileSystem, path: path) { recoveries.append(recovery) }
    } catch {
      // The note stays: it leads to what could not be settled.
      if lock.note == nil { lock.release() } else { lock.leave() }
      throw error
    }
    do throws(StorageFailure) {
      let home = self.home ?? place
      try lock.write(PlaceLock.Note(process: Int(getpid()), run: run, home: home), path: path)
      let file = try StagedFile(path, under: lock, mode: mode, fileSystem)
      self.home = home
      return file
    } catch {
      lock.release()
      throw error
    }
  }

  /// Publishes the set: all files that were not dropped are at their places when it returns.
  ///
  /// - Throws: when they are not; all places are then as they were, and nothing is left beside them. Only where moving back
  ///   failed too, the failure names the journal by which the next start settles it.
  package func commit() throws(StorageFailure) {
    guard !isSettled else { return }
    let journal: Journal?
    do throws(StorageFailure) { journal = try decide() } catch {
      discard()
      throw error
    }
    guard let journal else { return discard() }
    do throws(StorageFailure) { try journal.finish(fileSystem) } catch { throw takeBack(journal, after: error) }
    // The set is out. What cannot be removed now is the next start's to remove.
    do throws(StorageFailure) { try journal.close(fileSystem) } catch { return leave() }
    isSettled = true
    for file in files { file.lock?.release() }
  }

  /// Leaves no trace of what was not published. After ``commit()`` does nothing.
  package func discard() {
    guard !isSettled else { return }
    isSettled = true
    sideFiles.empty {
      for file in files {
        file.clear()
        if let place = file.lock?.place { _ = fileSystem.remove(place.beside(.old)) }
        file.lock?.release()
      }
    }
    remove(madeFolders)
  }

  /// Everything up to the moment from which the set will be moved, by this process or a later one.
  private func decide() throws(StorageFailure) -> Journal? {
    for file in files where file.fate == .dropped { file.clear() }
    var moves: [Journal.Move] = []
    for file in files where file.fate != .dropped {
      try file.flush()
      guard let move = try file.move() else { continue }
      moves.append(move)
    }
    guard let home, !moves.isEmpty else { return nil }
    let journal = Journal(home: home, process: Int(getpid()), run: run, moves: moves)
    for file in files { try file.lock?.flush(path: file.path) }
    let parents = madeFolders.map { folder(of: $0) }
    // The journal must not come to the disk before what it names.
    for folder in Set(journal.folders + [home.folder] + parents).sorted() { try fileSystem.flushFolder(folder) }
    sideFiles.forget()
    try journal.write(fileSystem)
    return journal
  }

  /// Undoes the moves that were made before one failed.
  private func takeBack(_ journal: Journal, after failure: StorageFailure) -> StorageFailure {
    do throws(StorageFailure) {
      guard journal.canUndo else { throw failure }
      try journal.turn(fileSystem)
      try journal.undo(fileSystem)
    } catch {
      leave()
      var failure = failure
      failure.journal = FileStatus(journal.undoPath) == nil ? journal.path : journal.undoPath
      return failure
    }
    discard()
    return failure
  }

  /// Ends as a process that is killed: everything stays for the next start.
  private func leave() {
    isSettled = true
    for file in files {
      file.close()
      file.lock?.leave()
    }
  }

  private func remove(_ folders: [String]) {
    // Only an empty folder goes, so another's files in it are safe.
    for folder in folders.reversed() { _ = fileSystem.removeFolder(folder) }
  }
}
