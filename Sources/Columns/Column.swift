/// A value has one of four states. A strict function's result has the greatest state of its arguments.
package enum ValueState: UInt8, Comparable, Sendable {
  case present, null
  /// Null to expressions, yet known as not missing: it did not fit and its author chose `on_error: invalid`.
  case invalid
  /// It could not be computed; the row that needs it is condemned.
  case failed

  package static func < (a: ValueState, b: ValueState) -> Bool { a.rawValue < b.rawValue }
}

/// Why a value could not be computed.
package enum FailureKind: UInt8, Sendable, CaseIterable {
  case cast, overflow, divisionByZero, outOfRange, badArgument, tooLong, patternLimit, unlisted

  /// What people are told, as the end of a sentence about the row.
  package var message: String {
    switch self {
    case .cast: "the value does not fit the type"
    case .overflow: "the result is too large for its type"
    case .divisionByZero: "division by zero"
    case .outOfRange: "the value is outside the function's range"
    case .badArgument: "an argument is not valid"
    case .tooLong: "the text would be too long"
    case .patternLimit: "the pattern took too many steps"
    case .unlisted: "the value is none of those listed"
    }
  }
}

/// The rows of a column that failed, and why.
package struct Failures: Sendable {
  package private(set) var rows: Bitmap
  /// One ``FailureKind`` a row, meaningful where `rows` has its bit.
  private var kinds: ContiguousArray<UInt8>

  package init(count: Int) {
    rows = Bitmap(repeating: false, count: count)
    kinds = ContiguousArray(repeating: 0, count: count)
  }

  package mutating func insert(_ row: Int, _ kind: FailureKind) {
    rows[row] = true
    kinds[row] = kind.rawValue
  }

  package func kind(_ row: Int) -> FailureKind? {
    rows[row] ? FailureKind(rawValue: kinds[row]) : nil
  }

  /// Adds the failures of `other` on rows that have none yet.
  package mutating func formUnion(_ other: Failures) {
    other.rows.subtracting(rows).forEachSet { row in kinds[row] = other.kinds[row] }
    rows.formUnion(other.rows)
  }

  /// Keeps only the failures on `kept` rows.
  package mutating func formIntersection(_ kept: Bitmap) { rows.formIntersection(kept) }

  package var isEmpty: Bool { rows.isEmpty }
}

/// The values themselves, one buffer a layout. Values on rows that are not present are any value of the layout that is
/// safe to read (texts: the empty span).
package enum Values: Sendable {
  case bits(Bitmap)
  case integers(ContiguousArray<Int64>)
  case floats(ContiguousArray<Double>)
  /// Unscaled: 12.50 at scale 2 is 1250.
  case decimals(ContiguousArray<Int128>)
  case texts(ContiguousArray<TextSpan>)
}

/// One column of a batch: `count` values of one type. Copying a column copies references only.
///
/// A constant column holds its value once (`bits` apart, which are always written out): read it through ``Cells``.
package struct Column: Sendable {
  package let type: DataType
  package let count: Int
  package let values: Values
  package let isConstant: Bool
  /// Bit set: the value is present. Nil: all are.
  package private(set) var validity: Bitmap?
  /// A part of the rows that are not present.
  package private(set) var invalid: Bitmap?
  /// A part of the rows that are not present, apart from the invalid ones.
  package private(set) var failures: Failures?

  package init(
    _ type: DataType, _ values: Values, count: Int, isConstant: Bool = false, states: States = .present
  ) {
    self.type = type
    self.count = count
    self.values = values
    self.isConstant = isConstant
    validity = states.validity
    invalid = states.invalid
    failures = states.failures
  }

  package var states: States { States(validity: validity, invalid: invalid, failures: failures) }

  package func with(states: States) -> Column {
    Column(type, values, count: count, isConstant: isConstant, states: states)
  }

  package func with(type: DataType) -> Column {
    precondition(type.layout == self.type.layout)
    return Column(type, values, count: count, isConstant: isConstant, states: states)
  }

  package func isPresent(_ row: Int) -> Bool { validity?[row] ?? true }

  package func state(_ row: Int) -> ValueState {
    if isPresent(row) { return .present }
    if failures?.rows[row] ?? false { return .failed }
    return invalid?[row] ?? false ? .invalid : .null
  }

  // Views by layout; empty when the column has another one, which the binder rules out.
  package var bits: Bitmap {
    if case .bits(let bits) = values { bits } else { Bitmap(repeating: false, count: count) }
  }
  package var integers: ContiguousArray<Int64> { if case .integers(let array) = values { array } else { [] } }
  package var floats: ContiguousArray<Double> { if case .floats(let array) = values { array } else { [] } }
  package var decimals: ContiguousArray<Int128> { if case .decimals(let array) = values { array } else { [] } }
  package var texts: ContiguousArray<TextSpan> { if case .texts(let array) = values { array } else { [] } }
}

/// The states of a column's values, apart from the values.
package struct States: Sendable {
  package var validity: Bitmap?
  package var invalid: Bitmap?
  package var failures: Failures?

  package init(validity: Bitmap? = nil, invalid: Bitmap? = nil, failures: Failures? = nil) {
    self.validity = validity
    self.invalid = invalid
    self.failures = failures
  }

  package static let present = States()

  package static func null(count: Int) -> States { States(validity: Bitmap(repeating: false, count: count)) }

  /// The greatest state of each row: what a strict function of several arguments starts from.
  package static func strict(_ columns: borrowing [Column]) -> States {
    var result = States.present
    for index in columns.indices { result.formMaximum(columns[index].states) }
    return result
  }

  package mutating func formMaximum(_ other: States) {
    validity = merged(validity, other.validity) { $0.formIntersection($1) }
    invalid = merged(invalid, other.invalid) { $0.formUnion($1) }
    failures = merged(failures, other.failures) { $0.formUnion($1) }
    if let failures { invalid?.subtract(failures.rows) }
  }

  private func merged<T>(_ a: T?, _ b: T?, _ combine: (inout T, T) -> Void) -> T? {
    guard var result = a else { return b }
    if let b { combine(&result, b) }
    return result
  }

  /// Marks rows as failed that were present until now.
  package mutating func fail(_ fresh: Failures?) {
    guard let fresh, !fresh.isEmpty else { return }
    validity = validity?.subtracting(fresh.rows) ?? fresh.rows.inverted
    failures = merged(failures, fresh) { $0.formUnion($1) }
  }

  /// Marks rows as null that were present until now.
  package mutating func void(_ rows: Bitmap) {
    validity = validity?.subtracting(rows) ?? rows.inverted
  }
}
