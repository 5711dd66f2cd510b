import Diagnostics
import Formats
import Inference

/// What was found of a file: how it is spelt, and what its columns hold.
package struct InferenceReport: Sendable {
  package struct File: Sendable {
    package let path: String
    package let records: Int

    package init(path: String, records: Int) {
      self.path = path
      self.records = records
    }
  }

  /// The recipe's name.
  package let name: String
  package let files: [File]
  package let dialect: CSVDialect
  package let threshold: Threshold
  package let columns: [ColumnFinding]
  /// Records that cannot be read, by why.
  package let malformed: [(code: String, records: Int)]
  /// Records that the recipe would put into quarantine.
  package let refused: Int
  /// Whether the header names columns twice or not at all, so that the recipe reads them by their order.
  package let replacesHeader: Bool
  /// The input's paths and the output's as the recipe says them.
  package let paths: [String]
  package let output: String

  package init(
    name: String, files: [File], dialect: CSVDialect, threshold: Threshold, columns: [ColumnFinding],
    malformed: [(code: String, records: Int)], refused: Int, replacesHeader: Bool, paths: [String],
    output: String
  ) {
    self.name = name
    self.files = files
    self.dialect = dialect
    self.threshold = threshold
    self.columns = columns
    self.malformed = malformed
    self.refused = refused
    self.replacesHeader = replacesHeader
    self.paths = paths
    self.output = output
  }

  var records: Int { files.reduce(0) { $0 + $1.records } }
}

extension InferenceReport {
  /// `brew.infer/1`
  package var json: JSON {
    [
      "schema": "brew.infer/1", "records": .int(records),
      "files": .array(files.map { ["path": .string($0.path), "records": .int($0.records)] }),
      "dialect": .object(dialectMembers), "threshold": .string(thresholdText),
      "malformed": .object(malformed.map { JSON.Member($0.code, .int($0.records)) }),
      "quarantined": .int(refused), "columns": .array(columns.map(\.json)), "recipe": .string(recipe),
    ]
  }

  private var dialectMembers: [JSON.Member] {
    func text(_ byte: UInt8?) -> JSON { .optional(byte.map { String(decoding: [$0], as: UTF8.self) }) }
    return [
      JSON.Member("delimiter", text(dialect.delimiter)), JSON.Member("quote", text(dialect.quote)),
      JSON.Member("escape", text(dialect.escape)), JSON.Member("header", .bool(dialect.header)),
      JSON.Member("encoding", .string(dialect.encoding.rawValue)),
      JSON.Member("skip_lines", .int(dialect.skippedLines)), JSON.Member("skip_footer", .int(dialect.skippedFooter)),
      JSON.Member("comment", text(dialect.comment)),
    ]
  }

  /// `95%`
  var thresholdText: String {
    let (whole, rest) = threshold.basisPoints.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole)%" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10)%" : "\(whole).\(rest / 10)\(rest % 10)%"
  }
}

extension ColumnFinding {
  fileprivate var json: JSON {
    func listed(_ texts: [Misfit]) -> JSON {
      .array(texts.map { ["value": .string($0.text), "count": .optional($0.count)] })
    }
    return [
      "name": .string(name), "type": .string(type.description), "formats": .array(formats.map { .string($0) }),
      "nulls": .array(nulls.map { ["value": .string($0.word), "count": .int($0.count)] }), "missing": .int(missing),
      "values": .int(values), "conforming": .int(conforming), "examples_not_conforming": listed(misfits),
      "least": .optional(range?.least), "greatest": .optional(range?.greatest),
      "min_length": .optional(lengths?.lowerBound), "max_length": .optional(lengths?.upperBound),
      "words": listed(words), "ambiguous": .array((ambiguity?.formats ?? []).map { .string($0) }),
      "notes": .array(notes.map { .string($0) }),
    ]
  }
}
