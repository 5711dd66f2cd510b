import Diagnostics
import Documents

/// An element of `steps:` or `rules:`: one key that names its kind, with its argument, and modifiers beside it.
struct Entry {
  let kind: Node.Entry
  let modifiers: Arguments
  let range: SourceRange

  /// - Parameters:
  ///   - what: `step` or `rule`, for diagnostics.
  ///   - kinds: the names that may stand there.
  static func read(
    _ node: Node, what: String, kinds: [String], modifiers: [any OptionDeclaration], into diagnostics: inout Diagnostics
  ) -> Entry? {
    if let scalar = node.scalar, !node.isNothing {
      let hint = kinds.contains(scalar.string) ? "\(scalar.string): […]" : nil
      diagnostics.report(.notAnEntry(scalar.string, what: what, at: node.range, hint: hint, known: kinds))
      return nil
    }
    guard let entries = node.entries else {
      diagnostics.report(.wrongType(expected: "a \(what)", found: node))
      return nil
    }
    let allowed = Set(modifiers.map(\.name))
    let named = entries.filter { !allowed.contains($0.name) || kinds.contains($0.name) }
    guard let kind = named.first(where: { kinds.contains($0.name) }) ?? named.first else {
      diagnostics.report(.noKind(what: what, at: node.range))
      return nil
    }
    guard kinds.contains(kind.name) else {
      diagnostics.report(.unknownKind(kind.name, what: what, at: kind.key.range, known: kinds))
      return nil
    }
    for other in named where other.key !== kind.key {
      let isKind = kinds.contains(other.name)
      diagnostics.report(
        isKind
          ? .twoKinds(kind.name, other.name, what: what, at: other.key.range)
          : .unknownKey(other.name, of: "\(what) '\(kind.name)'", at: other.key.range, known: allowed.sorted()))
    }
    guard
      let arguments = Arguments.read(
        Node(.mapping(entries.filter { allowed.contains($0.name) && !kinds.contains($0.name) }), at: node.range),
        options: modifiers, owner: "\(what) '\(kind.name)'", into: &diagnostics)
    else { return nil }
    return Entry(kind: kind, modifiers: arguments, range: node.range)
  }
}
