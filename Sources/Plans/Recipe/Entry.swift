import Diagnostics
import Documents

/// An element of `steps:` or `rules:`: one key that names its kind, with its argument, and modifiers beside it.
struct Entry {
  let kind: Node.Entry
  let modifiers: Arguments
  let range: SourceRange

  /// Which of the two lists it stands in.
  enum What: String {
    case step, rule

    var other: What { self == .step ? .rule : .step }

    func kinds(in catalogue: Catalogue) -> [String] {
      switch self {
      case .step: catalogue.steps.map { $0.name }
      case .rule: catalogue.rules.map { $0.name }
      }
    }
  }

  /// - Parameters:
  ///   - catalogue: the names that may stand there.
  ///   - modifiers: what may stand beside any of them.
  static func read(
    _ node: Node, what: What, in catalogue: Catalogue, modifiers: [any OptionDeclaration],
    into diagnostics: inout Diagnostics
  ) -> Entry? {
    let kinds = what.kinds(in: catalogue)
    if let scalar = node.scalar, !node.isNothing {
      let hint = kinds.contains(scalar.string) ? "\(scalar.string): […]" : nil
      diagnostics.report(.notAnEntry(scalar.string, what: what.rawValue, at: node.range, hint: hint, known: kinds))
      return nil
    }
    guard let entries = node.entries else {
      if !node.isUnknown { diagnostics.report(.wrongType(expected: "a \(what)", found: node)) }
      return nil
    }
    let allowed = Set(modifiers.map(\.name))
    let named = entries.filter { !allowed.contains($0.name) || kinds.contains($0.name) }
    guard let kind = named.first(where: { kinds.contains($0.name) }) ?? named.first else {
      diagnostics.report(.noKind(what: what.rawValue, at: node.range))
      return nil
    }
    guard kinds.contains(kind.name) else {
      diagnostics.report(.unknownKind(kind.name, what: what, at: kind.key.range, in: catalogue))
      return nil
    }
    let strays = named.filter { $0.key !== kind.key }.map {
      stray($0, beside: kind, what: what, in: catalogue, known: allowed.sorted())
    }
    strays.forEach { diagnostics.report($0) }
    // Without the options that stand beside it, the kind would be found wanting once more.
    if strays.contains(where: { $0.code == "stray-option" }) { return nil }
    guard
      let arguments = Arguments.read(
        Node(.mapping(entries.filter { allowed.contains($0.name) && !kinds.contains($0.name) }), at: node.range),
        options: modifiers, owner: "\(what) '\(kind.name)'", into: &diagnostics)
    else { return nil }
    return Entry(kind: kind, modifiers: arguments, range: node.range)
  }

  /// A key beside the kind that is no modifier: another kind, an option that is not indented far enough, or a slip.
  private static func stray(
    _ other: Node.Entry, beside kind: Node.Entry, what: What, in catalogue: Catalogue, known: [String]
  ) -> Diagnostic {
    if what.kinds(in: catalogue).contains(other.name) {
      return .twoKinds(kind.name, other.name, what: what.rawValue, at: other.key.range)
    }
    let options = catalogue.step(kind.name).map { $0.options } ?? catalogue.rule(kind.name).map { $0.options } ?? []
    if options.contains(where: { $0.name == other.name || $0.aliases.contains(other.name) }) {
      return .strayOption(other.name, of: kind.name, what: what.rawValue, at: other.key.range)
    }
    return .unknownKey(other.name, of: "\(what) '\(kind.name)'", at: other.key.range, known: known)
  }
}
