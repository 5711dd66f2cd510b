import Columns
import Kernels

/// What was found of a column: the type it is best read as, how far its values conform, and what speaks for it.
package struct ColumnFinding: Sendable {
  /// A value that does not conform.
  package struct Misfit: Sendable {
    /// Its first bytes.
    package let text: String
    /// How often it occurs; nil where so many different ones do that they were not counted.
    package let count: Int?
  }

  package let name: String
  package internal(set) var type: DataType = .string
  /// `strftime` patterns, tried in order; empty: the type's own form.
  package internal(set) var formats: [String] = []
  /// The texts that mean null besides the empty one, and how often each occurs.
  package internal(set) var nulls: [(word: String, count: Int)] = []
  /// Cells that are empty, or blank where the type has no blank values.
  package internal(set) var missing = 0
  /// Cells that are neither missing nor mean null, and those of them that are of the type.
  package internal(set) var values = 0
  package internal(set) var conforming = 0
  /// The first that are not, by where they stand.
  package internal(set) var misfits: [Misfit] = []
  /// The least and the greatest value, as it is written; nil for texts.
  package internal(set) var range: (least: String, greatest: String)?
  /// In characters.
  package internal(set) var lengths: ClosedRange<Int>?
  /// All values that a text column has, where they are few.
  package internal(set) var words: [Misfit] = []
  /// What a reader should know besides, in sentences without an end.
  package internal(set) var notes: [String] = []
  /// Two orders of day and month that all values fit; the column stays text until somebody chooses.
  package internal(set) var ambiguity: Ambiguity?

  package init(name: String) { self.name = name }

  package var nonconforming: Int { values - conforming }
  package var nullCount: Int { nulls.reduce(0) { $0 + $1.count } }
}

/// Dates whose day cannot be told from their month.
package struct Ambiguity: Hashable, Sendable {
  package let type: DataType
  /// The formats that all values fit equally well.
  package let formats: [String]
}

/// How many of how many, as people say it.
package func percentText(_ part: Int, of whole: Int) -> String {
  guard whole > 0 else { return "0%" }
  if part == whole { return "100%" }
  if part == 0 { return "0%" }
  // Neither all nor nothing is said where that is not so.
  let tenths = min(max(Int128(part) * 1000 / Int128(whole), 1), 999)
  return "\(tenths / 10).\(tenths % 10)%"
}
