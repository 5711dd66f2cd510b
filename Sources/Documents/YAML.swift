import Diagnostics

/// Reads a file that holds one YAML document.
///
/// Anchors, aliases and `<<` merges are followed. What is wrong is reported, all of it, unless the file is no YAML at
/// all: that ends at its first error.
///
/// - Returns: The tree, in which what was reported is ``Node/Kind/unknown``; nil where there is none.
/// - Complexity: O(bytes); aliases may stand for ``TreeBuilder/longestExpansion`` nodes in all, and collections nest
///   ``TreeBuilder/deepest`` levels.
package func parseYAML(_ file: SourceFile, into diagnostics: inout Diagnostics) -> Node? {
  if let offset = firstFault(inUTF8: file.bytes) {
    diagnostics.report(.invalidUTF8(SourceRange(file, offset, offset + 1)))
    return nil
  }
  guard let events = EventStream(file) else {
    diagnostics.report(.yamlSyntax("memory is short", at: SourceRange(file, 0, 0)))
    return nil
  }
  var builder = TreeBuilder(file)
  do throws(EventStream.Fault) {
    while !builder.isDone { builder.take(try events.next()) }
    diagnostics.merge(builder.diagnostics)
    return builder.root
  } catch {
    diagnostics.merge(builder.diagnostics)
    diagnostics.report(.fault(error, in: file))
    return nil
  }
}

/// The offset of the first byte that is no UTF-8, or nil.
private func firstFault(inUTF8 bytes: [UInt8]) -> Int? {
  var at = 0
  while at < bytes.count {
    if bytes[at] < 0x80 {
      at += 1
      continue
    }
    var decoder = UTF8()
    let end = min(bytes.count, at + 4)
    var rest = bytes[at..<end].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return at }
    at += UTF8.width(scalar)
  }
  return nil
}
