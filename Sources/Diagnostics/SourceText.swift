/// Text taken from a document, such as an expression in a YAML scalar, that knows where each of its bytes was written.
package struct SourceText: Sendable {
  package let bytes: [UInt8]
  package let file: SourceFile
  /// Runs of bytes written one after the other: text from `text` on stands in the file from `file` on. Ascending;
  /// the first starts at 0. More than one where YAML folds lines or resolves escapes.
  package let runs: [(text: Int, file: Int)]
  /// Where the text ends in the file: before a closing quote.
  package let end: Int

  package init(bytes: [UInt8], file: SourceFile, runs: [(text: Int, file: Int)], end: Int) {
    self.bytes = bytes
    self.file = file
    self.runs = runs
    self.end = min(end, file.bytes.count)
  }

  /// Text that stands in no document, such as a value on the command line; `path` names where it came from.
  package init(_ text: String, path: String) {
    let bytes = Array(text.utf8)
    self.init(bytes: bytes, file: SourceFile(path: path, bytes: bytes), runs: [(0, 0)], end: bytes.count)
  }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// All of the text.
  package var range: SourceRange { range(0, bytes.count) }

  /// Where bytes `lower ..< upper` of the text stand in the document. An escape that gave the last byte belongs to
  /// the range as a whole.
  ///
  /// - Complexity: O(log runs).
  package func range(_ lower: Int, _ upper: Int) -> SourceRange {
    let start = fileOffset(lower)
    guard upper > lower else { return SourceRange(file, start, start) }
    let last = fileOffset(upper - 1)
    let next = fileOffset(upper)
    let gap = last..<max(last, min(next, file.bytes.count))
    let isEscape = next > last && !file.bytes[gap].contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    return SourceRange(file, start, isEscape ? next : min(last + 1, end))
  }

  private func fileOffset(_ offset: Int) -> Int {
    guard offset < bytes.count, !runs.isEmpty else { return end }
    var lower = 0
    var upper = runs.count
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if runs[middle].text <= offset { lower = middle } else { upper = middle }
    }
    return min(max(runs[lower].file &+ offset &- runs[lower].text, 0), end)
  }
}
