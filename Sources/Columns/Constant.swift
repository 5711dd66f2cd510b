/// A value known when a document is compiled, with its type.
package struct Constant: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// The bit pattern of a double, so that NaN equals itself and -0 differs from 0.
    case float(UInt64)
    /// Unscaled; the scale is the type's.
    case decimal(Int128)
    case text([UInt8])
  }

  package let type: DataType
  package let value: Value

  package init(_ type: DataType, _ value: Value) {
    self.type = type
    self.value = value
  }

  package static let null = Constant(.null, .null)
  package static func bool(_ value: Bool) -> Constant { Constant(.bool, .bool(value)) }
  package static func integer(_ value: Int64) -> Constant { Constant(.int64, .integer(value)) }
  package static func float(_ value: Double) -> Constant { Constant(.float64, .float(value.bitPattern)) }
  package static func text(_ value: some Sequence<UInt8>) -> Constant { Constant(.string, .text(Array(value))) }
  package static func text(_ value: String) -> Constant { text(value.utf8) }

  package var isNull: Bool { value == .null }

  package var integer: Int64? { if case .integer(let value) = value { value } else { nil } }
  package var bool: Bool? { if case .bool(let value) = value { value } else { nil } }
  package var text: [UInt8]? { if case .text(let value) = value { value } else { nil } }
  package var string: String? { text.map { String(decoding: $0, as: UTF8.self) } }

  /// A column of `count` rows that all hold this value. Texts are put into `store`; one too long for it is a failure.
  package func column(count: Int, in store: ByteStore) -> Column {
    switch value {
    case .null:
      return Column.null(type, count: count)
    case .bool(let value):
      return Column(type, .bits(Bitmap(repeating: value, count: count)), count: count)
    case .integer(let value):
      return Column(type, .integers([value]), count: count, isConstant: true)
    case .float(let bits):
      return Column(type, .floats([Double(bitPattern: bits)]), count: count, isConstant: true)
    case .decimal(let value):
      return Column(type, .decimals([value]), count: count, isConstant: true)
    case .text(let bytes):
      guard let span = bytes.withUnsafeBytes({ store.append($0) }) else {
        return Column.tooLong(type, count: count)
      }
      return Column(type, .texts([span]), count: count, isConstant: true)
    }
  }

  /// The constant that a column's only row holds; nil when it failed or is invalid.
  package init?(_ column: Column, in store: ByteStore) {
    guard column.count == 1 else { return nil }
    switch column.state(0) {
    case .failed, .invalid: return nil
    case .null: self.init(column.type, .null)
    case .present:
      switch column.values {
      case .bits(let bits): self.init(column.type, .bool(bits[0]))
      case .integers(let values): self.init(column.type, .integer(values[0]))
      case .floats(let values): self.init(column.type, .float(values[0].bitPattern))
      case .decimals(let values): self.init(column.type, .decimal(values[0]))
      case .texts(let spans): self.init(column.type, .text(Array(store.bytes(spans[0]))))
      }
    }
  }
}

extension Column {
  /// `count` nulls of a type.
  package static func null(_ type: DataType, count: Int) -> Column {
    let values: Values =
      switch type.layout {
      case .bits: .bits(Bitmap(repeating: false, count: count))
      case .integers: .integers([0])
      case .floats: .floats([0])
      case .decimals: .decimals([0])
      case .texts: .texts([.empty])
      }
    return Column(type, values, count: count, isConstant: type.layout != .bits, states: .null(count: count))
  }

  /// A text that found no room in a batch's store, on each of `count` rows.
  package static func tooLong(_ type: DataType, count: Int) -> Column {
    var failures = Failures(count: count)
    for row in 0..<count { failures.insert(row, .tooLong) }
    var states = States.present
    states.fail(failures)
    return Column(type, .texts([.empty]), count: count, isConstant: true, states: states)
  }
}
