import Kernels

/// Numbers the different keys of rows from 0, exactly: a hash only says where to look. Open addressing with linear probing.
package struct GroupTable: Sendable {
  private var words: ContiguousArray<UInt64> = []
  /// Where each key begins in `words`, and where the last one ends.
  private var starts: ContiguousArray<Int> = [0]
  private var hashes: ContiguousArray<UInt64> = []
  /// The number of a key, or −1; a power of two of them, at most half of them taken.
  private var slots = ContiguousArray<Int32>(repeating: -1, count: 16)
  private let hold: MemoryHold
  /// Bytes that its owner keeps for each key.
  private let bytesPerGroup: Int
  /// No key is taken in any more.
  private(set) package var isFull = false

  /// - Parameter share: what part of the budget it may hold.
  package init(budget: MemoryBudget, share: Int = 4, bytesPerGroup: Int) {
    hold = MemoryHold(of: budget, limit: budget.limit / max(share, 1))
    self.bytesPerGroup = bytesPerGroup
  }

  package var count: Int { hashes.count }

  /// The number of a key; nil where it is not known.
  @inline(__always)
  package func number(of key: UnsafeBufferPointer<UInt64>, hash: UInt64) -> Int32? {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash ^ hash &>> 32) & mask
    while true {
      let group = slots[slot]
      if group < 0 { return nil }
      if hashes[Int(group)] == hash, isKey(Int(group), key) { return group }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(__always)
  private func isKey(_ group: Int, _ key: UnsafeBufferPointer<UInt64>) -> Bool {
    let start = starts[group]
    guard starts[group &+ 1] &- start == key.count else { return false }
    for index in 0..<key.count where words[start &+ index] != key[index] { return false }
    return true
  }

  /// The number of a key, which is taken in where there is room: from the first refusal on no key is.
  package mutating func admit(_ key: UnsafeBufferPointer<UInt64>, hash: UInt64) -> Int32? {
    if let known = number(of: key, hash: hash) { return known }
    guard !isFull, reserve(key.count), let group = Int32(exactly: count) else {
      isFull = true
      return nil
    }
    words.append(contentsOf: key)
    starts.append(words.count)
    hashes.append(hash)
    if hashes.count * 2 > slots.count { grow() } else { place(group) }
    return group
  }

  /// Twice what there is, as arrays double.
  private func reserve(_ keyWords: Int) -> Bool {
    let groups = count + 1
    return hold.reserve(2 * ((words.count + keyWords + 2 * groups) * 8 + groups * (16 + bytesPerGroup)))
  }

  private mutating func grow() {
    slots = ContiguousArray(repeating: -1, count: slots.count * 2)
    for group in 0..<count { place(Int32(truncatingIfNeeded: group)) }
  }

  private mutating func place(_ group: Int32) {
    let mask = slots.count - 1
    let hash = hashes[Int(group)]
    var slot = Int(truncatingIfNeeded: hash ^ hash &>> 32) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = group
  }
}

extension GroupTable {
  /// The group of each row, −1 for a row without a key or of a key that is not known.
  ///
  /// - Parameters:
  ///   - keys: of some rows of a batch that begins at `origin`.
  ///   - count: rows of the batch.
  package func groups(of keys: EncodedKeys, from origin: Int64, count: Int) -> ContiguousArray<Int32> {
    var groups = ContiguousArray<Int32>(repeating: -1, count: count)
    keys.forEach { index, key, hash, ordinal in
      if let group = number(of: key, hash: hash) { groups[Int(ordinal &- origin)] = group }
    }
    return groups
  }

  /// As `groups`, and takes keys in that are not known.
  package mutating func admit(_ keys: EncodedKeys, from origin: Int64, count: Int) -> ContiguousArray<Int32> {
    var groups = ContiguousArray<Int32>(repeating: -1, count: count)
    keys.forEach { index, key, hash, ordinal in
      if let group = admit(key, hash: hash) { groups[Int(ordinal &- origin)] = group }
    }
    return groups
  }
}

extension EncodedKeys {
  /// Calls `body` with each key: its index, words and hash, and the place of its row.
  @inline(__always)
  package func forEach(_ body: (Int, UnsafeBufferPointer<UInt64>, UInt64, Int64) -> Void) {
    words.withUnsafeBufferPointer { words in
      for index in 0..<count {
        let start = Int(starts[index])
        let key = UnsafeBufferPointer(rebasing: words[start..<Int(starts[index &+ 1])])
        body(index, key, hashes[index], ordinals[index])
      }
    }
  }
}
