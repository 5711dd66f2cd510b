import Storage

/// A piece of granted memory that holds whole records.
///
/// `@unchecked Sendable`: a chunk belongs to one shelf and is touched only under that shelf's lock.
final class KeyChunk: @unchecked Sendable {
  private let memory: GrantedMemory
  let words: UnsafeMutablePointer<UInt64>
  let capacity: Int
  private(set) var used = 0

  /// - Parameter isForced: to go past the budget rather than to give nil.
  init?(words wanted: Int, of budget: MemoryBudget, isForced: Bool) throws(StorageFailure) {
    guard let memory = try GrantedMemory(bytes: wanted * 8, of: budget, isForced: isForced) else { return nil }
    capacity = memory.bytes / 8
    words = memory.base.assumingMemoryBound(to: UInt64.self)
    self.memory = memory
  }

  var block: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: words, count: used) }

  /// Adds the first of some keys, as many as there is room for.
  ///
  /// - Returns: how many, and the words of their records.
  func append(_ keys: some KeySequence) -> (keys: Int, words: Int) {
    // Once for all: each look at a property of a class is checked for being the only one.
    var next = words + used
    var room = capacity - used
    var index = 0
    while index < keys.count {
      let record = keys[index]
      let size = KeyRecord.size(record.count, record.ordinal)
      if size > room { break }
      KeyRecord.write(record.key, record.count, record.ordinal, to: next)
      next += size
      room &-= size
      index &+= 1
    }
    let before = used
    used = capacity - room
    return (index, used - before)
  }
}

/// Keys to be added one after the other.
protocol KeySequence {
  var count: Int { get }
  subscript(index: Int) -> KeyRecord { get }
  func dropFirst(_ count: Int) -> Self
}

/// One key, or none.
struct SingleKey: KeySequence {
  let record: KeyRecord
  var count = 1

  subscript(index: Int) -> KeyRecord { record }

  func dropFirst(_ dropped: Int) -> SingleKey { SingleKey(record: record, count: max(0, count - dropped)) }
}

/// Some keys of a batch, by their numbers.
struct ChosenKeys: KeySequence {
  let words: UnsafePointer<UInt64>
  let starts: UnsafeBufferPointer<UInt32>
  let ordinals: UnsafeBufferPointer<Int64>
  let chosen: UnsafeBufferPointer<UInt32>

  var count: Int { chosen.count }

  @inline(__always)
  subscript(index: Int) -> KeyRecord {
    let row = Int(chosen[index])
    let start = Int(starts[row])
    return KeyRecord(words + start, Int(starts[row &+ 1]) &- start, ordinal: ordinals[row])
  }

  func dropFirst(_ dropped: Int) -> ChosenKeys {
    ChosenKeys(
      words: words, starts: starts, ordinals: ordinals,
      chosen: UnsafeBufferPointer(rebasing: chosen.dropFirst(dropped)))
  }
}
