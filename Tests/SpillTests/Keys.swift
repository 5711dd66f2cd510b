import Columns
import Kernels
import Storage

@testable import Spill

/// Keys for tests: a number and a text each, added in batches.
struct TestKeys {
  /// The key of each row; rows with the same number have the same key.
  let rows: [Int]
  /// Bytes of text in each key.
  var width = 6

  /// Distributions of `count` keys by name.
  static func named(_ name: String, count: Int) -> TestKeys {
    var random = Sequence64(state: 7)
    switch name {
    case "distinct": return TestKeys(rows: (0..<count).map { $0 &* 7919 % 1_000_003 + $0 * 1_000_003 })
    case "equal": return TestKeys(rows: Array(repeating: 5, count: count))
    case "few": return TestKeys(rows: (0..<count).map { _ in Int(random.next() % 97) })
    case "pairs": return TestKeys(rows: (0..<count).map { _ in Int(random.next() % UInt64(count)) })
    // Half of the rows share one key, a quarter another, and so on; one in sixteen is by itself.
    case "skewed":
      return TestKeys(
        rows: (0..<count).map { row in
          let depth = random.next().trailingZeroBitCount
          return depth < 4 ? -depth - 1 : row
        })
    default: return TestKeys(rows: [])
    }
  }

  /// The batches, of 1000 rows and out of order, each handed to `body`.
  func forEachBatch(
    hasher: KeyHasher = .standard, _ body: (EncodedKeys) throws(StorageFailure) -> Void
  ) throws(StorageFailure) {
    let starts = Array(stride(from: 0, to: rows.count, by: 1000))
    var keys = EncodedKeys()
    for start in starts.reversed() { try body(batch(start, hasher, &keys)) }
  }

  /// The keys of the batch that begins at a row.
  func batch(_ start: Int, _ hasher: KeyHasher = .standard) -> EncodedKeys {
    var keys = EncodedKeys()
    return batch(start, hasher, &keys)
  }

  private func batch(_ start: Int, _ hasher: KeyHasher, _ keys: inout EncodedKeys) -> EncodedKeys {
    let store = ByteStore(capacity: 1 << 16)
    let numbers = rows[start..<min(start + 1000, rows.count)]
    var texts: ContiguousArray<TextSpan> = []
    for number in numbers {
      let text = String(repeating: "x", count: max(0, width - 3)) + String(number.magnitude % 1000)
      texts.append(store.append(text) ?? .empty)
    }
    let columns = [
      Column(.int64, .integers(ContiguousArray(numbers.map(Int64.init))), count: numbers.count),
      Column(.string, .texts(texts), count: numbers.count),
    ]
    let all = Bitmap(repeating: true, count: numbers.count)
    KeyEncoder(hasher: hasher).encode(columns, in: store, rows: all, from: Int64(start), into: &keys)
    return keys
  }

  /// The rows of each key, ascending.
  var groups: [Int: [Int]] {
    var groups: [Int: [Int]] = [:]
    for (ordinal, key) in rows.enumerated() { groups[key, default: []].append(ordinal) }
    return groups
  }

  func failing(keeping: KeptRow) -> [Int] {
    groups.values.flatMap { rows -> ArraySlice<Int> in
      switch keeping {
      case .none: rows.count > 1 ? rows[...] : []
      case .first: rows.dropFirst()
      case .last: rows.dropLast()
      }
    }.sorted()
  }
}

/// A random sequence that is the same each time.
///
/// - Source: SplitMix64, <https://prng.di.unimi.it/splitmix64.c>.
struct Sequence64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension KeyHasher {
  /// Hashes that spread badly, by name.
  static func named(_ name: String) -> KeyHasher {
    switch name {
    case "eight bits": KeyHasher { words in words.reduce(0) { ($0 &* 31) ^ $1 } & 0xFF }
    case "constant": KeyHasher { _ in 42 }
    default: .standard
    }
  }
}

extension OrdinalSet {
  /// The rows of the set below `count`.
  func rows(of count: Int) -> [Int] { bits(from: 0, count: count).rows }
}
