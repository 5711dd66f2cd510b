/// The values of a column to be read by row, whether it holds one a row or one for all.
///
/// Public, though no product offers it: the compiler does not inline a generic of package access into other modules,
/// `@inlinable` or not, and a call a cell costs more than most kernels do.
public struct Cells<Value: BitwiseCopyable>: ~Escapable {
  @usableFromInline let values: Span<Value>
  @usableFromInline let mask: Int

  /// Reads `values`, which hold one value a row, or one for all rows where the column is constant.
  @_lifetime(copy values)
  @inlinable
  public init(_ values: Span<Value>, isConstant: Bool) {
    self.values = values
    mask = isConstant ? 0 : -1
  }

  /// The value of `row`, which must be below the column's count.
  @inlinable
  public subscript(row: Int) -> Value { values[row & mask] }
}
