import Columns

/// Texts compared by their bytes, eight at a time. Reads up to eight bytes past a text, which a ``ByteStore`` allows.
enum TextOrder {
  @inline(__always)
  static func areEqual(_ a: TextSpan, _ b: TextSpan, _ base: UnsafeRawPointer) -> Bool {
    a.length == b.length && haveEqualBytes(base + Int(a.offset), base + Int(b.offset), Int(a.length))
  }

  @inline(__always)
  static func haveEqualBytes(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    var index = 0
    while index + 8 <= count {
      let left = a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if left != b.loadUnaligned(fromByteOffset: index, as: UInt64.self) { return false }
      index += 8
    }
    if index == count { return true }
    let left = a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let right = b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    return (left ^ right) &<< UInt64((8 &- (count &- index)) &* 8) == 0
  }

  /// The order of `memcmp`, a text before its continuations.
  @inline(__always)
  static func isLess(_ a: TextSpan, _ b: TextSpan, _ base: UnsafeRawPointer) -> Bool {
    let left = base + Int(a.offset)
    let right = base + Int(b.offset)
    let common = Int(min(a.length, b.length))
    var index = 0
    while index < common {
      var x = left.loadUnaligned(fromByteOffset: index, as: UInt64.self).byteSwapped
      var y = right.loadUnaligned(fromByteOffset: index, as: UInt64.self).byteSwapped
      let rest = common - index
      if rest < 8 {
        x &>>= UInt64((8 &- rest) &* 8)
        y &>>= UInt64((8 &- rest) &* 8)
      }
      if x != y { return x < y }
      index += 8
    }
    return a.length < b.length
  }
}
