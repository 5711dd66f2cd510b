/// A 64-bit hash of keys. It only spreads keys over partitions and slots: which keys are equal is always decided by
/// their words, so that a poor hash costs time and never a wrong answer.
package struct KeyHasher: Sendable {
  package typealias Function = @Sendable (UnsafeBufferPointer<UInt64>) -> UInt64

  /// Nil: the hash below, which is then called directly.
  @usableFromInline let function: Function?

  package static let standard = KeyHasher()

  private init() { function = nil }

  package init(_ function: @escaping Function) { self.function = function }

  @inlinable
  @inline(__always)
  package func hash(_ words: UnsafePointer<UInt64>, _ count: Int) -> UInt64 {
    guard let function else { return Self.mixed(words, count) }
    return function(UnsafeBufferPointer(start: words, count: count))
  }

  /// The words two at a time through a 64 × 64 → 128-bit multiplication, whose halves are combined.
  ///
  /// - Source: after wyhash's final version 4, <https://github.com/wangyi-fudan/wyhash>, with its default secret.
  @inlinable
  @inline(__always)
  static func mixed(_ words: UnsafePointer<UInt64>, _ count: Int) -> UInt64 {
    var state: UInt64 = 0x2D35_8DCC_AA6C_78A5
    var index = 0
    while index &+ 2 <= count {
      state = folded(words[index] ^ 0x8BB8_4B93_962E_ACC9, words[index &+ 1] ^ state)
      index &+= 2
    }
    if index < count { state = folded(words[index] ^ 0x4B33_A62E_D433_D4A3, state) }
    return folded(state ^ 0x4D5A_2DA5_1DE1_AA47, UInt64(truncatingIfNeeded: count) ^ 0x8BB8_4B93_962E_ACC9)
  }

  @inlinable
  @inline(__always)
  static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
