import CScan
import Columns

/// How delimited text is written.
package struct CSVOutputDialect: Hashable, Sendable {
  package var delimiter: UInt8
  package var quote: UInt8
  /// What stands for null. Where it is empty, null and the empty text are written alike.
  package var nullText: [UInt8]
  package var header: Bool

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\""), nullText: [UInt8] = [], header: Bool = true
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.nullText = nullText
    self.header = header
  }
}

/// A column of texts on their way out.
package struct CSVOutputColumn: Sendable {
  package var texts: ContiguousArray<TextSpan>
  package var isConstant: Bool
  package var validity: Bitmap?
  /// True where no text needs quotes, as with numbers and dates, or where the texts are fields as they stood in a source of
  /// the same dialect: they are then written as they are.
  package var isVerbatim: Bool

  package init(_ column: Column, isVerbatim: Bool = false) {
    texts = column.texts
    isConstant = column.isConstant
    validity = column.validity
    self.isVerbatim = isVerbatim
  }

  package init(texts: ContiguousArray<TextSpan>, validity: Bitmap? = nil, isVerbatim: Bool = false) {
    self.texts = texts
    isConstant = false
    self.validity = validity
    self.isVerbatim = isVerbatim
  }
}

/// Writes rows as records: lines that end in LF, quotes only where a field needs them.
package struct CSVWriter: Sendable {
  package let dialect: CSVOutputDialect
  private var cells: ContiguousArray<brew_span> = []
  private var rows: ContiguousArray<UInt32> = []
  /// As many rows are gathered at a time as keep their spans in the first-level cache.
  private static let cellsAtOnce = 2048

  package init(_ dialect: CSVOutputDialect = CSVOutputDialect()) { self.dialect = dialect }

  /// Writes the names of the fields, whether or not the dialect asks for them.
  package func writeHeader(_ names: [String], to output: inout OutputBuffer) {
    for (index, name) in names.enumerated() {
      if index > 0 { output.append(dialect.delimiter) }
      write(Array(name.utf8), isAlone: names.count == 1, to: &output)
    }
    output.append(UInt8(ascii: "\n"))
  }

  private func write(_ field: [UInt8], isAlone: Bool, to output: inout OutputBuffer) {
    let marks = [dialect.delimiter, dialect.quote, UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    guard field.contains(where: marks.contains) || (isAlone && field.isEmpty) else {
      return field.withUnsafeBytes { output.append($0) }
    }
    output.append(dialect.quote)
    for byte in field {
      if byte == dialect.quote { output.append(byte) }
      output.append(byte)
    }
    output.append(dialect.quote)
  }

  /// Appends the rows whose bit is set.
  ///
  /// - Parameters:
  ///   - columns: texts, all in `store`, each with a value for every row of `chosen`. Rows that are not present are null.
  ///   - store: where the null text is put.
  /// - Returns: how many rows were written; none when the store has no room for the null text.
  /// - Complexity: O(cells + bytes).
  @discardableResult
  package mutating func write(
    _ columns: [CSVOutputColumn], rows chosen: Bitmap, in store: ByteStore, to output: inout OutputBuffer
  ) -> Int {
    guard !columns.isEmpty, let null = dialect.nullText.withUnsafeBytes({ store.append($0) }) else { return 0 }
    for column in columns {
      precondition(column.texts.count >= (column.isConstant ? min(1, chosen.count) : chosen.count))
      precondition(column.validity.map { $0.count == chosen.count } ?? true)
    }
    list(chosen)
    let count = rows.count
    let step = max(1, Self.cellsAtOnce / columns.count)
    cells = ContiguousArray(repeating: brew_span(), count: min(step, max(count, 1)) * columns.count)
    var first = 0
    while first < count {
      let size = min(step, count - first)
      write(columns, from: first, count: size, null, store, &output)
      first += size
    }
    return first
  }

  private mutating func list(_ chosen: Bitmap) {
    rows.removeAll(keepingCapacity: true)
    rows.reserveCapacity(chosen.count)
    for (index, word) in chosen.words.enumerated() {
      var word = word
      while word != 0 {
        rows.append(UInt32(index << 6 + word.trailingZeroBitCount))
        word &= word &- 1
      }
    }
  }

  private mutating func write(
    _ columns: [CSVOutputColumn], from first: Int, count: Int, _ null: TextSpan, _ store: ByteStore,
    _ output: inout OutputBuffer
  ) {
    let bytes = store.base.bytes(at: 0)
    var csv = brew_csv(delimiter: dialect.delimiter, quote: dialect.quote)
    let null = brew_span(offset: null.offset, length: null.length)
    var room = count * (columns.count + 3)
    rows.withUnsafeBufferPointer { rows in
      cells.withUnsafeMutableBufferPointer { cells in
        guard let cells = cells.baseAddress, let rows = rows.baseAddress.map({ $0 + first }) else { return }
        for (index, column) in columns.enumerated() {
          room += Self.gather(column, rows, count: count, null, bytes, &csv, cells + index, columns.count)
        }
        output.reserve(room)
        let target = (output.base + output.count).assumingMemoryBound(to: UInt8.self)
        output.advance(by: brew_csv_write(cells, count, columns.count, bytes, &csv, target))
      }
    }
  }

  private static func gather(
    _ column: CSVOutputColumn, _ rows: UnsafePointer<UInt32>, count: Int, _ null: brew_span,
    _ bytes: UnsafePointer<UInt8>, _ csv: inout brew_csv, _ cells: UnsafeMutablePointer<brew_span>, _ columns: Int
  ) -> Int {
    let mask = column.isConstant ? 0 : -1
    let checked: Int32 = column.isVerbatim ? 0 : 1
    return column.texts.withUnsafeBytes { texts in
      guard let texts = texts.baseAddress?.assumingMemoryBound(to: brew_span.self) else { return 0 }
      guard let validity = column.validity else {
        return brew_csv_gather(texts, mask, nil, rows, count, null, bytes, &csv, checked, cells, columns)
      }
      return validity.words.withUnsafeBufferPointer { words in
        brew_csv_gather(texts, mask, words.baseAddress, rows, count, null, bytes, &csv, checked, cells, columns)
      }
    }
  }
}
