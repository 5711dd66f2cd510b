import Columns

extension Text {
  /// The texts of each row one after the other (`||`): strict, so that a null makes the row null.
  ///
  /// - Parameter columns: *n* texts each; at least one column.
  /// - Returns: *n* texts. Of a row in which only one text is not empty the result is that text.
  /// - Complexity: O(bytes); scratch memory for a span a cell.
  package static func concat(_ columns: [Column], in store: ByteStore) -> Column {
    join(columns, TextRows(strict: columns), separator: nil, in: store)
  }

  /// As `concat`, with a null or invalid text taken as empty; a failed one makes the row failed.
  package static func concatIgnoringNulls(_ columns: [Column], in store: ByteStore) -> Column {
    join(columns, TextRows(columns, states: failuresOnly(columns)), separator: nil, in: store)
  }

  /// The texts of each row with `separator` between them, null and invalid ones left out. Strict in `separator`; a
  /// failed text makes the row failed.
  ///
  /// - Parameters:
  ///   - separator: *n* texts.
  ///   - columns: *n* texts each; there may be no column.
  /// - Returns: *n* texts; the empty text where all are null.
  package static func concatWithSeparator(_ separator: Column, _ columns: [Column], in store: ByteStore) -> Column {
    var states = failuresOnly(columns)
    states.formMaximum(separator.states)
    return join(columns, TextRows([separator] + columns, states: states), separator: separator, in: store)
  }

  private static func failuresOnly(_ columns: [Column]) -> States {
    var states = States.present
    for column in columns { states.fail(column.failures) }
    return states
  }

  private static func join(
    _ columns: [Column], _ rows: TextRows, separator: Column?, in store: ByteStore
  ) -> Column {
    let width = columns.count
    let parts = interleaved(columns, rows: rows.isConstant ? min(1, rows.count) : rows.count)
    let separators = separator?.texts ?? [.empty]
    let separatorCells = Cells(separators.span, isConstant: separator?.isConstant ?? true)
    var writer = TextWriter(store)
    var faults = TextFaults(count: rows.count)
    let values = rows.texts { row in
      let first = row &* width
      let between = separatorCells[row]
      var (total, pieces, sole) = (0, 0, TextSpan.empty)
      for index in first..<first &+ width {
        let part = parts[index]
        if part == absent { continue }
        total &+= Int(part.length)
        pieces &+= 1
        if part.length > 0 { sole = part }
      }
      if Int(sole.length) == total, pieces < 2 || between.length == 0 { return sole }
      total &+= max(0, pieces &- 1) &* Int(between.length)
      guard writer.reserve(total) else {
        faults.insert(row, .tooLong)
        return .empty
      }
      let start = writer.count
      var written = 0
      for index in first..<first &+ width {
        let part = parts[index]
        if part == absent { continue }
        if written > 0 { writer.append(writer.bytes(between)) }
        writer.append(writer.bytes(part))
        written &+= 1
      }
      return writer.span(from: start)
    }
    writer.finish()
    return rows.column(.string, values, faults)
  }

  /// Stands for a text that is left out; no span of a store begins there.
  private static var absent: TextSpan { TextSpan(offset: .max, length: 0) }

  /// The texts row by row: that of `columns[c]` on row `r` at `r * columns.count + c`.
  private static func interleaved(_ columns: [Column], rows: Int) -> ContiguousArray<TextSpan> {
    let width = columns.count
    return ContiguousArray(unsafeUninitializedCapacity: rows * width) { buffer, initialized in
      buffer.initialize(repeating: absent)
      for (index, column) in columns.enumerated() {
        let texts = column.texts
        let cells = Cells(texts.span, isConstant: column.isConstant)
        if let validity = column.validity {
          validity.words.withUnsafeBufferPointer { words in
            for row in 0..<rows where words[row &>> 6] &>> UInt64(row & 63) & 1 == 1 {
              buffer[row &* width &+ index] = cells[row]
            }
          }
        } else {
          for row in 0..<rows { buffer[row &* width &+ index] = cells[row] }
        }
      }
      initialized = rows * width
    }
  }
}
