import Glibc

/// Where bytes go. One thread at a time writes to a sink.
package protocol ByteSink: AnyObject {
  /// How people know it.
  var path: String { get }
  var bytesWritten: Int { get }
  func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure)
}

/// Standard output, or another descriptor that somebody else closes.
package final class DescriptorSink: ByteSink {
  package let path: String
  private let descriptor: Int32
  package private(set) var bytesWritten = 0

  package init(descriptor: Int32 = STDOUT_FILENO, path: String = "-") {
    self.descriptor = descriptor
    self.path = path
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) {
    try FileSystem.system.writeAll(bytes, to: descriptor, path: path)
    bytesWritten += bytes.count
  }
}

/// Takes bytes and keeps none: for runs without that output.
package final class NullSink: ByteSink {
  package let path = ""
  package private(set) var bytesWritten = 0

  package init() {}

  package func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) { bytesWritten += bytes.count }
}

/// Keeps all bytes in memory.
package final class MemorySink: ByteSink {
  package let path = "memory"
  package private(set) var bytes: [UInt8] = []
  package var bytesWritten: Int { bytes.count }

  package init() {}

  package func write(_ bytes: UnsafeRawBufferPointer) throws(StorageFailure) { self.bytes += bytes }
}
