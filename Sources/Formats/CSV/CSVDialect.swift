/// How a delimited text file is spelt.
package struct CSVDialect: Hashable, Sendable {
  package var delimiter: UInt8
  /// Nil: no byte has the meaning of a quote.
  package var quote: UInt8?
  /// A byte that, inside quotes, makes the next byte stand for itself. Nil: a quote is written twice.
  package var escape: UInt8?
  /// True when the first record names the fields.
  package var header: Bool
  /// Texts that mean null, quoted or not.
  package var nulls: [[UInt8]]
  /// The bytes that a record may have, its line end included; at most 1 GiB.
  package var maxRecord: Int

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""), escape: UInt8? = nil, header: Bool = true,
    nulls: [[UInt8]] = [[]], maxRecord: Int = 16 << 20
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.escape = escape == quote ? nil : escape
    self.header = header
    self.nulls = nulls
    self.maxRecord = min(max(maxRecord, 1), 1 << 30)
  }
}
