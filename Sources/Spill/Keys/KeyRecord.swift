/// A key and the place of its row, as they lie in memory and in spill files: a header word, then the key's words.
///
/// The header holds the ordinal above 20 bits of length. Where either does not fit, the length's bits are all set, and two
/// more words hold both.
struct KeyRecord {
  let ordinal: Int64
  let key: UnsafePointer<UInt64>
  /// Words of the key.
  let count: Int

  private static let lengthBits: UInt64 = 20
  private static let escape: UInt64 = 1 << lengthBits - 1
  private static let ordinalLimit: UInt64 = 1 << (64 - lengthBits)

  /// Reads the record at `start`.
  @inline(__always)
  init(_ start: UnsafePointer<UInt64>) {
    let header = start[0]
    let length = header & Self.escape
    if length != Self.escape {
      ordinal = Int64(bitPattern: header &>> Self.lengthBits)
      count = Int(truncatingIfNeeded: length)
      key = start + 1
    } else {
      ordinal = Int64(bitPattern: start[1])
      count = Int(truncatingIfNeeded: start[2])
      key = start + 3
    }
  }

  @inline(__always)
  init(_ key: UnsafePointer<UInt64>, _ count: Int, ordinal: Int64) {
    self.key = key
    self.count = count
    self.ordinal = ordinal
  }

  /// Where the next record begins.
  @inline(__always)
  var end: UnsafePointer<UInt64> { key + count }

  @inline(__always)
  private static func isLong(_ count: Int, _ ordinal: Int64) -> Bool {
    UInt64(truncatingIfNeeded: count) >= escape || UInt64(bitPattern: ordinal) >= ordinalLimit
  }

  /// Words that a record of a key of `count` words takes.
  @inline(__always)
  static func size(_ count: Int, _ ordinal: Int64) -> Int { count &+ (isLong(count, ordinal) ? 3 : 1) }

  /// Writes a record of `size(count, ordinal)` words.
  @inline(__always)
  static func write(
    _ key: UnsafePointer<UInt64>, _ count: Int, _ ordinal: Int64, to target: UnsafeMutablePointer<UInt64>
  ) {
    var next = target
    if isLong(count, ordinal) {
      next[0] = escape
      next[1] = UInt64(bitPattern: ordinal)
      next[2] = UInt64(truncatingIfNeeded: count)
      next += 3
    } else {
      next[0] = UInt64(bitPattern: ordinal) &<< lengthBits | UInt64(truncatingIfNeeded: count)
      next += 1
    }
    for index in 0..<count { next[index] = key[index] }
  }

  @inline(__always)
  func hasKey(of other: KeyRecord) -> Bool {
    guard count == other.count else { return false }
    for index in 0..<count where key[index] != other.key[index] { return false }
    return true
  }

  /// Any total order of keys will do: the shorter first, then by words.
  @inline(__always)
  func precedes(_ other: KeyRecord) -> Bool {
    if count != other.count { return count < other.count }
    for index in 0..<count where key[index] != other.key[index] { return key[index] < other.key[index] }
    return false
  }
}

/// Calls `body` with each record of a block of whole ones.
@inline(__always)
func forEachRecord<Failure: Error>(
  in block: UnsafeBufferPointer<UInt64>, _ body: (KeyRecord) throws(Failure) -> Void
) throws(Failure) {
  guard var next = block.baseAddress else { return }
  let end = next + block.count
  while next < end {
    let record = KeyRecord(next)
    try body(record)
    next = record.end
  }
}
