import Columns
import Kernels

/// Count, sum and spread of the numbers of a column; exact until the last rounding, so that the order of rows and the
/// cut into parts change nothing.
package struct Moments: Measure {
  package enum Figure: Sendable {
    case count, sum, mean
    /// Of the sample: over *n* − 1; null below two values.
    case variance, standardDeviation
  }

  private let type: DataType
  private let figure: Figure
  private var count = 0
  /// Integers and decimals, in units of the scale; nil past 128 bits.
  private var whole: Int128? = 0
  private var sum = ExactSum()
  private var squares = ExactSum()

  package init(_ figure: Figure, of type: DataType) {
    self.figure = figure
    self.type = type
  }

  private var isExact: Bool { !type.isFloat }
  private var needsSquares: Bool { figure == .variance || figure == .standardDeviation }

  package mutating func add(_ columns: [Column], rows: Bitmap, in store: ByteStore) {
    guard let column = columns.first else {
      count += rows.population
      return
    }
    let chosen = column.validity.map { rows.intersection($0) } ?? rows
    count += chosen.population
    if figure == .count { return }
    if isExact, !needsSquares {
      whole = whole.flatMap { total in
        Reductions.sum(column, rows: chosen).flatMap { part in
          let (result, overflow) = total.addingReportingOverflow(part)
          return overflow ? nil : result
        }
      }
      return
    }
    let floats = Casting.cast(column, to: .float64, in: store)
    floats.add(to: &sum, rows: chosen)
    if needsSquares { floats.addSquares(to: &squares, rows: chosen) }
  }

  private mutating func add(exact value: Int128) {
    count += 1
    whole = whole.flatMap { total in
      let (result, overflow) = total.addingReportingOverflow(value)
      return overflow ? nil : result
    }
  }

  private mutating func add(_ x: Double) {
    count += 1
    sum.add(x)
    guard needsSquares else { return }
    let square = x * x
    squares.add(square)
    if square.isFinite { squares.add((-square).addingProduct(x, x)) }
  }

  package mutating func merge(_ other: Moments) {
    count += other.count
    whole = whole.flatMap { total in
      other.whole.flatMap { part in
        let (result, overflow) = total.addingReportingOverflow(part)
        return overflow ? nil : result
      }
    }
    sum.merge(other.sum)
    squares.merge(other.squares)
  }

  package var bytes: Int {
    let sums = figure == .count || isExact && !needsSquares ? 0 : needsSquares ? 2 : 1
    return MemoryLayout<Moments>.stride + sums * ExactSum.bytes
  }

  /// The type of a figure over a column of a type.
  package static func resultType(_ figure: Figure, of type: DataType) -> DataType {
    switch figure {
    case .count: .int64
    case .sum:
      switch type {
      case .decimal(_, let scale): .decimal(precision: 38, scale: scale)
      case .float32, .float64: .float64
      default: .decimal(precision: 38, scale: 0)
      }
    case .mean, .variance, .standardDeviation: .float64
    }
  }

  package var value: MeasuredValue {
    let result = Self.resultType(figure, of: type)
    if figure == .count { return .value(.integer(Int64(count))) }
    guard count > (needsSquares ? 1 : 0) else { return .value(Constant(result, .null)) }
    switch figure {
    case .sum where isExact:
      return .value(Constant(result, wholeInRange.map { .decimal($0) } ?? .null))
    case .sum:
      return .value(.float(sum.value))
    case .mean:
      return .value(.float(total / Double(count)))
    case .variance:
      return .value(.float(variance))
    default:
      return .value(.float(variance.squareRoot()))
    }
  }

  private var wholeInRange: Int128? {
    let limit = (0..<38).reduce(Int128(1)) { power, _ in power * 10 }
    return whole.flatMap { $0.magnitude < limit.magnitude ? $0 : nil }
  }

  private var total: Double {
    guard isExact else { return sum.value }
    guard let whole else { return .nan }
    guard case .decimal(_, let scale) = type else { return Double(whole) }
    return Double(whole) / (0..<scale).reduce(1.0) { power, _ in power * 10 }
  }

  /// (Σx² − (Σx)²/n) / (n − 1) in about 106 bits, so that a large mean does not eat the difference.
  private var variance: Double {
    let (s, t) = (sum.pair, squares.pair)
    let n = Double(count)
    // (Σx)² as two doubles.
    let square = s.high * s.high
    let squareRest = (-square).addingProduct(s.high, s.high) + 2 * s.high * s.low
    let product = n * t.high
    let productRest = (-product).addingProduct(n, t.high) + n * t.low
    let difference = (product - square) + (productRest - squareRest)
    return max(0, difference) / n / (n - 1)
  }
}

extension Moments: GroupMeasure {
  package static func add(
    _ columns: [Column], rows: Bitmap, groups: ContiguousArray<Int32>, to measures: inout ContiguousArray<Moments>,
    in store: ByteStore
  ) {
    guard let first = measures.first else { return }
    let column = columns.first
    let chosen = column?.validity.map { rows.intersection($0) } ?? rows
    guard let column, first.figure != .count else {
      return chosen.forEachSet { measures[Int(groups[$0])].count += 1 }
    }
    let isExact = first.isExact && !first.needsSquares
    let numbers = isExact ? column : Casting.cast(column, to: .float64, in: store)
    let mask = numbers.isConstant ? 0 : -1
    switch numbers.values {
    case .integers(let values):
      chosen.forEachSet { measures[Int(groups[$0])].add(exact: Int128(values[$0 & mask])) }
    case .decimals(let values): chosen.forEachSet { measures[Int(groups[$0])].add(exact: values[$0 & mask]) }
    case .floats(let values): chosen.forEachSet { measures[Int(groups[$0])].add(values[$0 & mask]) }
    case .bits, .texts: return
    }
  }
}

extension Column {
  /// Adds the exact squares of rows of a float column.
  fileprivate func addSquares(to sum: inout ExactSum, rows: Bitmap) {
    let array = floats
    let cells = Cells(array.span, isConstant: isConstant)
    rows.forEachSet { row in
      let x = cells[row]
      let square = x * x
      sum.add(square)
      if square.isFinite { sum.add((-square).addingProduct(x, x)) }
    }
  }
}
