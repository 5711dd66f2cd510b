import Kernels
import Storage

/// Keys that can be asked for: all in memory, each once or more.
struct KnownKeys {
  private let table: KeyTable
  /// Where the hash would not do: the records in order.
  private let sorted: UnsafeMutableBufferPointer<UInt64>?

  /// - Parameter table: still empty; its memory must outlive the keys.
  init(_ table: KeyTable) {
    self.table = table
    var findings = KeyFindings(keeping: .first, failing: nil)
    sorted = table.insertAll(&findings) ? nil : table.sortedPlaces()
  }

  @inline(__always)
  func contains(_ key: KeyRecord, hash: UInt64) -> Bool {
    if let sorted { return table.contains(key, in: sorted) }
    return table.contains(key, hash: hash)
  }
}

/// All keys of a store in memory of their own, to be asked by several threads.
///
/// `@unchecked Sendable`: nothing is written after `init`.
package final class LoadedKeys: @unchecked Sendable {
  private let memory: GrantedMemory
  private let keys: KnownKeys

  /// Nil where the budget does not grant it or some are in a file already.
  init?(_ store: KeyStore, hasher: KeyHasher) throws(StorageFailure) {
    var rows = 0
    var count = 0
    for partition in store.partitions {
      let isHeld = try partition.withShelf { shelf in
        rows += shelf.rows
        count += shelf.words
        return shelf.extents.isEmpty
      }
      guard isHeld else { return nil }
    }
    let words = count + KeyTable.slotCount(rows: rows)
    guard words <= KeyTable.wordLimit, let memory = try GrantedMemory(bytes: words * 8, of: store.budget) else {
      return nil
    }
    let records = memory.base.assumingMemoryBound(to: UInt64.self)
    var next = records
    for partition in store.partitions {
      for chunk in partition.shelf.withLock({ $0.chunks }) {
        next.update(from: chunk.words, count: chunk.used)
        next += chunk.used
      }
    }
    keys = KnownKeys(KeyTable(memory: records, words: count, rows: rows, hasher: hasher))
    self.memory = memory
  }

  /// The rows of the keys that are not among these, or that are.
  package func rows(of keys: EncodedKeys, _ failing: KeyMembership.Failing) -> [Int64] {
    var rows: [Int64] = []
    keys.words.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return }
      for index in 0..<keys.count {
        let start = Int(keys.starts[index])
        let key = KeyRecord(base + start, Int(keys.starts[index + 1]) &- start, ordinal: keys.ordinals[index])
        let isKnown = self.keys.contains(key, hash: keys.hashes[index])
        if isKnown == (failing == .present) { rows.append(key.ordinal) }
      }
    }
    return rows
  }
}
