import Columns

@testable import Kernels

/// Columns from plain values, for the tests of dates and times.
enum Sample {
  static func texts(_ texts: [String?], in store: ByteStore) -> Column {
    var spans: ContiguousArray<TextSpan> = []
    var validity = Bitmap(repeating: true, count: texts.count)
    for (row, text) in texts.enumerated() {
      spans.append(text.flatMap { store.append($0) } ?? .empty)
      validity[row] = text != nil
    }
    return Column(
      .string, .texts(spans), count: texts.count, states: States(validity: validity.isFull ? nil : validity))
  }

  static func integers(_ values: [Int64], _ type: DataType) -> Column {
    Column(type, .integers(ContiguousArray(values)), count: values.count)
  }

  /// ISO texts as values of a type.
  static func values(_ texts: [String], _ type: DataType, zone: TimeZone = .utc) -> Column {
    let store = ByteStore(capacity: 1024)
    return Temporal.read(Self.texts(texts, in: store), as: type, in: store, zone: zone)
  }

  /// Each row's canonical text; `null`, `invalid` or the failure where there is no value.
  static func written(_ column: Column) -> [String] {
    let store = ByteStore(capacity: 1024)
    let spans = column.type == .string ? column.texts : Temporal.texts(column, in: store)
    return (0..<column.count).map { row in
      switch column.state(row) {
      case .present: store.string(spans[column.isConstant ? 0 : row])
      case .failed: "\(column.failures?.kind(row).map { "\($0)" } ?? "failed")"
      case .null: "null"
      case .invalid: "invalid"
      }
    }
  }

  static func numbers(_ column: Column) -> [Int64?] {
    let values = column.integers
    return (0..<column.count).map { column.isPresent($0) ? values[column.isConstant ? 0 : $0] : nil }
  }
}
