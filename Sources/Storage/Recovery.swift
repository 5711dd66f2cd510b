import Glibc

/// What a start did about a run that was cut short, to be told to people.
package struct Recovery: Sendable, Equatable {
  package enum Outcome: String, Sendable {
    /// The whole set was decided on, and is at its places now.
    case finished
    /// The outputs are as they were before that run.
    case undone
  }

  package let outcome: Outcome
  /// The process that was cut short, where it said so.
  package let process: Int?
  package let targets: [String]

  package var message: String {
    let run = process.map { "a run that was cut short (process \($0))" } ?? "a run that was cut short"
    let targets = targets.joined(separator: ", ")
    return switch outcome {
    case .finished: "finished what \(run) had begun: its outputs are now at their places: \(targets)"
    case .undone: "removed what \(run) had left: the outputs are as they were before it: \(targets)"
    }
  }
}

extension PlaceLock {
  /// Settles what the process that held this place before left unfinished, at this place and at those of its set.
  ///
  /// - Parameter path: how people call the place.
  /// - Returns: nil where no output had been begun.
  func settle(_ fileSystem: FileSystem, path: String) throws(StorageFailure) -> Recovery? {
    var recovery: Recovery?
    if let home = note?.home, home != place, let found = try Journal.find(besides: home), found.run == note?.run {
      recovery = try settle(home, fileSystem, path: path)
    }
    if try Journal.find(besides: place) != nil { recovery = try settle(place, fileSystem, path: path) }
    let wasBegun = FileStatus(place.beside(.staged)) != nil
    // A journal that is not whole was never acted on.
    for left in [Place.SideFile.journal, .staged, .old] { try fileSystem.removeIfPresent(place.beside(left)) }
    if recovery == nil, wasBegun {
      recovery = Recovery(outcome: .undone, process: note?.process, targets: [path])
    }
    return recovery
  }

  /// Finishes or undoes the set whose journal is kept beside `home`, under the locks of all its places.
  private func settle(_ home: Place, _ fileSystem: FileSystem, path: String) throws(StorageFailure) -> Recovery? {
    guard let seen = try Journal.find(besides: home) else { return nil }
    var others: [PlaceLock] = []
    defer { others.forEach { $0.leave() } }
    for other in Set(seen.moves.map(\.place) + [home]).subtracting([place]).sorted(by: { $0.path < $1.path }) {
      others.append(try PlaceLock(other, fileSystem, path: other.path))
    }
    // Another start may have settled it before the locks were ours; the places are then nobody's.
    guard let journal = try Journal.find(besides: home), journal == seen else {
      others.forEach { if $0.note == nil { $0.release() } }
      return nil
    }
    // A journal is believed only about places whose own locks name its run: nobody can write one about a place where he
    // could not have written the file itself.
    guard ([self] + others).allSatisfy({ $0.note?.run == journal.run }) else {
      others.forEach { if $0.note == nil { $0.release() } }
      throw .unclear(path, journal: journal.currentPath)
    }
    let outcome = try journal.settle(fileSystem, path: path)
    others.forEach { $0.release() }
    return Recovery(outcome: outcome, process: journal.process, targets: journal.moves.map(\.target))
  }
}

extension Journal {
  /// The journal beside a place, under either of its names; nil where there is none that is whole.
  static func find(besides home: Place) throws(StorageFailure) -> Journal? {
    for (file, isUndone) in [(Place.SideFile.journal, false), (.undo, true)] {
      do throws(StorageFailure) {
        let text = String(decoding: try readFile(home.beside(file)), as: UTF8.self)
        if let journal = Journal(text, home: home, isUndone: isUndone) { return journal }
      } catch {
        if error.code == ENOENT || error.code == ENOTDIR { continue }
        throw StorageFailure(.recover, error.path, code: error.code)
      }
    }
    return nil
  }

  fileprivate func settle(_ fileSystem: FileSystem, path: String) throws(StorageFailure) -> Recovery.Outcome {
    if !isUndone, canFinish {
      try finish(fileSystem)
      try close(fileSystem)
      return .finished
    }
    guard canUndo else { throw .unclear(path, journal: currentPath) }
    if !isUndone { try turn(fileSystem) }
    try undo(fileSystem)
    return .undone
  }
}
