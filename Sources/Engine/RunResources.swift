import Spill
import Storage
import Synchronization

/// What everything that grows with the input draws on: the memory it may hold, and where it goes past that.
package final class RunResources: Sendable {
  package let memory: MemoryBudget
  private let parent: String
  private let folder = Mutex<TemporaryFolder?>(nil)

  /// - Parameters:
  ///   - memory: bytes; nil: a quarter of the machine's, at most 4 GB.
  ///   - temporary: the folder in which a folder for spilled data is made when it is first needed.
  package init(memory: Int? = nil, temporary: String = "/tmp") {
    self.memory = MemoryBudget(limit: memory ?? MemoryBudget.defaultLimit())
    parent = temporary
  }

  /// The run's own folder; what dead runs left beside it is swept away first.
  package func temporaryFolder() throws(StorageFailure) -> TemporaryFolder {
    if let made = folder.withLock({ $0 }) { return made }
    _ = TemporaryFolder.sweep(in: parent)
    let made = try TemporaryFolder(in: parent)
    folder.withLock { $0 = made }
    return made
  }

  /// Bytes written to temporary files so far.
  package var bytesSpilled: Int { folder.withLock { $0?.bytesSpilled ?? 0 } }
}
