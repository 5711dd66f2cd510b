import Diagnostics
import Documents

/// `format: csv` or `format: {csv: {delimiter: ";"}}`: a format's name, and its options if any.
package struct FormatChoice: Sendable {
  package let name: String
  /// The options; nil where only the name was given.
  package let options: Node?
  package let range: SourceRange

  /// Reads a choice among `known` formats; nil, reported, where it is none of them.
  package static func read(_ node: Node, known: [String], _ diagnostics: inout Diagnostics) -> FormatChoice? {
    let name: String
    let options: Node?
    if let scalar = node.scalar, !node.isNothing {
      (name, options) = (scalar.string, nil)
    } else if let entries = node.entries, entries.count == 1, let entry = entries.first {
      (name, options) = (entry.name, entry.value)
    } else {
      diagnostics.report(.wrongType(expected: "a format, such as csv or {csv: {delimiter: \";\"}}", found: node))
      return nil
    }
    guard known.contains(name) else {
      diagnostics.report(.unknownWord(name, at: node.range, known: known))
      return nil
    }
    return FormatChoice(name: name, options: options, range: node.range)
  }
}
