import Storage

/// A value for some rows of the whole input, on disk, to be read in the order of the rows: for what is known of each row and
/// would not fit in memory.
package final class RowValues: Sendable {
  private let file: SpillFile
  /// Blocks of whole records, ascending, with the first row of each.
  private let blocks: [(ordinal: Int64, extent: SpillExtent)]

  /// - Parameter rows: records whose hash is the row's place.
  package init(_ rows: RecordSort, folder: TemporaryFolder) throws(StorageFailure) {
    file = try folder.makeFile()
    var writer = RecordWriter(to: file, bufferWords: 8192)
    var firsts: [Int64] = []
    var cursor = try rows.cursor()
    while let record = try cursor.next() {
      if try writer.append(record) { firsts.append(record.ordinal) }
    }
    try writer.flush()
    blocks = zip(firsts, writer.extents).map { ($0, $1) }
  }

  /// Calls `body` with each row from `origin` on, below `end`, that has a value, and the value's words.
  package func forEach(
    from origin: Int64, below end: Int64, _ body: (Int64, UnsafeBufferPointer<UInt64>) -> Void
  ) throws(StorageFailure) {
    var index = blocks.partitioningIndex { $0.ordinal > origin }
    index = max(index - 1, 0)
    var buffer: ContiguousArray<UInt64> = []
    while index < blocks.count, blocks[index].ordinal < end {
      let extent = blocks[index].extent
      if buffer.count * 8 < extent.count { buffer = ContiguousArray(repeating: 0, count: extent.count / 8) }
      let file = file
      try buffer.withUnsafeMutableBufferPointer { words throws(StorageFailure) in
        if let base = words.baseAddress { try file.read(extent, into: UnsafeMutableRawPointer(base)) }
      }
      buffer.withUnsafeBufferPointer { words in
        guard var next = words.baseAddress else { return }
        let last = next + extent.count / 8
        while next < last {
          let record = SortRecord(next)
          if record.ordinal >= origin, record.ordinal < end { body(record.ordinal, record.value) }
          next += max(record.count, 1)
        }
      }
      index += 1
    }
  }
}

extension Array {
  /// The index of the first element for which `isAfter` holds; it holds for all behind it.
  fileprivate func partitioningIndex(_ isAfter: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
