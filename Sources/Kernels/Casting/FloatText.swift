/// Floats whose text is longer than a word or not plain.
enum FloatText {
  @inline(never)
  static func float(_ start: UnsafeRawPointer, _ length: Int, isSingle: Bool) -> Double? {
    guard let parts = NumberText(start, length) else { return named(start, length) }
    if !isSingle, let value = parts.exactFloat { return value }
    let value = nearest(start, length, isSingle: isSingle)
    return value.isFinite ? value : nil
  }

  /// The standard library rounds any decimal correctly, whatever the locale.
  private static func nearest(_ start: UnsafeRawPointer, _ length: Int, isSingle: Bool) -> Double {
    let text = String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    return isSingle ? Float(text).map { Double($0) } ?? .infinity : Double(text) ?? .infinity
  }

  private static func named(_ start: UnsafeRawPointer, _ length: Int) -> Double? {
    guard length > 0 else { return nil }
    let first = start.load(as: UInt8.self)
    let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    let name = UnsafeRawBufferPointer(start: start, count: length).dropFirst(isSigned ? 1 : 0)
    let isNegative = first == UInt8(ascii: "-")
    if isName(name, "inf") || isName(name, "infinity") { return isNegative ? -.infinity : .infinity }
    return isName(name, "nan") ? .nan : nil
  }

  private static func isName(_ text: Slice<UnsafeRawBufferPointer>, _ name: StaticString) -> Bool {
    guard text.count == name.utf8CodeUnitCount else { return false }
    for (index, byte) in text.enumerated() where byte | 0x20 != name.utf8Start[index] { return false }
    return true
  }
}
