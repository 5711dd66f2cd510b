import Formats
import Kernels
import Storage
import Synchronization

/// How a run is carried out; nothing here changes its results but `limit`, and what `open` and `stageWork` give.
package struct RunOptions: Sendable {
  package var threads: Int
  /// Records to read at most; nil: all.
  package var limit: Int?
  /// Where batches are cut.
  package var batches: BatchLimits
  /// Opens an input file.
  package var open: @Sendable (InputFile) throws(InputFailure) -> any ByteSource
  /// Carries out the stages of the program.
  package var stageWork: StageWork
  /// Called by a worker before it deposits batch `number`: for trying out other orders of events.
  package var beforeDeposit: @Sendable (Int) -> Void
  package var progress: RunProgress
  /// Memory and temporary files for what grows with the input.
  package var resources: RunResources
  /// Hashes keys; a hash never decides alone, so that any one gives the same results.
  package var hasher: KeyHasher

  package init(
    threads: Int, limit: Int? = nil, batches: BatchLimits = BatchLimits(), progress: RunProgress = RunProgress(),
    resources: RunResources = RunResources(),
    hasher: KeyHasher = .standard,
    open: @escaping @Sendable (InputFile) throws(InputFailure) -> any ByteSource = {
      file throws(InputFailure) in try file.content.open()
    },
    stageWork: @escaping StageWork = { (work, stage, state, tally) throws(RunStop) in
      try work.act(stage: stage, &state, &tally)
    },
    beforeDeposit: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.threads = threads
    self.limit = limit
    self.batches = batches
    self.progress = progress
    self.resources = resources
    self.hasher = hasher
    self.open = open
    self.stageWork = stageWork
    self.beforeDeposit = beforeDeposit
  }
}

/// What another thread may see of a run, and how it may end it.
package final class RunProgress: Sendable {
  package let records = Atomic<Int>(0)
  package let bytes = Atomic<Int>(0)
  /// Bytes that will have been read in the end, all passes together; 0 while that is not known.
  package let total = Atomic<Int>(0)
  /// Files that have to go if the process is ended on the spot.
  package let sideFiles = SideFiles()
  private let cancelled = Atomic<Bool>(false)

  package init() {}

  /// Asks the run to end after the batches at hand; its outputs are then not published.
  package func cancel() { cancelled.store(true, ordering: .relaxed) }
  package var isCancelled: Bool { cancelled.load(ordering: .relaxed) }
}
