import Glibc

/// What went wrong with a file that is written.
package struct StorageFailure: Error, Sendable {
  package enum Operation: String, Sendable { case open, read, create, write, flush, move, close }

  package let operation: Operation
  package let path: String
  /// The system's error number.
  package let code: Int32

  package init(_ operation: Operation, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// `cannot write out/a.csv: No space left on device`
  package var message: String {
    "cannot \(operation.rawValue) \(path == "-" ? "standard output" : path): \(systemMessage(code))"
  }
}

/// The system's words for an error number.
package func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
