import Columns

extension Temporal {
  /// True where a text is a day by a format for which `problem(reading:)` a date is nil; a blank text is none.
  ///
  /// *n* texts in, *n* booleans out. Strict. O(bytes).
  package static func isDate(_ texts: Column, by format: TemporalFormat, in store: ByteStore) -> Column {
    let read = Temporal.read(texts, as: .date, formats: [format], in: store)
    let present = read.validity ?? Bitmap(repeating: true, count: texts.count)
    return Column(.bool, .bits(present), count: texts.count, states: texts.states)
  }
}
