import Columns

/// A sum of doubles without rounding, so that the order and the grouping of what is added change nothing.
///
/// The sum is held as a fixed-point number wide enough for every double, in chunks of 32 bits that carry late.
///
/// - Source: Radford M. Neal, "Fast exact summation using small and large superaccumulators",
///   <https://arxiv.org/abs/1505.05571>.
package struct ExactSum: Sendable {
  /// Chunk *i* counts units of 2^(32 *i* − 1074).
  /// Empty while nothing was added.
  private var chunks: ContiguousArray<Int64> = []
  private var addsUntilCarry = Self.addsAtOnce
  private var positiveInfinities = false
  private var negativeInfinities = false
  private var notANumber = false

  /// Each addition changes a chunk by less than 2^32, and a chunk has room for 2^63.
  private static let addsAtOnce = 1 << 30

  private static let chunkCount = 70

  package init() {}

  /// Bytes that a sum takes beside itself.
  package static let bytes = chunkCount * 8 + 32

  private mutating func start() {
    if chunks.isEmpty { chunks = ContiguousArray(repeating: 0, count: Self.chunkCount) }
  }

  package mutating func add(_ value: Double) {
    let bits = value.bitPattern
    let biased = Int(bits >> 52) & 0x7FF
    guard biased != 0x7FF else { return addSpecial(value) }
    start()
    let fraction = bits & (1 << 52 - 1)
    let significand = biased == 0 ? fraction : fraction | 1 << 52
    let position = max(biased, 1) - 1
    let (index, shift) = (position >> 5, UInt64(position & 31))
    let low = significand << shift
    let parts = (Int64(low & 0xFFFF_FFFF), Int64(low >> 32), shift == 0 ? 0 : Int64(significand >> (64 - shift)))
    let sign: Int64 = value.sign == .minus ? -1 : 1
    chunks[index] += sign * parts.0
    chunks[index + 1] += sign * parts.1
    chunks[index + 2] += sign * parts.2
    addsUntilCarry -= 1
    if addsUntilCarry == 0 { carry() }
  }

  private mutating func addSpecial(_ value: Double) {
    if value.isNaN {
      notANumber = true
    } else if value > 0 {
      positiveInfinities = true
    } else {
      negativeInfinities = true
    }
  }

  package mutating func merge(_ other: ExactSum) {
    if !other.chunks.isEmpty {
      start()
      var other = other
      other.carry()
      carry()
      for index in chunks.indices { chunks[index] += other.chunks[index] }
      carry()
    }
    positiveInfinities = positiveInfinities || other.positiveInfinities
    negativeInfinities = negativeInfinities || other.negativeInfinities
    notANumber = notANumber || other.notANumber
  }

  /// Brings every chunk but the last into 0 ..< 2^32.
  private mutating func carry() {
    for index in 0..<max(chunks.count - 1, 0) {
      chunks[index + 1] += chunks[index] >> 32
      chunks[index] &= 0xFFFF_FFFF
    }
    addsUntilCarry = Self.addsAtOnce
  }

  /// The double nearest to the sum, ties to even.
  package var value: Double {
    if notANumber || (positiveInfinities && negativeInfinities) { return .nan }
    if positiveInfinities { return .infinity }
    if negativeInfinities { return -.infinity }
    var sum = self
    sum.carry()
    let isNegative = (sum.chunks.last ?? 0) < 0
    if isNegative {
      for index in sum.chunks.indices { sum.chunks[index] = -sum.chunks[index] }
      sum.carry()
    }
    guard let top = sum.chunks.lastIndex(where: { $0 != 0 }) else { return 0 }
    let bottom = max(top - 2, 0)
    var leading: UInt128 = 0
    for index in stride(from: top, through: bottom, by: -1) { leading = leading << 32 | UInt128(sum.chunks[index]) }
    // What is below the leading 65 bits and more matters only as being there.
    if sum.chunks[..<bottom].contains(where: { $0 != 0 }) { leading |= 1 }
    return Double(sign: isNegative ? .minus : .plus, exponent: 32 * bottom - 1074, significand: Double(leading))
  }

  /// The sum as the double nearest to it and the double nearest to what is left: about 106 bits.
  package var pair: (high: Double, low: Double) {
    let high = value
    guard high.isFinite else { return (high, 0) }
    var rest = self
    rest.add(-high)
    return (high, rest.value)
  }
}

extension Column {
  /// Adds the values of rows of a float column to a sum.
  package func add(to sum: inout ExactSum, rows: Bitmap) {
    let array = floats
    let cells = Cells(array.span, isConstant: isConstant)
    for (index, word) in rows.words.enumerated() {
      var word = word
      while word != 0 {
        sum.add(cells[index << 6 + word.trailingZeroBitCount])
        word &= word &- 1
      }
    }
  }
}
