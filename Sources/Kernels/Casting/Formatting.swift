import Columns

/// Values written as their canonical text.
package enum Formatting {
  /// The canonical text of each row, appended to the store's arena: integers without `+` or leading zeros, decimals with
  /// all digits of their scale, floats as the shortest text that reads back (`1.0`, `0.1`, `1e+16`, `nan`, `inf`),
  /// `true` and `false`; texts are their own.
  ///
  /// - Returns: *n* spans, empty where the row is not present, or where the store is at its limit.
  /// - Complexity: O(*n*); a constant is written once.
  package static func texts(_ column: Column, in store: ByteStore) -> ContiguousArray<TextSpan> {
    if column.type.isTemporal {
      let spans = Temporal.texts(column, in: store)
      return column.isConstant ? chosen(column) { _ in spans.first ?? .empty } : spans
    }
    switch column.values {
    case .bits(let bits):
      guard let yes = store.append("true"), let no = store.append("false") else {
        return chosen(column) { _ in .empty }
      }
      return chosen(column) { bits[$0] ? yes : no }
    case .integers(let values):
      return written(values, column, in: store) { NumberFormat.write($0, at: $1) }
    case .floats(let values):
      if column.type == .float32 { return written(values, column, in: store) { FloatFormat.single($0, at: $1) } }
      return written(values, column, in: store) { FloatFormat.double($0, at: $1) }
    case .decimals(let values):
      let scale = column.scale
      return written(values, column, in: store) { NumberFormat.write($0, scale: scale, at: $1) }
    case .texts(let spans):
      let operand = Operand(spans, of: column, zero: .empty)
      return chosen(column) { operand.values[$0 & operand.mask] }
    }
  }

  /// No text of a number is longer: 39 digits, sign, point and a leading zero.
  private static let width = 48

  private static func chosen(_ column: Column, _ span: (Int) -> TextSpan) -> ContiguousArray<TextSpan> {
    var spans = ContiguousArray(repeating: TextSpan.empty, count: column.count)
    for row in 0..<column.count where column.isPresent(row) { spans[row] = span(row) }
    return spans
  }

  /// `write` puts a text of at most `width` bytes at the pointer and gives its length.
  @inline(__always)
  private static func written<V: BitwiseCopyable>(
    _ values: ContiguousArray<V>, _ column: Column, in store: ByteStore, _ write: (V, UnsafeMutableRawPointer) -> Int
  ) -> ContiguousArray<TextSpan> {
    let lanes = column.isConstant ? 1 : column.count
    let validity = column.isConstant ? nil : column.validity
    let spans = ContiguousArray<TextSpan>(unsafeUninitializedCapacity: lanes) { spans, filled in
      values.withUnsafeBufferPointer { values in
        for first in stride(from: 0, to: lanes, by: 64) {
          var present = validity?.words[first >> 6] ?? .max
          if !store.reserve(64 * width) { present = 0 }
          let base = store.base
          let start = base + store.count
          var at = start
          for row in first..<min(first + 64, lanes) {
            var span = TextSpan.empty
            if present & 1 == 1 {
              let length = write(values[row], at)
              span.offset = UInt32(truncatingIfNeeded: at - base)
              span.length = UInt32(truncatingIfNeeded: length)
              at += length
            }
            spans.initializeElement(at: row, to: span)
            present &>>= 1
          }
          store.advance(by: at - start)
        }
      }
      filled = lanes
    }
    return column.isConstant ? chosen(column) { _ in spans[0] } : spans
  }
}
