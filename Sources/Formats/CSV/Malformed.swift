/// A record that could not be read, and where it stands.
package struct Malformed: Hashable, Sendable {
  package enum Code: UInt8, CaseIterable, Sendable {
    case ragged, strayQuote, unclosedQuote, tooLong, invalidUTF8, nulByte

    /// The code as a quarantine record gives it.
    package var name: String {
      switch self {
      case .ragged: "ragged"
      case .strayQuote: "stray_quote"
      case .unclosedQuote: "unclosed_quote"
      case .tooLong: "too_long"
      case .invalidUTF8: "invalid_utf8"
      case .nulByte: "nul_byte"
      }
    }
  }

  package let code: Code
  /// Where its bytes begin in the batch's store; the file offset is the batch's `baseOffset` more.
  package let start: Int
  /// Its bytes in the file, without the line end.
  package let length: Int
  /// How many of them the store holds: fewer than `length` only for lines past `max_record`.
  package let kept: Int
  /// Its number, from 1.
  package let record: UInt64
  /// The number of its first line, from 1.
  package let line: UInt64
}
