import Columns
import Glibc

@testable import Kernels

/// What DuckDB and Python say about texts; `Tests/oracles/text.py` writes the file.
struct TextTable {
  /// One row for each line: the arguments, then the result; nil is null.
  let rows: [[String?]]

  init(_ name: String) { rows = Self.all[name] ?? [] }

  /// Argument (or, as the last, result) number `index` of every row.
  subscript(index: Int) -> [String?] { rows.map { $0[index] } }

  var results: [String?] { rows.map { $0[$0.count - 1] } }
  var width: Int { (rows.first?.count ?? 1) - 1 }

  private static let all: [String: [[String?]]] = {
    var tables: [String: [[String?]]] = [:]
    for line in text().split(separator: "\n") {
      let cells = line.split(separator: "\t")
      tables[String(cells[0]), default: []].append(cells.dropFirst().map(value))
    }
    return tables
  }()

  private static func text() -> String {
    let folder = "\(#filePath)".split(separator: "/").dropLast(2).joined(separator: "/")
    guard let file = fopen("/\(folder)/oracles/text.txt", "r") else { return "" }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// A value in JSON's notation: the text of a string, the digits of a number, `true`, `false`, or nil.
  private static func value(_ cell: Substring) -> String? {
    if cell == "null" { return nil }
    guard cell.hasPrefix("\"") else { return String(cell) }
    var units: [UInt16] = []
    var rest = Array(cell.utf8.dropFirst().dropLast())[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
        units.append(UInt16(byte))
        continue
      }
      switch escape {
      case UInt8(ascii: "u"):
        units.append(UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(4)
      case UInt8(ascii: "n"): units.append(10)
      case UInt8(ascii: "t"): units.append(9)
      case UInt8(ascii: "r"): units.append(13)
      case UInt8(ascii: "b"): units.append(8)
      case UInt8(ascii: "f"): units.append(12)
      default: units.append(UInt16(escape))
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}

/// Columns of texts for tests, and their values as optionals.
struct TextSample {
  /// Small, so that kernels have to grow it while they write.
  let store = ByteStore(capacity: 64)

  func column(_ texts: [String?]) -> Column {
    let spans = texts.map { text in text.flatMap { store.append($0) } ?? .empty }
    var validity = Bitmap(repeating: true, count: texts.count)
    for (row, text) in texts.enumerated() { validity[row] = text != nil }
    return Column(
      .string, .texts(ContiguousArray(spans)), count: texts.count,
      states: States(validity: validity.isFull ? nil : validity))
  }

  func column(bytes cells: [[UInt8]]) -> Column {
    let spans = cells.map { bytes in bytes.withUnsafeBytes { store.append($0) ?? .empty } }
    return Column(.string, .texts(ContiguousArray(spans)), count: cells.count)
  }

  func constant(_ text: String?, count: Int) -> Column {
    let span = text.flatMap { store.append($0) } ?? .empty
    return Column(
      .string, .texts([span]), count: count, isConstant: true, states: text == nil ? .null(count: count) : .present)
  }

  func integers(_ texts: [String?], isConstant: Bool = false, count: Int? = nil) -> Column {
    let values = ContiguousArray(texts.map { $0.flatMap { Int64($0) } ?? 0 })
    return Column(.int64, .integers(values), count: count ?? texts.count, isConstant: isConstant)
  }

  /// The values of a column of any layout used here, as text; null, invalid and failed are nil.
  func values(_ column: Column) -> [String?] {
    (0..<column.count).map { row in
      guard column.isPresent(row) else { return nil }
      let index = column.isConstant ? 0 : row
      return switch column.values {
      case .bits(let bits): bits[row] ? "true" : "false"
      case .integers(let integers): String(integers[index])
      case .texts(let texts): store.string(texts[index])
      default: nil
      }
    }
  }
}
