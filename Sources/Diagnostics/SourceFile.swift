/// A document as it was read: its bytes, and where its lines begin.
package final class SourceFile: Sendable {
  /// The path as the user gave it.
  package let path: String
  package let bytes: [UInt8]
  /// Byte offsets at which lines begin, ascending; line 1 begins at the first. Lines end with LF, CRLF or CR.
  package let lineStarts: [Int]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") {
        starts.append(offset + 1)
      } else if byte == UInt8(ascii: "\r"), offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n") {
        starts.append(offset + 1)
      }
    }
    lineStarts = starts
  }
}

/// A place in a document as people count it.
package struct Position: Equatable, Sendable {
  /// From 1.
  package let line: Int
  /// From 1, in Unicode scalars; a byte order mark is no column.
  package let column: Int
}

extension SourceFile {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Bytes of a byte order mark at the start: 3 or 0.
  package var markLength: Int { bytes.starts(with: Self.byteOrderMark) ? 3 : 0 }

  /// The line, from 0, that byte `offset` stands in; offsets outside the file count as its ends.
  ///
  /// - Complexity: O(log lines).
  package func lineIndex(of offset: Int) -> Int {
    var lower = 0
    var upper = lineStarts.count
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if lineStarts[middle] <= offset { lower = middle } else { upper = middle }
    }
    return lower
  }

  /// The bytes of line `index` (from 0), without a byte order mark and without its line end.
  package func lineBounds(_ index: Int) -> Range<Int> {
    guard lineStarts.indices.contains(index) else { return bytes.count..<bytes.count }
    let lower = index == 0 ? markLength : lineStarts[index]
    var upper = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
    if upper > lower, bytes[upper - 1] == UInt8(ascii: "\n") { upper -= 1 }
    if upper > lower, bytes[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
    return lower..<max(lower, upper)
  }

  /// Where byte `offset` stands, for people. Offsets outside the file count as its ends.
  ///
  /// - Complexity: O(log lines + length of the line).
  package func position(of offset: Int) -> Position {
    let line = lineIndex(of: offset)
    let lower = line == 0 ? markLength : lineStarts[line]
    return Position(line: line + 1, column: text(lower, offset).unicodeScalars.count + 1)
  }

  /// Bytes `lower ..< upper` as text, cut to the file; what is no UTF-8 is replaced.
  package func text(_ lower: Int, _ upper: Int) -> String {
    let start = min(max(lower, 0), bytes.count)
    return String(decoding: bytes[start..<min(max(upper, start), bytes.count)], as: UTF8.self)
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

  package var start: Position { file.position(of: lower) }

  /// The place after the last character.
  package var end: Position { file.position(of: upper) }

  /// What is written there.
  package var text: String { file.text(lower, upper) }
}
