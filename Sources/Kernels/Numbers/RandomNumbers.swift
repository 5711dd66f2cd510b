import Columns

/// Numbers that look random and depend on nothing but a seed and the place of a row, so that a run that is done again, in
/// whatever batches and by however many threads, draws the same.
///
/// - Source: SplitMix64, G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators, 2014, whose
///   *i*-th number needs none of those before it.
package struct RandomNumbers: Sendable {
  private let seed: UInt64

  /// - Parameters:
  ///   - name: what the numbers belong to; another name draws other numbers.
  ///   - stream: which of several draws under the name.
  package init(name: some Sequence<UInt8>, stream: Int) {
    // FNV-1a, then mixed, since its low bits alone say little of short names.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    seed = Self.mixed(hash ^ Self.mixed(UInt64(truncatingIfNeeded: stream) &* Self.gamma))
  }

  /// The numbers of SplitMix64 from its own seed.
  init(seed: UInt64) { self.seed = seed }

  private static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  private static func mixed(_ word: UInt64) -> UInt64 {
    let first = (word ^ word &>> 30) &* 0xBF58_476D_1CE4_E5B9
    let second = (first ^ first &>> 27) &* 0x94D0_49BB_1331_11EB
    return second ^ second &>> 31
  }

  /// The 64 bits of a place, from 0.
  @inline(__always)
  package func bits(at place: Int) -> UInt64 {
    Self.mixed(seed &+ (UInt64(truncatingIfNeeded: place) &+ 1) &* Self.gamma)
  }

  /// A double of each place, at least 0 and below 1.
  ///
  /// - Parameter places: *n* places of rows.
  package func uniform(_ places: ContiguousArray<Int>) -> Column {
    let values = ContiguousArray(places.map { Double(bits(at: $0) &>> 11) * 0x1p-53 })
    return Column(.float64, .floats(values), count: places.count)
  }

  /// An integer of each place between two bounds, both included. Bounds that cross fail with `.badArgument`.
  ///
  /// - Parameters:
  ///   - low: *n* integers.
  ///   - high: *n* integers.
  package func integers(_ places: ContiguousArray<Int>, low: Column, high: Column) -> Column {
    let lows = low.integerOperand
    return drawn(places, low, high, .int64, 0, high.integerOperand, Values.integers) { row, place, high in
      let low = lows[row]
      if low > high { return Checked(0, true, .badArgument) }
      let width = UInt64(bitPattern: high &- low) &+ 1
      let bits = bits(at: place)
      // The whole range of 64 bits has one value more than they count.
      return Checked(low &+ Int64(bitPattern: width == 0 ? bits : bits.multipliedFullWidth(by: width).high))
    }
  }

  /// A double of each place between two bounds, both included. Bounds that cross or are not finite fail with
  /// `.badArgument`.
  package func floats(_ places: ContiguousArray<Int>, low: Column, high: Column) -> Column {
    let lows = low.floatOperand
    return drawn(places, low, high, .float64, 0, high.floatOperand, Values.floats) { row, place, high in
      let low = lows[row]
      guard low.isFinite, high.isFinite, low <= high else { return Checked(0, true, .badArgument) }
      let share = Double(bits(at: place) &>> 11) / Double(1 << 53 - 1)
      return Checked(min(max(low * (1 - share) + high * share, low), high))
    }
  }

  @inline(__always)
  private func drawn<V: BitwiseCopyable>(
    _ places: ContiguousArray<Int>, _ low: Column, _ high: Column, _ type: DataType, _ zero: V, _ highs: Operand<V>,
    _ wrap: (ContiguousArray<V>) -> Values, _ body: (Int, Int, V) -> Checked<V>
  ) -> Column {
    var states = States.strict([low, high])
    var faults = TextFaults(count: places.count)
    var values = ContiguousArray<V>(repeating: zero, count: places.count)
    for row in places.indices where states.validity?[row] ?? true {
      let value = body(row, places[row], highs[row])
      if value.fault != 0, let kind = FailureKind(rawValue: value.fault &- 1) {
        faults.insert(row, kind)
      } else {
        values[row] = value.value
      }
    }
    states.fail(faults.failures)
    return Column(type, wrap(values), count: places.count, states: states)
  }
}
