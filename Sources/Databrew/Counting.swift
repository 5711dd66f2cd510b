import Diagnostics
import Engine
import Formats
import Reports
import Storage

/// What came of counting.
package enum CountOutcome: Sendable {
  case counts(RecordCounts)
  case noFile(Diagnostics)
  /// A file could not be read to its end.
  case failed(String)
}

/// Counts the records of CSV files, each with a header; malformed records count as well.
///
/// - Parameter patterns: paths or globs; a file that several of them name is counted once.
package func countRecords(_ patterns: [String]) -> CountOutcome {
  var paths: [String] = []
  var diagnostics = Diagnostics()
  for pattern in patterns {
    let found = pattern == "-" ? ["-"] : expandGlob(pattern).filter { FileInfo($0).map { !$0.isFolder } ?? false }
    if found.isEmpty { diagnostics.report(Diagnostic("no-input", "no file '\(pattern)'", at: nil)) }
    paths += found.filter { !paths.contains($0) }
  }
  if diagnostics.hasErrors { return .noFile(diagnostics) }
  var counts = RecordCounts()
  var dialect = CSVDialect()
  dialect.lineEnd = .auto
  do throws(InputFailure) {
    for path in paths {
      let reader = try CSVReader(InputContent(path: path, encoding: .utf8).open(), dialect)
      counts.files.append(.init(path: path, records: Int(clamping: try reader.countRecords())))
    }
  } catch {
    return .failed(error.message)
  }
  return .counts(counts)
}
