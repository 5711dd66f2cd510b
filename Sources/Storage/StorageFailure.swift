import Glibc

/// What went wrong with a file that is written.
package struct StorageFailure: Error, Sendable, Equatable {
  package enum Operation: String, Sendable {
    case open, read, create, write, flush, move, close, lock, keep, remove, recover, allocate
  }

  package let operation: Operation
  package let path: String
  /// The system's error number.
  package let code: Int32
  /// The process that is writing the file, where that is what stands in the way and it has said so.
  package var holder: Int?
  /// The journal of a set of files that could neither be moved as one nor moved back.
  package var journal: String?

  package init(_ operation: Operation, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// Another run writes the same file.
  package static func inUse(_ path: String, by holder: Int?) -> StorageFailure {
    var failure = StorageFailure(.lock, path, code: EWOULDBLOCK)
    failure.holder = holder
    return failure
  }

  /// The system has no memory for what must be held.
  package static func noMemory(bytes: Int) -> StorageFailure {
    StorageFailure(.allocate, "\(bytes) bytes of memory", code: ENOMEM)
  }

  /// A journal speaks of files that are not as it left them.
  static func unclear(_ path: String, journal: String) -> StorageFailure {
    var failure = StorageFailure(.recover, path, code: ESTALE)
    failure.journal = journal
    return failure
  }

  /// `cannot write out/a.csv: No space left on device`
  package var message: String {
    if operation == .recover, let journal {
      return "cannot recover \(path): the files that \(journal) speaks of are not as an interrupted run left them; "
        + "look at them, then remove it"
    }
    if operation == .lock, code == EWOULDBLOCK {
      let writer =
        switch holder {
        case Int(getpid()): "this run already writes it"
        case .some(let process): "another run (process \(process)) is writing it"
        case nil: "another run is writing it"
        }
      return "cannot write \(path): \(writer)"
    }
    let name = path == "-" ? "standard output" : path
    let message = "cannot \(operation.rawValue) \(name): \(systemMessage(code))"
    return journal.map { "\(message); part of the outputs is moved, and the next start settles it by \($0)" } ?? message
  }
}

/// The system's words for an error number.
package func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
