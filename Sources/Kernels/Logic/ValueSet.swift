import Columns

/// Constants to look values up in, made once when a plan is bound; holds its own copy of their bytes.
///
/// Equality is that of ``Comparison``: texts by bytes, NaN equal to itself, −0 to 0, decimals at any scale. Constants
/// that are null match nothing.
package struct ValueSet: Sendable {
  private enum Members {
    case bits(yes: Int32, no: Int32)
    /// Integers, and floats by their pattern.
    case words(WordTable)
    case decimals([(value: Int128, scale: Int, index: Int32)])
    case texts(TextTable)
  }

  private let members: Members
  private let layout: Layout
  package let count: Int
  /// A constant was null: where nothing matches, SQL's `in` would be null.
  package let hasNull: Bool

  /// The first rows of `constants`, which have one layout.
  package init(_ constants: [Column], in store: ByteStore) {
    count = constants.count
    let present = constants.enumerated().filter { $1.count > 0 && $1.isPresent(0) }
    hasNull = present.count < constants.count
    layout = present.first?.element.type.layout ?? .texts
    let numbered = present.map { (index: Int32(truncatingIfNeeded: $0.offset), column: $0.element) }
    switch layout {
    case .bits:
      members = .bits(
        yes: numbered.first { $0.column.bits[0] }?.index ?? -1, no: numbered.first { !$0.column.bits[0] }?.index ?? -1)
    case .integers:
      members = .words(
        WordTable(numbered.map { (UInt64(bitPattern: $0.column.integers.first ?? 0), $0.index) }))
    case .floats:
      members = .words(WordTable(numbered.map { (Self.pattern($0.column.floats.first ?? 0), $0.index) }))
    case .decimals:
      members = .decimals(numbered.map { ($0.column.decimals.first ?? 0, $0.column.scale, $0.index) })
    case .texts:
      members = .texts(
        TextTable(numbered.map { (Array(store.bytes($0.column.texts.first ?? .empty)), $0.index) }))
    }
  }

  package init(_ constants: [Int64]) {
    let keys = Self.numbered(constants).map { (UInt64(bitPattern: $0), $1) }
    self.init(.integers, constants.count, .words(WordTable(keys)))
  }

  package init(_ constants: [Double]) {
    self.init(.floats, constants.count, .words(WordTable(Self.numbered(constants).map { (Self.pattern($0), $1) })))
  }

  /// Unscaled decimals of one scale.
  package init(_ constants: [Int128], scale: Int = 0) {
    self.init(.decimals, constants.count, .decimals(Self.numbered(constants).map { ($0, scale, $1) }))
  }

  package init(_ constants: [[UInt8]]) {
    self.init(.texts, constants.count, .texts(TextTable(Self.numbered(constants))))
  }

  private init(_ layout: Layout, _ count: Int, _ members: Members) {
    self.layout = layout
    self.count = count
    self.members = members
    hasNull = false
  }

  private static func numbered<T>(_ constants: [T]) -> [(T, Int32)] {
    constants.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) }
  }

  /// One pattern for what compares equal.
  @inline(__always)
  private static func pattern(_ value: Double) -> UInt64 {
    value == 0 ? 0 : value.isNaN ? Double.nan.bitPattern : value.bitPattern
  }

  /// The position of the first constant equal to each value; −1 where there is none or the row is not present.
  ///
  /// - Complexity: O(*n*) whatever the number of constants; one probe a cell, two words compared for a short text.
  package func index(_ x: Column, in store: ByteStore) -> ContiguousArray<Int32> {
    var result = ContiguousArray<Int32>(repeating: -1, count: x.count)
    guard x.type.layout == layout else { return result }
    switch members {
    case .bits(let yes, let no):
      let bits = x.bits
      for row in 0..<x.count { result[row] = bits[row] ? yes : no }
    case .words(let table):
      if layout == .floats {
        table.read { probe in Self.fill(&result, x.floatOperand) { probe.index(Self.pattern($0)) } }
      } else {
        table.read { probe in Self.fill(&result, x.integerOperand) { probe.index(UInt64(bitPattern: $0)) } }
      }
    case .decimals(let values):
      let table = DecimalTable(values, scale: x.scale)
      Self.fill(&result, x.decimalOperand) { table.index($0) }
    case .texts(let table):
      let base = UnsafeRawPointer(store.base)
      table.read { probe in
        Self.fill(&result, x.textOperand) { probe.index(base + Int($0.offset), Int($0.length)) }
      }
    }
    if let validity = x.validity { clear(&result, where: validity, -1) }
    return result
  }

  /// Whether each value equals one of the constants; rows that are not present keep their state.
  package func contains(_ x: Column, in store: ByteStore) -> Column {
    let found = index(x, in: store)
    let operand = Operand(found, of: Column(.int32, .integers([]), count: x.count), zero: -1)
    let bits = decided(operand, Operand<UInt8>(constant: 0), count: x.count) { index, _ in index >= 0 }
    return Column(.bool, .bits(bits), count: x.count, isConstant: x.isConstant, states: x.states)
  }

  @inline(__always)
  private static func fill<V: BitwiseCopyable>(
    _ result: inout ContiguousArray<Int32>, _ operand: Operand<V>, _ body: (V) -> Int32
  ) {
    let mask = operand.mask
    result.withUnsafeMutableBufferPointer { result in
      operand.values.withUnsafeBufferPointer { values in
        for row in result.indices { result[row] = body(values[row & mask]) }
      }
    }
  }
}
