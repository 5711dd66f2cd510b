import Columns

extension RecordBatch {
  /// The untouched bytes of neighbouring fields of every row, quotes and the delimiters between them included.
  ///
  /// - Complexity: O(rows); allocates the result only.
  package func rawSpans(from first: Int, to last: Int) -> ContiguousArray<TextSpan> {
    ContiguousArray(unsafeUninitializedCapacity: rows) { spans, count in
      for row in 0..<rows { spans.initializeElement(at: row, to: rawSpan(row, from: first, to: last)) }
      count = rows
    }
  }
}
