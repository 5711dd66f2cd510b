import Storage

/// Merges sorted runs: a heap of their next entries, the least on top; equal values are one.
struct RunMerge<Key: SortKey> {
  private var readers: [RunReader<Key>] = []
  private var heap: [Head] = []

  private struct Head {
    var entry: SortEntry<Key>
    let reader: Int
  }

  init(_ runs: [SortedRun], bufferBytes: Int, budget: MemoryBudget) throws(StorageFailure) {
    for run in runs {
      guard var reader = try RunReader<Key>(run, bufferBytes: bufferBytes, budget: budget) else { continue }
      if let entry = try reader.read() {
        heap.append(Head(entry: entry, reader: readers.count))
        readers.append(reader)
      }
    }
    heap.sort { $0.entry.key < $1.entry.key }
  }

  /// The next value, with how often it occurs in all runs; nil at the end.
  @inline(__always)
  mutating func next() throws(StorageFailure) -> SortEntry<Key>? {
    guard var result = heap.first?.entry else { return nil }
    try advance()
    while let head = heap.first, head.entry.key == result.key {
      result.count &+= head.entry.count
      try advance()
    }
    return result
  }

  /// Replaces the top by what follows it in its run.
  @inline(__always)
  private mutating func advance() throws(StorageFailure) {
    let reader = heap[0].reader
    if let entry = try readers[reader].read() {
      heap[0].entry = entry
    } else {
      let last = heap.removeLast()
      if heap.isEmpty { return }
      heap[0] = last
    }
    heap.withUnsafeMutableBufferPointer { Self.sink($0) }
  }

  /// Moves the top down to where it belongs.
  @inline(__always)
  private static func sink(_ heap: UnsafeMutableBufferPointer<Head>) {
    let moved = heap[0]
    var place = 0
    while true {
      var child = 2 &* place &+ 1
      guard child < heap.count else { break }
      if child &+ 1 < heap.count, heap[child &+ 1].entry.key < heap[child].entry.key { child &+= 1 }
      guard heap[child].entry.key < moved.entry.key else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = moved
  }
}
