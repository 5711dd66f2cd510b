import Kernels

/// Finds equal keys among records that lie one after the other in memory.
///
/// A table of open addressing, with linear probing, over memory that is lent to it. Each slot holds 31 bits of the hash,
/// a mark for a key that was met again, and where a record begins; records of equal hash bits are compared whole. Where a
/// hash spreads keys so badly that probing takes too long, ``insertAll`` gives up, and ``sortAll`` does the work.
struct KeyTable {
  private let records: UnsafePointer<UInt64>
  private let words: Int
  private let slots: UnsafeMutablePointer<UInt64>
  private let mask: Int
  private let hasher: KeyHasher

  private static let tagBits: UInt64 = ~0 << 33
  private static let repeated: UInt64 = 1 << 32
  private static let placeBits: UInt64 = 1 << 32 - 1
  /// Words of records that a table can tell apart.
  static let wordLimit = Int(placeBits) - 1

  /// Words of memory that the slots for `rows` records take: at most two thirds of them will be full.
  static func slotCount(rows: Int) -> Int {
    var count = 16
    while count < rows + rows / 2 { count *= 2 }
    return count
  }

  /// - Parameters:
  ///   - memory: first `words` words of records, then the slots for `rows` of them.
  init(memory: UnsafeMutablePointer<UInt64>, words: Int, rows: Int, hasher: KeyHasher) {
    records = UnsafePointer(memory)
    self.words = words
    slots = memory + words
    mask = Self.slotCount(rows: rows) - 1
    self.hasher = hasher
  }

  @inline(__always)
  private func record(_ slot: UInt64) -> KeyRecord {
    KeyRecord(records + Int(truncatingIfNeeded: (slot & Self.placeBits) &- 1))
  }

  /// Puts all records into the table and tells `findings` of those whose key was there already.
  ///
  /// - Returns: false where the keys collide too often; the findings so far are right, and its counts unchanged.
  func insertAll(_ findings: inout KeyFindings) -> Bool {
    slots.initialize(repeating: 0, count: mask + 1)
    var counts = KeyCounts()
    var probesLeft = 64 &+ (mask &+ 1) &* 32
    var place = 0
    while place < words {
      let record = KeyRecord(records + place)
      let hash = hasher.hash(record.key, record.count)
      let entry = hash & Self.tagBits | UInt64(truncatingIfNeeded: place &+ 1)
      var slot = Int(truncatingIfNeeded: hash) & mask
      counts.rows &+= 1
      while true {
        let found = slots[slot]
        if found == 0 {
          slots[slot] = entry
          counts.distinct &+= 1
          counts.single &+= 1
          break
        }
        if (found ^ entry) & Self.tagBits == 0 {
          let other = self.record(found)
          if other.hasKey(of: record) {
            let isNew = found & Self.repeated == 0
            if isNew { counts.single &-= 1 }
            let keepsOther = findings.judge(other.ordinal, isFirstMeeting: isNew, record.ordinal)
            slots[slot] = (keepsOther ? found : entry) | Self.repeated
            break
          }
        }
        slot = (slot &+ 1) & mask
        probesLeft &-= 1
      }
      if probesLeft < 0 { return false }
      place = record.end - records
    }
    findings.counts.add(counts)
    return true
  }

  /// Does what `insertAll` does, by sorting.
  func sortAll(_ findings: inout KeyFindings) {
    let places = sortedPlaces()
    var index = 0
    while index < places.count {
      var copies = KeyCopies()
      let first = KeyRecord(records + Int(places[index]))
      while index < places.count {
        let record = KeyRecord(records + Int(places[index]))
        guard record.hasKey(of: first) else { break }
        copies.meet(record.ordinal, &findings)
        index += 1
      }
      findings.counts.add(copies.counts)
    }
  }

  /// Where the records begin, in the order of their keys; the slots' memory holds them.
  func sortedPlaces() -> UnsafeMutableBufferPointer<UInt64> {
    var count = 0
    var place = 0
    while place < words {
      slots[count] = UInt64(truncatingIfNeeded: place)
      count += 1
      place = KeyRecord(records + place).end - records
    }
    let places = UnsafeMutableBufferPointer(start: slots, count: count)
    KeySort(records: records).sort(places)
    return places
  }

  /// The record that begins at one of the sorted places.
  func record(at place: UInt64) -> KeyRecord { KeyRecord(records + Int(place)) }

  /// Searches the sorted places.
  func contains(_ key: KeyRecord, in places: UnsafeMutableBufferPointer<UInt64>) -> Bool {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      let record = KeyRecord(records + Int(places[middle]))
      if record.precedes(key) { low = middle + 1 } else { high = middle }
    }
    return low < places.count && KeyRecord(records + Int(places[low])).hasKey(of: key)
  }

  /// Searches the table.
  @inline(__always)
  func contains(_ key: KeyRecord, hash: UInt64) -> Bool {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let found = slots[slot]
      if found == 0 { return false }
      if (found ^ hash) & Self.tagBits == 0, record(found).hasKey(of: key) { return true }
      slot = (slot &+ 1) & mask
    }
  }
}

/// Sorts places of records by their keys: quicksort of three parts around a pivot taken at random, so that neither equal
/// keys nor any order of them makes it slow.
private struct KeySort {
  let records: UnsafePointer<UInt64>

  private func key(_ place: UInt64) -> KeyRecord { KeyRecord(records + Int(place)) }

  func sort(_ all: UnsafeMutableBufferPointer<UInt64>) {
    var places = all[...]
    while places.count > 1 {
      let pivot = key(places[Int.random(in: places.indices)])
      var low = places.startIndex
      var next = low
      var high = places.endIndex
      while next < high {
        let record = key(all[next])
        if record.precedes(pivot) {
          all.swapAt(low, next)
          low += 1
          next += 1
        } else if record.hasKey(of: pivot) {
          next += 1
        } else {
          high -= 1
          all.swapAt(next, high)
        }
      }
      let below = places.startIndex..<low
      let above = high..<places.endIndex
      // The larger part is left for the loop, so that the stack stays shallow.
      let smaller = below.count < above.count ? below : above
      sort(UnsafeMutableBufferPointer(rebasing: all[smaller]))
      places = all[below.count < above.count ? above : below]
    }
  }
}
