/// Orders that look random and are the same each time.
package enum Permutation {
  /// A bijection of 64-bit integers for each seed.
  ///
  /// - Source: the output function of SplitMix64, <https://prng.di.unimi.it/splitmix64.c>, on the seed's own output plus
  ///   the value in steps of its constant.
  package static func shuffled(_ value: UInt64, _ seed: Int64) -> Int64 {
    let step: UInt64 = 0x9E37_79B9_7F4A_7C15
    let origin = finished(UInt64(bitPattern: seed) &+ step)
    return Int64(bitPattern: finished(origin &+ (value &+ 1) &* step))
  }

  private static func finished(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}
