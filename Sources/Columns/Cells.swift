/// The values of a column to be read by row, whether it holds one a row or one for all.
package struct Cells<Value: BitwiseCopyable>: ~Escapable {
  @usableFromInline let values: Span<Value>
  @usableFromInline let mask: Int

  @_lifetime(copy values)
  @inlinable
  package init(_ values: Span<Value>, isConstant: Bool) {
    self.values = values
    mask = isConstant ? 0 : -1
  }

  /// The value of `row`, which must be below the column's count.
  @inlinable
  package subscript(row: Int) -> Value { values[row & mask] }
}
