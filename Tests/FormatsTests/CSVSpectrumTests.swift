import Columns
import Glibc
import Testing

@testable import Formats

/// <https://github.com/max-mapper/csv-spectrum>, read here as Python's own json module reads the expected values.
@Suite struct CSVSpectrumTests {
  static let folder = Python.tests + "/../../shared/data/csv-spectrum"
  // location_coordinates.json does not agree with its CSV upstream.
  static let names = [
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf",
    "quotes_and_newlines", "simple", "simple_crlf", "utf8",
  ]

  @Test(.enabled(if: access(folder, R_OK) == 0, "../shared/data/csv-spectrum is not here"), arguments: names)
  func `reads`(_ name: String) throws {
    let expected = try Python.lines(of: "json_records.py", ["\(Self.folder)/json/\(name).json"]).map(String.init)
    let reader = try CSVReader(FileByteSource(path: "\(Self.folder)/csvs/\(name).csv"), CSVDialect())
    let names = try #require(reader.header).fields
    let batch = RecordBatch()
    var found: [String] = []
    while try reader.next(into: batch) {
      #expect(batch.malformed.isEmpty)
      let columns = (0..<batch.fieldCount).map { batch.cells($0).texts }
      for row in 0..<batch.rows {
        let cells = zip(names, columns).map { ($0, batch.store.string($1[row])) }.sorted { $0.0 < $1.0 }
        found.append(cells.map { "\(hex($0.0)) \(hex($0.1))" }.joined(separator: ","))
      }
    }
    #expect(found == expected)
  }

  private func hex(_ text: String) -> String {
    text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
