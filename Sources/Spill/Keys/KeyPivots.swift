import Storage

/// Some keys of a partition, taken at random and sorted. They cut it into the ranges between them, and each pivot's own
/// rows are a class apart, for which nothing need be kept. So a partition too large for memory becomes smaller whatever
/// its keys and their hashes are: a key that most rows have is most likely a pivot.
struct KeyPivots {
  /// Each a whole record.
  private let keys: [ContiguousArray<UInt64>]

  /// Keys between which a partition is cut at most.
  private static let most = 31

  var count: Int { keys.count }
  var isEmpty: Bool { keys.isEmpty }

  /// Where a key lies.
  enum Place {
    case pivot(Int)
    /// Below the pivot of that number, above the one before.
    case range(Int)
  }

  /// Takes pivots from the records of a shelf.
  init(of shelf: KeyShelf, in store: KeyStore) throws(StorageFailure) {
    var sample = Sample(limit: store.budget.limit / 128)
    let blocks = shelf.chunks.count + shelf.extents.count
    let each = max(1, Self.most / max(1, blocks))
    for chunk in shelf.chunks.shuffled().prefix(Self.most) { sample.take(each, of: chunk.block) }
    for extent in shelf.extents.shuffled().prefix(Self.most) {
      try store.forEachBlock(at: [extent]) { block in sample.take(each, of: block) }
    }
    keys = sample.distinct
  }

  /// Searches for the place of a key.
  func place(of record: KeyRecord) -> Place {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      let order = keys[middle].withUnsafeBufferPointer { pivot -> Int in
        guard let base = pivot.baseAddress else { return 0 }
        let key = KeyRecord(base)
        return key.precedes(record) ? -1 : record.hasKey(of: key) ? 0 : 1
      }
      if order == 0 { return .pivot(middle) }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return .range(low)
  }

  /// Calls `body` with the record of a pivot.
  func withRecord(
    _ index: Int, _ body: (KeyRecord) throws(StorageFailure) -> Void
  ) throws(StorageFailure) {
    try keys[index].withUnsafeBufferPointer { words throws(StorageFailure) in
      if let base = words.baseAddress { try body(KeyRecord(base)) }
    }
  }

  private struct Sample {
    /// Words that the sample may take; one key is taken at any length.
    let limit: Int
    private var taken: [ContiguousArray<UInt64>] = []
    private var words = 0

    init(limit: Int) { self.limit = limit }

    /// Takes each of `wanted` records with the same chance as any other of the block.
    mutating func take(_ wanted: Int, of block: UnsafeBufferPointer<UInt64>) {
      var total = 0
      forEachRecord(in: block) { _ in total += 1 }
      guard total > 0 else { return }
      let chosen = Set((0..<wanted).map { _ in Int.random(in: 0..<total) })
      var index = 0
      forEachRecord(in: block) { record in
        if chosen.contains(index), taken.isEmpty || words + record.count <= limit {
          var copy = ContiguousArray<UInt64>(repeating: 0, count: KeyRecord.size(record.count, record.ordinal))
          copy.withUnsafeMutableBufferPointer { copy in
            if let base = copy.baseAddress { KeyRecord.write(record.key, record.count, record.ordinal, to: base) }
          }
          taken.append(copy)
          words += copy.count
        }
        index += 1
      }
    }

    var distinct: [ContiguousArray<UInt64>] {
      var result: [ContiguousArray<UInt64>] = []
      for key in taken.sorted(by: { Self.compare($0, $1) { $0.precedes($1) } }) {
        if let last = result.last, Self.compare(last, key, { $0.hasKey(of: $1) }) { continue }
        result.append(key)
      }
      return result
    }

    private static func compare(
      _ a: ContiguousArray<UInt64>, _ b: ContiguousArray<UInt64>, _ body: (KeyRecord, KeyRecord) -> Bool
    ) -> Bool {
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let first = a.baseAddress, let second = b.baseAddress else { return false }
          return body(KeyRecord(first), KeyRecord(second))
        }
      }
    }
  }
}
