import Columns

/// Kernels over dates, times, timestamps and instants. All take whole columns of *n* rows, any of which may be constant,
/// and give a column of *n* rows, constant when all arguments are.
///
/// Null rule: strict. The value under a row that is not present may be anything. Supported are the years 1…9999; a
/// result outside fails on its row.
package enum Temporal {
  static let day: Int64 = 86_400_000_000
  static let second: Int64 = 1_000_000
  /// 0001-01-01 00:00:00 and 9999-12-31 23:59:59.999999 in µs since 1970.
  package static let firstMicrosecond: Int64 = -62_135_596_800_000_000
  package static let lastMicrosecond: Int64 = 253_402_300_799_999_999

  /// What a loop's body answers where it has no value: no supported date, time or difference is this number.
  static let none = Int64.min

  @inline(__always)
  static func floorDivision(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient &- 1 : quotient
  }

  /// The remainder that has the divisor's sign.
  @inline(__always)
  static func floorRemainder(_ value: Int64, _ divisor: Int64) -> Int64 {
    let remainder = value % divisor
    return remainder < 0 ? remainder &+ divisor : remainder
  }

  /// `none` for days outside years 1…9999.
  @inline(__always)
  static func checkedDays(_ days: Int64) -> Int64 {
    days >= Civil.firstDay && days <= Civil.lastDay ? days : none
  }

  /// `none` for microseconds outside years 1…9999.
  @inline(__always)
  static func checkedMicroseconds(_ value: Int64) -> Int64 {
    value >= firstMicrosecond && value <= lastMicrosecond ? value : none
  }

  /// Midnight of a day, `none` outside the supported days.
  @inline(__always)
  static func midnight(_ days: Int64) -> Int64 {
    days >= Civil.firstDay && days <= Civil.lastDay ? days &* day : none
  }

  /// Applies `body` to each value; rows for which it answers `none` fail.
  @inline(__always)
  static func map(
    _ column: Column, to type: DataType, failing kind: FailureKind = .outOfRange, _ body: (Int64) -> Int64
  ) -> Column {
    let input = column.integers
    let cells = column.isConstant ? 1 : column.count
    guard input.count >= cells else { return failed(column.count, type, .badArgument, like: [column]) }
    var states = RowStates(.strict([column]), count: column.count, isConstant: column.isConstant)
    let output = ContiguousArray<Int64>(unsafeUninitializedCapacity: cells) { output, written in
      input.withUnsafeBufferPointer { input in
        for row in 0..<cells {
          var value = body(input[row])
          if value == none {
            states.fail(row, kind)
            value = 0
          }
          output[row] = value
        }
      }
      written = cells
    }
    return Column(
      type, .integers(output), count: column.count, isConstant: column.isConstant, states: states.result)
  }

  /// Applies `body` to each pair of values; rows for which it answers `none` fail.
  @inline(__always)
  static func zip(
    _ a: Column, _ b: Column, to type: DataType, failing kind: FailureKind = .outOfRange,
    _ body: (Int64, Int64) -> Int64
  ) -> Column {
    precondition(a.count == b.count)
    let isConstant = a.isConstant && b.isConstant
    let cells = isConstant ? 1 : a.count
    let (left, right) = (a.integers, b.integers)
    guard left.count >= (a.isConstant ? 1 : a.count), right.count >= (b.isConstant ? 1 : b.count) else {
      return failed(a.count, type, .badArgument, like: [a, b])
    }
    let (leftMask, rightMask) = (a.isConstant ? 0 : -1, b.isConstant ? 0 : -1)
    var states = RowStates(.strict([a, b]), count: a.count, isConstant: isConstant)
    let output = ContiguousArray<Int64>(unsafeUninitializedCapacity: cells) { output, written in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          for row in 0..<cells {
            var value = body(left[row & leftMask], right[row & rightMask])
            if value == none {
              states.fail(row, kind)
              value = 0
            }
            output[row] = value
          }
        }
      }
      written = cells
    }
    return Column(type, .integers(output), count: a.count, isConstant: isConstant, states: states.result)
  }

  /// A column on whose present rows nothing could be computed: the arguments are not of a type the kernel takes.
  static func failed(_ count: Int, _ type: DataType, _ kind: FailureKind, like arguments: [Column]) -> Column {
    var states = RowStates(.strict(arguments), count: count, isConstant: true)
    states.fail(0, kind)
    let values: Values = type.layout == .texts ? .texts([.empty]) : .integers([0])
    return Column(type, values, count: count, isConstant: true, states: states.result)
  }
}

/// The states of a result while its rows are worked out; allocates only when a row fails or becomes null.
struct RowStates {
  private let base: States
  private let count: Int
  private let isConstant: Bool
  private var failures: Failures?
  private var nulls: Bitmap?

  init(_ base: States, count: Int, isConstant: Bool) {
    self.base = base
    self.count = count
    self.isConstant = isConstant
  }

  /// Marks a row as failed if it was present; in a constant result, all rows.
  @inline(never)
  mutating func fail(_ row: Int, _ kind: FailureKind) {
    for row in isConstant ? 0..<count : row..<row + 1 where base.validity?[row] ?? true {
      if failures == nil { failures = Failures(count: count) }
      failures?.insert(row, kind)
    }
  }

  /// Marks a row as null if it was present; in a constant result, all rows.
  @inline(never)
  mutating func void(_ row: Int) {
    for row in isConstant ? 0..<count : row..<row + 1 where base.validity?[row] ?? true {
      if nulls == nil { nulls = Bitmap(repeating: false, count: count) }
      nulls?[row] = true
    }
  }

  var result: States {
    var states = base
    if let nulls { states.void(nulls) }
    states.fail(failures)
    return states
  }
}
