import Columns

extension Constant {
  /// The value as people and reports see it.
  package var canonicalText: String {
    let store = ByteStore(capacity: 64)
    let column = column(count: 1, in: store)
    guard column.isPresent(0) else { return "" }
    return store.string(column.type.isText ? column.texts[0] : Formatting.texts(column, in: store)[0])
  }
}
