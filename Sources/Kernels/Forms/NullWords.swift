import Columns

/// The texts that exports write where there is no value.
package struct NullWords: Sendable {
  /// - Source: the defaults of `pandas.read_csv` (`na_values`), R's `read.csv`, MySQL's `\N`, and the errors of spreadsheets.
  package static let all = [
    "NA", "N/A", "n/a", "na", "N.A.", "n.a.", "NULL", "Null", "null", "(null)", "None", "none", "NIL", "nil", "NaN",
    "nan", "NAN", "NaT", "<NA>", "#N/A", "#NA", "#NULL!", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "-", "--",
    "—", "–", "?", ".", "\\N", "missing", "Missing", "MISSING",
  ]

  /// The words' bytes, the first in the lowest bits; none has more than seven, so that the highest is 0.
  private let words: ContiguousArray<UInt64>
  private let beginnings: ContiguousArray<Bool>

  init() {
    var beginnings = ContiguousArray(repeating: false, count: 256)
    var words: ContiguousArray<UInt64> = []
    for word in Self.all {
      var packed: UInt64 = 0
      for byte in word.utf8.reversed() { packed = packed << 8 | UInt64(byte) }
      words.append(packed)
      beginnings[Int(packed & 0xFF)] = true
    }
    self.words = words
    self.beginnings = beginnings
  }

  /// The place in ``all`` of a text of `length` bytes; nil where it is none of them. Eight bytes may be read.
  @inline(__always)
  func index(_ start: UnsafeRawPointer, _ length: Int) -> Int? {
    guard length < 8, beginnings[Int(start.load(as: UInt8.self))] else { return nil }
    return find(start.loadUnaligned(as: UInt64.self) & ((1 &<< UInt64(length &* 8)) &- 1))
  }

  @inline(never)
  private func find(_ word: UInt64) -> Int? { words.firstIndex(of: word) }
}
