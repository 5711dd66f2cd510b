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
  /// How the file's characters are written. A reader is handed UTF-8 whatever this says: see ``InputContent``.
  package var encoding = TextEncoding.utf8
  package var lineEnd = LineEnd.feed
  /// Lines before the first record, of any contents, that are left out.
  package var skippedLines = 0
  /// Lines at the end, of any contents, that are left out; blank ones count.
  package var skippedFooter = 0
  /// Lines outside quotes that begin with this byte are left out.
  package var comment: UInt8?

  /// What ends a line.
  package enum LineEnd: String, CaseIterable, Sendable {
    /// A carriage return where the first 64 KiB have one and no line feed; else a line feed.
    case auto
    /// A line feed; a carriage return before it belongs to it.
    case feed = "lf"
    /// A carriage return alone.
    case carriageReturn = "cr"

    /// The byte; of `auto` a line feed.
    var byte: UInt8 { self == .carriageReturn ? UInt8(ascii: "\r") : UInt8(ascii: "\n") }
  }

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
