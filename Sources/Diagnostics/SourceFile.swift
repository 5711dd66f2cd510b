/// A document as it was read: its bytes, and where its lines begin.
package final class SourceFile: Sendable {
  /// The path as the user gave it.
  package let path: String
  package let bytes: [UInt8]
  /// Byte offsets at which lines begin; line 1 begins at the first.
  package let lineStarts: [Int]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    lineStarts = starts
  }
}

/// A part of a document: bytes `lower ..< upper` of `file`.
package struct SourceRange: Sendable {
  package let file: SourceFile
  package let lower: Int
  package let upper: Int

  package init(_ file: SourceFile, _ lower: Int, _ upper: Int) {
    self.file = file
    self.lower = lower
    self.upper = max(lower, upper)
  }
}

/// Text taken from a document, such as an expression in a YAML scalar, that knows where each of its bytes was written.
package struct SourceText: Sendable {
  package let bytes: [UInt8]
  package let file: SourceFile
  /// Runs of bytes written one after the other: text from `text` on stands in the file from `file` on. Ascending;
  /// the first starts at 0. More than one where YAML folds lines or resolves escapes.
  package let runs: [(text: Int, file: Int)]
  /// Where the text ends in the file.
  package let end: Int

  package init(bytes: [UInt8], file: SourceFile, runs: [(text: Int, file: Int)], end: Int) {
    self.bytes = bytes
    self.file = file
    self.runs = runs
    self.end = end
  }

  /// Text that stands in no document, such as a value on the command line; `path` names where it came from.
  package init(_ text: String, path: String) {
    let bytes = Array(text.utf8)
    self.init(bytes: bytes, file: SourceFile(path: path, bytes: bytes), runs: [(0, 0)], end: bytes.count)
  }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Where bytes `lower ..< upper` of the text stand in the document.
  package func range(_ lower: Int, _ upper: Int) -> SourceRange {
    SourceRange(file, fileOffset(lower), upper > lower ? fileOffset(upper - 1) + 1 : fileOffset(lower))
  }

  private func fileOffset(_ offset: Int) -> Int {
    guard let run = runs.last(where: { $0.text <= offset }) else { return end }
    return min(run.file + offset - run.text, end)
  }
}
