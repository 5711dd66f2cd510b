/// Where a batch is cut: by the data and these limits alone, never by threads or the sizes of reads.
package struct BatchLimits: Hashable, Sendable {
  /// A batch has at most so many records, malformed ones included …
  package let records: Int
  /// … and so many bytes of source, unless its first record alone is longer.
  package let bytes: Int

  /// As many as a batch has room for, or fewer; at least one of each.
  package init(records: Int = RecordBatch.maxRecords, bytes: Int = RecordBatch.maxBytes) {
    self.records = min(max(records, 1), RecordBatch.maxRecords)
    self.bytes = min(max(bytes, 1), RecordBatch.maxBytes)
  }
}
