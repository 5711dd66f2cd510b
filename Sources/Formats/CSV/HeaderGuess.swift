import Kernels

/// Says whether the first of some records names the columns.
///
/// It does where all of its fields are texts, unless one of them occurs again below it; and where those that are none are
/// years, each another, and what stands below them is not.
struct HeaderGuess {
  /// Records that are looked at.
  static let records = 1000

  private let first: [[UInt8]]
  private let rest: ArraySlice<[[UInt8]]>
  private let scanner = FormScanner()

  init(_ records: [[[UInt8]]]) {
    first = records.first ?? []
    rest = records.dropFirst()
  }

  var hasHeader: Bool {
    guard !first.isEmpty else { return true }
    let typed = first.indices.filter { !isName(first[$0]) }
    if typed.isEmpty { return !first.indices.contains { column in !first[column].isEmpty && recurs(column) } }
    let areYears = typed.allSatisfy { isYear(first[$0]) } && Set(typed.map { first[$0] }).count == typed.count
    return areYears && typed.count < first.count && typed.allSatisfy { column in rest.contains { !isYear($0[column]) } }
  }

  private func isYear(_ field: [UInt8]) -> Bool {
    guard let year = Int(String(decoding: field, as: UTF8.self)) else { return false }
    return field.count == 4 && 1900...2099 ~= year
  }

  /// Whether a field could be a column's name: it is neither number, word of truth, day nor time.
  private func isName(_ field: [UInt8]) -> Bool {
    let form = scanner.form(field)
    let isTyped = form.contains(.number) || form.group != nil && !form.formats.isEmpty || form.contains(.timestamptz)
    return !isTyped && !form.contains(.time)
  }

  /// Whether the first record's field occurs below it.
  private func recurs(_ column: Int) -> Bool { rest.contains { $0.count > column && $0[column] == first[column] } }
}
