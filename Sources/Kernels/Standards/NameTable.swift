/// A set of some hundred names, asked for by their bytes.
struct NameTable: Sendable {
  private let bytes: ContiguousArray<UInt8>
  /// For each place of the table where a name begins in `bytes`, and its length; 0 where there is none.
  private let starts: ContiguousArray<UInt32>
  private let lengths: ContiguousArray<UInt16>
  private let mask: Int

  init(_ names: [[UInt8]]) {
    var size = 16
    while size < names.count * 2 { size *= 2 }
    var bytes: ContiguousArray<UInt8> = []
    var starts = ContiguousArray<UInt32>(repeating: 0, count: size)
    var lengths = ContiguousArray<UInt16>(repeating: 0, count: size)
    for name in Set(names) where !name.isEmpty && name.count < 256 {
      var place = name.withUnsafeBytes { raw in
        raw.baseAddress.map { Self.hash(TextBytes($0, raw.count)) & (size - 1) } ?? 0
      }
      while lengths[place] > 0 { place = (place + 1) & (size - 1) }
      starts[place] = UInt32(bytes.count)
      lengths[place] = UInt16(name.count)
      bytes += name
    }
    self.bytes = bytes
    self.starts = starts
    self.lengths = lengths
    mask = size - 1
  }

  /// Source: Fowler, Noll, Vo, "FNV-1a", <http://www.isthe.com/chongo/tech/comp/fnv/>.
  private static func hash(_ text: TextBytes) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for place in 0..<text.count { hash = (hash ^ UInt64(text[place])) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash >> 7)
  }

  func contains(_ text: TextBytes) -> Bool {
    guard text.count < 256 else { return false }
    var place = Self.hash(text) & mask
    while lengths[place] > 0 {
      if Int(lengths[place]) == text.count, isEqual(Int(starts[place]), text) { return true }
      place = (place &+ 1) & mask
    }
    return false
  }

  private func isEqual(_ start: Int, _ text: TextBytes) -> Bool {
    for place in 0..<text.count where bytes[start &+ place] != text[place] { return false }
    return true
  }
}
