import Diagnostics

/// How many records files have.
package struct RecordCounts: Sendable {
  package struct File: Sendable {
    package let path: String
    package let records: Int

    package init(path: String, records: Int) {
      self.path = path
      self.records = records
    }
  }

  package var files: [File] = []

  package init() {}

  private var total: Int { files.reduce(0) { $0 + $1.records } }

  /// The bare number of one file; of several a line each, and their sum.
  package func text(colored: Bool) -> String {
    guard files.count > 1 else { return "\(total)\n" }
    var table = Table(.right, .place)
    for file in files { table.add(.init("\(file.records)"), .init(file.path)) }
    table.add(.init("\(total)"), .init("in all", .bold))
    return table.lines(Paint(isOn: colored)).joined(separator: "\n") + "\n"
  }

  /// `brew.count/1`
  package var json: JSON {
    [
      "schema": "brew.count/1", "records": .int(total),
      "files": .array(files.map { ["path": .string($0.path), "records": .int($0.records)] }),
    ]
  }
}
