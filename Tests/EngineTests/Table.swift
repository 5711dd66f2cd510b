import Trials

/// A CSV file, read by the plainest means: RFC 4180, one byte after the other.
struct Table {
  let header: [String]
  let rows: [[String]]

  init(_ bytes: [UInt8], delimiter: Character = ",") throws {
    var records: [[String]] = [[]]
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    let mark = try delimiter.asciiValue ?? { throw TrialFailure("the delimiter is one byte") }()
    func text() -> String { String(decoding: field, as: UTF8.self) }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\""), isQuoted, index < bytes.count, bytes[index] == byte {
        field.append(byte)
        index += 1
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if isQuoted || (byte != mark && byte != UInt8(ascii: "\n")) {
        field.append(byte)
      } else {
        records[records.count - 1].append(text())
        field = []
        if byte == UInt8(ascii: "\n") { records.append([]) }
      }
    }
    guard field.isEmpty, records.removeLast().isEmpty, let first = records.first else {
      throw TrialFailure("no line end at the end")
    }
    header = first
    rows = Array(records.dropFirst())
    for row in rows where row.count != header.count { throw TrialFailure("a row of \(row.count) fields") }
  }

  subscript(column: String) -> [String] {
    header.firstIndex(of: column).map { index in rows.map { $0[index] } } ?? []
  }
}
