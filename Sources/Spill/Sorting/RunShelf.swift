import Storage

/// The sorted runs of one sort, in memory as long as the budget grants it.
struct RunShelf: Sendable {
  var runs: [SortedRun] = []
  private let budget: MemoryBudget
  private let folder: TemporaryFolder
  private var file: SpillFile?

  init(budget: MemoryBudget, folder: TemporaryFolder) {
    self.budget = budget
    self.folder = folder
  }

  /// A block, for which runs in memory make room if need be.
  mutating func makeBlock(bytes: Int) throws(StorageFailure) -> SortBlock? {
    while true {
      if let block = try SortBlock(bytes: bytes, of: budget, isForced: false) { return block }
      var largest: Int?
      for (index, run) in runs.enumerated() where run.heldBytes > 0 {
        if largest.map({ runs[$0].heldBytes < run.heldBytes }) ?? true { largest = index }
      }
      guard let largest else { return try SortBlock(bytes: bytes, of: budget, isForced: true) }
      try runs[largest].spill(to: spillFile())
    }
  }

  mutating func spillFile() throws(StorageFailure) -> SpillFile {
    if let file { return file }
    let made = try folder.makeFile()
    file = made
    return made
  }

  /// Takes out the smallest runs, as many as must become one so that no more than `most` are left, and the file for that
  /// one; nil where few enough are there.
  mutating func takeSmallest(leaving most: Int) throws(StorageFailure) -> ([SortedRun], SpillFile)? {
    guard runs.count > most else { return nil }
    runs.sort { $0.bytes > $1.bytes }
    let count = min(most, runs.count - most + 1)
    let chosen = Array(runs.suffix(count))
    let file = try spillFile()
    runs.removeLast(count)
    return (chosen, file)
  }
}
