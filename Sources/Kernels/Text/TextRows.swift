import Columns

/// The rows of a result: how many there are, which need a value, and the loops that make one for each of these.
struct TextRows {
  let count: Int
  let isConstant: Bool
  private(set) var states: States

  /// The rows of a strict function of `arguments`, of which there is at least one.
  init(strict arguments: [Column]) {
    count = arguments.first?.count ?? 0
    isConstant = arguments.allSatisfy(\.isConstant)
    states = States.strict(arguments)
  }

  /// The rows of a function that takes care of its own states. It may ask of each row whether an argument is present, so
  /// that the result is constant only where that, too, is the same on all rows.
  init(_ arguments: [Column], states: States) {
    count = arguments.first?.count ?? 0
    isConstant = arguments.allSatisfy { $0.isConstant && ($0.validity?.isEmpty ?? true) }
    self.states = states
  }

  /// True when no row is present, so that a constant has no value either.
  private var hasNone: Bool { states.validity?.isEmpty ?? false }

  /// Calls `body` with each row that needs a value, ascending.
  @inline(__always)
  private func forEach(_ body: (Int) -> Void) {
    let computed = isConstant ? (hasNone ? 0 : min(count, 1)) : count
    guard !isConstant, let validity = states.validity else {
      for row in 0..<computed { body(row) }
      return
    }
    validity.words.withUnsafeBufferPointer { words in
      for row in 0..<computed where words[row &>> 6] &>> UInt64(row & 63) & 1 == 1 { body(row) }
    }
  }

  private var stored: Int { isConstant ? 1 : count }

  /// A text for each present row; the empty text for others.
  @inline(__always)
  func texts(_ value: (Int) -> TextSpan) -> Values {
    .texts(
      ContiguousArray(unsafeUninitializedCapacity: stored) { buffer, initialized in
        buffer.initialize(repeating: .empty)
        forEach { buffer[$0] = value($0) }
        initialized = stored
      })
  }

  /// An integer for each present row; zero for others.
  @inline(__always)
  func integers(_ value: (Int) -> Int64) -> Values {
    .integers(
      ContiguousArray(unsafeUninitializedCapacity: stored) { buffer, initialized in
        buffer.initialize(repeating: 0)
        forEach { buffer[$0] = value($0) }
        initialized = stored
      })
  }

  /// A bit for each present row, and of these only where `wanted` has one; false for others.
  @inline(__always)
  func bits(wanted: Bitmap? = nil, _ value: (Int) -> Bool) -> Values {
    if isConstant {
      let bit = count > 0 && !hasNone && !(wanted?.isEmpty ?? false) && value(0)
      var bits = Bitmap(repeating: bit, count: count)
      if bit, let validity = states.validity { bits.formIntersection(validity) }
      if bit, let wanted { bits.formIntersection(wanted) }
      return .bits(bits)
    }
    var needed = states.validity ?? Bitmap(repeating: true, count: count)
    if let wanted { needed.formIntersection(wanted) }
    let words = needed.words
    let size = words.count
    let result = ContiguousArray<UInt64>(unsafeUninitializedCapacity: size) { buffer, initialized in
      for index in 0..<size {
        var left = words[index]
        var word: UInt64 = 0
        if left == .max {
          for bit in 0..<64 { word |= (value(index &<< 6 &+ bit) ? 1 : 0) &<< UInt64(bit) }
          left = 0
        }
        while left != 0 {
          let bit = left.trailingZeroBitCount
          word |= (value(index &<< 6 &+ bit) ? 1 : 0) &<< UInt64(bit)
          left &= left &- 1
        }
        buffer[index] = word
      }
      initialized = size
    }
    return .bits(Bitmap(words: result, count: count))
  }

  /// The result, with the rows that failed while it was made.
  func column(_ type: DataType, _ values: Values, _ faults: borrowing TextFaults) -> Column {
    var states = states
    if isConstant, let kind = faults.constantKind {
      var fresh = Failures(count: count)
      (states.validity ?? Bitmap(repeating: true, count: count)).forEachSet { fresh.insert($0, kind) }
      states.fail(fresh)
    } else {
      states.fail(faults.failures)
    }
    if case .bits = values { return Column(type, values, count: count, states: states) }
    return Column(type, values, count: count, isConstant: isConstant, states: states)
  }

  func column(_ type: DataType, _ values: Values) -> Column { column(type, values, TextFaults(count: count)) }
}

/// The rows that failed so far; costs nothing while there are none.
struct TextFaults {
  private(set) var failures: Failures?
  private let count: Int

  init(count: Int) { self.count = count }

  @inline(never)
  mutating func insert(_ row: Int, _ kind: FailureKind) {
    var changed = failures ?? Failures(count: count)
    failures = nil
    changed.insert(row, kind)
    failures = changed
  }

  /// Why the only row that is computed for a constant failed.
  var constantKind: FailureKind? { count > 0 ? failures?.kind(0) : nil }
}
