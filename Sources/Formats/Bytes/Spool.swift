import Spill
import Storage
import Synchronization

/// The temporary file of a run's inputs that are read more than once and cannot be opened anew; made when it is first
/// needed.
package final class Spool: Sendable {
  private let file = Mutex<SpillFile?>(nil)
  private let folder: @Sendable () throws(StorageFailure) -> TemporaryFolder

  package init(_ folder: @escaping @Sendable () throws(StorageFailure) -> TemporaryFolder) { self.folder = folder }

  func open() throws(StorageFailure) -> SpillFile {
    try file.withLock { file throws(StorageFailure) in
      if let file { return file }
      let made = try folder().makeFile()
      file = made
      return made
    }
  }
}

/// The first bytes of a content, in memory as long as they are few, and then in a temporary file.
struct KeptBytes {
  static let mostInMemory = 1 << 20
  private var memory: [UInt8] = []
  private var blocks: [Block] = []
  private(set) var count = 0

  /// A stretch of the content, and of the file.
  private struct Block {
    let start: Int
    let file: SpillFile
    let extent: SpillExtent
  }

  /// Adds bytes; to memory, whatever their number, where there is no spool.
  mutating func append(_ bytes: UnsafeRawBufferPointer, spool: Spool?) throws(StorageFailure) {
    if let spool, !blocks.isEmpty || count + bytes.count > Self.mostInMemory {
      let file = try spool.open()
      blocks.append(Block(start: count, file: file, extent: try file.append(bytes)))
    } else {
      memory += bytes
    }
    count += bytes.count
  }

  /// Reads from `position` on; 0 where nothing is kept there.
  func read(
    from position: Int, into target: UnsafeMutableRawPointer, count wanted: Int
  ) throws(StorageFailure) -> Int {
    guard position < count else { return 0 }
    if position < memory.count {
      let taken = min(wanted, memory.count - position)
      memory.withUnsafeBytes { bytes in
        UnsafeMutableRawBufferPointer(start: target, count: taken)
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + taken]))
      }
      return taken
    }
    var low = 0
    var high = blocks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if blocks[middle].start <= position { low = middle } else { high = middle }
    }
    let block = blocks[low]
    let taken = min(wanted, block.start + block.extent.count - position)
    try block.file.read(block.extent, from: position - block.start, count: taken, into: target)
    return taken
  }
}
