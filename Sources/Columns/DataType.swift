/// The type of a column: what its values mean. How they are held is its ``layout``.
package enum DataType: Hashable, Sendable {
  case bool
  case int8, int16, int32, int64
  case float32, float64
  /// Exact decimals of `precision` digits (1…38), `scale` of them (0…precision) after the point.
  case decimal(precision: Int, scale: Int)
  case string
  case binary
  /// Days since 1970-01-01 in the proleptic Gregorian calendar.
  case date
  /// Microseconds since midnight, 0 ..< 86,400,000,000.
  case time
  /// Microseconds since 1970-01-01 00:00:00 on a clock without a zone.
  case timestamp
  /// Microseconds since 1970-01-01T00:00:00Z.
  case timestamptz
  /// The type of the literal `null`: gives way to any other.
  case null

  package var layout: Layout {
    switch self {
    case .bool: .bits
    case .int8, .int16, .int32, .int64, .date, .time, .timestamp, .timestamptz: .integers
    case .float32, .float64: .floats
    case .decimal: .decimals
    case .string, .binary, .null: .texts
    }
  }

  package var isInteger: Bool {
    switch self {
    case .int8, .int16, .int32, .int64: true
    default: false
    }
  }

  package var isFloat: Bool { self == .float32 || self == .float64 }

  package var isDecimal: Bool { if case .decimal = self { true } else { false } }

  package var isNumeric: Bool { isInteger || isFloat || isDecimal }

  package var isText: Bool { self == .string || self == .binary }

  package var isTemporal: Bool {
    switch self {
    case .date, .time, .timestamp, .timestamptz: true
    default: false
    }
  }

  /// The range of an integer type; nil for any other type.
  package var integerRange: ClosedRange<Int64>? {
    switch self {
    case .int8: Int64(Int8.min)...Int64(Int8.max)
    case .int16: Int64(Int16.min)...Int64(Int16.max)
    case .int32: Int64(Int32.min)...Int64(Int32.max)
    case .int64: Int64.min...Int64.max
    default: nil
    }
  }
}

extension DataType: CustomStringConvertible {
  /// The name as it is written in a recipe.
  package var description: String {
    switch self {
    case .bool: "bool"
    case .int8: "int8"
    case .int16: "int16"
    case .int32: "int32"
    case .int64: "int64"
    case .float32: "float32"
    case .float64: "float64"
    case .decimal(let precision, let scale): "decimal(\(precision), \(scale))"
    case .string: "string"
    case .binary: "binary"
    case .date: "date"
    case .time: "time"
    case .timestamp: "timestamp"
    case .timestamptz: "timestamptz"
    case .null: "null"
    }
  }
}

/// How the values of a type are held in memory. Every kernel is written for layouts, of which there are few.
package enum Layout: Hashable, Sendable {
  case bits, integers, floats, decimals, texts
}
