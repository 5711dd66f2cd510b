import Columns

/// How types meet. Nothing here converts text to anything else: that is for `cast`.
package enum TypeRules {
  package static let maximumPrecision = 38

  /// The decimal that holds every value of an integer type.
  package static func decimal(for type: DataType) -> (precision: Int, scale: Int)? {
    switch type {
    case .int8: (3, 0)
    case .int16: (5, 0)
    case .int32: (10, 0)
    case .int64: (19, 0)
    case .decimal(let precision, let scale): (precision, scale)
    default: nil
    }
  }

  /// The type that both can be turned into without loss, or, between exact numbers and floats, a float; nil if none.
  package static func common(_ a: DataType, _ b: DataType) -> DataType? {
    if a == b { return a }
    switch (a, b) {
    case (.null, let other), (let other, .null): return other
    case (.date, .timestamp), (.timestamp, .date): return .timestamp
    case (.string, .binary), (.binary, .string): return .binary
    default: break
    }
    guard a.isNumeric, b.isNumeric else { return nil }
    if a.isFloat || b.isFloat { return a == .float32 && b == .float32 ? .float32 : .float64 }
    if a.isInteger, b.isInteger { return width(a) >= width(b) ? a : b }
    guard let x = decimal(for: a), let y = decimal(for: b) else { return nil }
    let scale = max(x.scale, y.scale)
    let digits = max(x.precision - x.scale, y.precision - y.scale)
    return .decimal(precision: min(maximumPrecision, digits + scale), scale: scale)
  }

  /// Whether a value of `from` becomes one of `to` without being asked to.
  package static func converts(_ from: DataType, to: DataType) -> Bool {
    if from == to || from == .null { return true }
    if from == .date, to == .timestamp { return true }
    guard from.isNumeric, to.isNumeric else { return false }
    if to == .float64 { return true }
    if from.isInteger, to.isInteger { return width(to) >= width(from) }
    if case .decimal(let precision, let scale) = to, let x = decimal(for: from) {
      return x.scale <= scale && x.precision - x.scale <= precision - scale
    }
    return false
  }

  /// Whether a cast from one to the other is defined at all.
  package static func casts(_ from: DataType, to: DataType) -> Bool {
    if from == to || from == .null || from == .string || to == .string { return true }
    if from.isText && to.isText { return true }
    if (from.isNumeric || from == .bool) && (to.isNumeric || to == .bool) { return true }
    switch (from, to) {
    case (.date, .timestamp), (.date, .timestamptz), (.timestamp, .date), (.timestamp, .time),
      (.timestamp, .timestamptz), (.timestamptz, .timestamp), (.timestamptz, .date), (.timestamptz, .time):
      return true
    default: return false
    }
  }

  private static func width(_ type: DataType) -> Int {
    switch type {
    case .int8: 1
    case .int16: 2
    case .int32: 4
    default: 8
    }
  }

  /// The type that an argument of `type` is turned into for a parameter; nil where it does not fit.
  package static func argument(_ type: DataType, for parameter: TypeClass) -> DataType? {
    switch parameter {
    case .bool: return converts(type, to: .bool) ? .bool : nil
    case .string: return type.isText || type == .null ? (type == .null ? .string : type) : nil
    case .integer: return type.isInteger || type == .null ? .int64 : nil
    case .float: return type.isNumeric || type == .null ? .float64 : nil
    case .number: return type == .null ? .int64 : type.isNumeric ? type : nil
    case .exact: return type == .null ? .int64 : type.isInteger || type.isDecimal ? type : nil
    case .date: return converts(type, to: .date) ? .date : nil
    case .time: return converts(type, to: .time) ? .time : nil
    case .timestamp: return converts(type, to: .timestamp) ? .timestamp : nil
    case .temporal:
      switch type {
      case .date, .timestamp, .timestamptz: return type
      case .null: return .timestamp
      default: return nil
      }
    case .clock:
      switch type {
      case .time, .timestamp, .timestamptz: return type
      case .date, .null: return .timestamp
      default: return nil
      }
    case .measurable: return type == .null ? .int64 : type.isNumeric || type.isTemporal ? type : nil
    case .common, .any, .cell: return type
    }
  }

  /// The type of `a op b` for `+`, `-` and `*` over numbers.
  package static func arithmetic(_ op: BinaryOperator, _ a: DataType, _ b: DataType) -> DataType? {
    guard a.isNumeric, b.isNumeric, let common = common(a, b) else { return nil }
    guard common.isDecimal, let x = decimal(for: a), let y = decimal(for: b) else { return common }
    switch op {
    case .multiply:
      let scale = x.scale + y.scale
      guard scale <= maximumPrecision else { return nil }
      return .decimal(precision: min(maximumPrecision, x.precision + y.precision), scale: scale)
    case .add, .subtract:
      let scale = max(x.scale, y.scale)
      let digits = max(x.precision - x.scale, y.precision - y.scale) + 1
      return .decimal(precision: min(maximumPrecision, digits + scale), scale: scale)
    default: return common
    }
  }
}

extension DataType {
  /// Reads a type as it is written in a recipe: `int`, `decimal(6, 2)`. Nil where there is no such type.
  package init?(name: String, arguments: [Int] = []) {
    let simple: DataType? =
      switch name.lowercased() {
      case "bool", "boolean": .bool
      case "int8", "tinyint": .int8
      case "int16", "smallint": .int16
      case "int32", "integer32": .int32
      case "int", "int64", "integer", "bigint": .int64
      case "float32", "real": .float32
      case "float", "float64", "double": .float64
      case "string", "text", "varchar": .string
      case "binary": .binary
      case "date": .date
      case "time": .time
      case "timestamp": .timestamp
      case "timestamptz": .timestamptz
      default: nil
      }
    if let simple {
      guard arguments.isEmpty else { return nil }
      self = simple
      return
    }
    guard name.lowercased() == "decimal" || name.lowercased() == "numeric", arguments.count <= 2 else { return nil }
    let precision = arguments.first ?? 38
    let scale = arguments.count > 1 ? arguments[1] : 0
    guard (1...38).contains(precision), (0...precision).contains(scale) else { return nil }
    self = .decimal(precision: precision, scale: scale)
  }

  /// Further names that are taken.
  package static let otherNames = ["boolean", "integer", "bigint", "double", "numeric", "text"]

  /// The names a type can be written by, for did-you-mean.
  package static let names = [
    "bool", "int", "int8", "int16", "int32", "int64", "float", "float32", "float64", "decimal", "string", "binary",
    "date", "time", "timestamp", "timestamptz",
  ]
}
