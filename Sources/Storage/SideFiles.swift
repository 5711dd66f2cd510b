import Glibc
import Synchronization

/// The files that lie beside the places of sets that are not decided on, for whoever has to end the process on the spot.
package final class SideFiles: Sendable {
  private let paths = Mutex<[String]>([])

  package init() {}

  /// Removes them and ends the process. None can be made in between: whoever makes one waits for this to be over.
  package func endProcess(_ status: Int32) -> Never {
    paths.withLock { paths in
      for path in paths { unlink(path) }
      _exit(status)
    }
  }

  /// Makes files, and says which.
  func change(_ body: (inout [String]) throws(StorageFailure) -> Void) throws(StorageFailure) {
    var failure: StorageFailure?
    paths.withLock { paths in
      do throws(StorageFailure) { try body(&paths) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Removes all files.
  func empty(_ body: () -> Void) {
    paths.withLock { paths in
      body()
      paths = []
    }
  }

  /// From here on the set's journal cares for them.
  func forget() { empty {} }
}
