import Columns
import Kernels
import Testing

@Suite struct KeyEncodingTests {
  /// The words of each key.
  private func words(
    _ columns: [Column], in store: ByteStore, rows: Bitmap? = nil, encoder: KeyEncoder = KeyEncoder()
  ) -> [[UInt64]] {
    var keys = EncodedKeys()
    let count = columns.first?.count ?? 0
    encoder.encode(columns, in: store, rows: rows ?? Bitmap(repeating: true, count: count), from: 0, into: &keys)
    return (0..<keys.count).map { Array(keys.words[Int(keys.starts[$0])..<Int(keys.starts[$0 + 1])]) }
  }

  private func texts(_ texts: [String], in store: ByteStore) -> Column {
    Column(.string, .texts(ContiguousArray(texts.map { store.append($0) ?? .empty })), count: texts.count)
  }

  /// Keys are equal exactly when all their parts are: all pairs of rows of a table of awkward texts.
  @Test func keysOfTextsAreEqualWhenAllTextsAre() {
    let store = ByteStore(capacity: 64)
    let parts =
      ["", "\0", "\0\0", "a", "a\0", "ab", "abcdefg", "abcdefgh", "abcdefghi", "\u{1}a", "\u{FF}"]
      + [6, 7, 8, 253, 254, 255, 256, 257, 300, 70_000].map { String(repeating: "z", count: $0) }
    let pairs = parts.flatMap { a in parts.map { b in [a, b] } }
    let keys = words([texts(pairs.map { $0[0] }, in: store), texts(pairs.map { $0[1] }, in: store)], in: store)
    #expect(Set(keys).count == pairs.count)
    #expect(keys == words([texts(pairs.map { $0[0] }, in: store), texts(pairs.map { $0[1] }, in: store)], in: store))
  }

  @Test func equalFloatsHaveEqualKeys() {
    let payload = Double(bitPattern: 0x7FF8_0000_0000_0001)
    let values: ContiguousArray = [0.0, -0.0, .nan, -.nan, payload, 1, .infinity, -.infinity, .leastNonzeroMagnitude]
    let keys = words([Column(.float64, .floats(values), count: values.count)], in: ByteStore(capacity: 64))
    #expect(keys[0] == keys[1])
    #expect(keys[2] == keys[3] && keys[2] == keys[4])
    #expect(Set(keys).count == 6)
  }

  @Test func allBitsOfFixedPartsCount() {
    let store = ByteStore(capacity: 64)
    let integers: ContiguousArray<Int64> = [.min, -1, 0, 1, 1 << 32, .max]
    #expect(Set(words([Column(.int64, .integers(integers), count: 6)], in: store)).count == 6)
    let decimals: ContiguousArray<Int128> = [.min, -1, 0, 1, 1 << 64, 1 << 100, .max]
    let column = Column(.decimal(precision: 38, scale: 2), .decimals(decimals), count: 7)
    #expect(Set(words([column], in: store)).count == 7)
    let bits = Column(.bool, .bits(Bitmap(words: [0b01], count: 2)), count: 2)
    #expect(Set(words([bits], in: store)).count == 2)
  }

  @Test func rowsWithoutAPartHaveNoKey() {
    let store = ByteStore(capacity: 64)
    let valid = Column(.int64, .integers([1, 2, 3, 4]), count: 4)
    let holes = States(validity: Bitmap(words: [0b1011], count: 4))
    let holed = Column(.string, texts(["a", "b", "c", "d"], in: store).values, count: 4, states: holes)
    var keys = EncodedKeys()
    let rows = Bitmap(words: [0b1110], count: 4)
    let taken = KeyEncoder().encode([valid, holed], in: store, rows: rows, from: 100, into: &keys)
    #expect(taken.rows == [1, 3])
    #expect(keys.ordinals == [101, 103])
    #expect(keys.hashes.count == 2)
  }

  @Test func absentPartsMayBeEqual() {
    let store = ByteStore(capacity: 64)
    let validity = Bitmap(words: [0b0011], count: 4)
    let numbers = Column(.int64, .integers([0, 7, 8, 9]), count: 4, states: States(validity: validity))
    let names = texts(["", "x", "y", "y"], in: store).with(states: States(validity: validity))
    let encoder = KeyEncoder(nulls: .isEqual)
    for columns in [[numbers], [names], [numbers, names]] {
      let keys = words(columns, in: store, encoder: encoder)
      #expect(keys[2] == keys[3])
      #expect(Set(keys).count == 3)
    }
  }

  @Test func constantsCountAsTheirValueOnEachRow() {
    let store = ByteStore(capacity: 64)
    let constant = Column(.string, .texts([store.append("k") ?? .empty]), count: 3, isConstant: true)
    let number = Column(.float64, .floats([2.5]), count: 3, isConstant: true)
    let written = [texts(["k", "k", "k"], in: store), Column(.float64, .floats([2.5, 2.5, 2.5]), count: 3)]
    #expect(words([constant, number], in: store) == words(written, in: store))
  }

  /// Encoding again into the same keys leaves nothing of the longer keys before.
  @Test func keysMayBeUsedAgain() {
    let store = ByteStore(capacity: 64)
    var keys = EncodedKeys()
    let long = texts([String](repeating: String(repeating: "q", count: 50), count: 20), in: store)
    let short = texts(["a", "bc"], in: store)
    KeyEncoder().encode([long], in: store, rows: Bitmap(repeating: true, count: 20), from: 0, into: &keys)
    KeyEncoder().encode([short], in: store, rows: Bitmap(repeating: true, count: 2), from: 0, into: &keys)
    var fresh = EncodedKeys()
    KeyEncoder().encode([short], in: store, rows: Bitmap(repeating: true, count: 2), from: 0, into: &fresh)
    #expect(keys.starts == fresh.starts)
    #expect(keys.hashes == fresh.hashes)
    #expect(keys.words.prefix(2) == fresh.words.prefix(2))
  }

  /// Of 100,000 similar keys none collide, and each bit is set in about half of the hashes.
  @Test func hashesSpread() {
    let count = 100_000
    let values = Column(.int64, .integers(ContiguousArray(0..<Int64(count))), count: count)
    var keys = EncodedKeys()
    let all = Bitmap(repeating: true, count: count)
    KeyEncoder().encode([values, values], in: ByteStore(capacity: 64), rows: all, from: 0, into: &keys)
    #expect(Set(keys.hashes).count == count)
    for bit in 0..<UInt64(64) {
      let set = keys.hashes.count { $0 >> bit & 1 == 1 }
      // Six standard deviations.
      #expect(abs(set - count / 2) < 950, "bit \(bit)")
    }
  }
}
