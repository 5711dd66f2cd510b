import Diagnostics

/// A part of a YAML document and where it stands. Nodes are shared: what an alias stands for is the node that was
/// anchored, and keeps its place.
package final class Node: Sendable {
  package enum Kind: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Entry])
    /// Something that is wrong and was reported; reading it gives nothing, without another word.
    case unknown
  }

  package let kind: Kind
  /// From the first to past the last character; of collections in block style, to the end of the last child.
  package let range: SourceRange
  /// Whether a collection is written in brackets or braces.
  package let isFlow: Bool
  /// Nodes from here down, each alias counted as all it stands for; saturates.
  let weight: Int
  /// Levels from here down.
  let height: Int

  package init(_ kind: Kind, at range: SourceRange, isFlow: Bool = false) {
    self.kind = kind
    self.range = range
    self.isFlow = isFlow
    var weight = 1
    var height = 0
    func add(_ child: Node) {
      let (sum, overflow) = weight.addingReportingOverflow(child.weight)
      weight = overflow ? Int.max : sum
      height = max(height, child.height)
    }
    switch kind {
    case .scalar, .unknown: break
    case .sequence(let elements): elements.forEach(add)
    case .mapping(let entries): entries.forEach { add($0.value) }
    }
    self.weight = weight
    self.height = height + 1
  }

  /// A key of a mapping with its value.
  package struct Entry: Sendable {
    /// The key's text.
    package let name: String
    package let key: Node
    package let value: Node
  }

  package struct Scalar: Sendable {
    package enum Style: Sendable { case plain, single, double, literal, folded }

    package let text: SourceText
    package let style: Style
    /// The type that a tag of YAML's own gives, such as `!!str`; nil without one.
    package let tag: Tag?

    package var string: String { text.string }
  }

  /// The tags of YAML's core schema.
  package enum Tag: String, CaseIterable, Sendable {
    case str, int, float, bool, null, map, seq
  }
}

extension Node {
  package var scalar: Scalar? { if case .scalar(let scalar) = kind { scalar } else { nil } }

  /// The elements of a sequence; nil for other kinds.
  package var elements: [Node]? { if case .sequence(let elements) = kind { elements } else { nil } }

  /// The entries of a mapping in the order written; nil for other kinds.
  package var entries: [Entry]? { if case .mapping(let entries) = kind { entries } else { nil } }

  /// Whether this was wrong and has been reported.
  package var isUnknown: Bool { if case .unknown = kind { true } else { false } }

  /// The value of key `name`; nil where there is none or this is no mapping.
  package subscript(name: String) -> Node? { entry(name)?.value }

  package func entry(_ name: String) -> Entry? { entries?.first { $0.name == name } }

  /// Whether nothing is written where a value could stand.
  package var isNothing: Bool { scalar.map { $0.style == .plain && $0.text.bytes.isEmpty } ?? false }

  /// What stands here, for people: `a list`, `the text 'abc'`, `nothing`.
  package var wording: String {
    switch kind {
    case .unknown: return "something that is wrong"
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .scalar(let scalar):
      if isNothing { return "nothing" }
      let text = scalar.string
      let shown = text.count > 40 ? text.prefix(40) + "…" : text[...]
      switch resolved {
      case .null?: return "null"
      case .bool?, .int?, .float?: return String(shown)
      case .string?, nil: return "the text '\(shown)'"
      }
    }
  }
}
