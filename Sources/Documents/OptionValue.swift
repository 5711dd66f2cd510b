import Diagnostics

/// A type that can be read from a node: what an option may hold.
package protocol OptionValue: Sendable {
  /// What is expected, for people, with its article: `an integer`.
  static var valueDescription: String { get }
  /// Whether one value may stand for a list of one.
  static var allowsSingle: Bool { get }
  /// Whether a mapping is the way to write one.
  static var takesMapping: Bool { get }
  /// What is expected, for editors.
  static var schema: JSONSchema { get }
  /// The value; nil where the node is none, which is then reported.
  static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Self?
}

extension OptionValue {
  package static var allowsSingle: Bool { true }
  package static var takesMapping: Bool { false }
  package static var schema: JSONSchema { .any }

  /// Reports that something else stands where a value is due, unless that was reported before.
  package static func refuse(_ node: Node, _ diagnostics: inout Diagnostics, help: String? = nil) -> Self? {
    if !node.isUnknown {
      diagnostics.report(.wrongType(expected: valueDescription, found: node, help: help))
    }
    return nil
  }
}

/// A scalar as it is written: `NO`, `on`, `012` and `1e3` are text like any other.
extension String: OptionValue {
  package static var valueDescription: String { "a text" }
  package static var schema: JSONSchema { .text }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> String? {
    guard let scalar = node.scalar, !node.isNothing else { return refuse(node, &diagnostics) }
    return scalar.string
  }
}

/// `true` or `false`, not quoted.
extension Bool: OptionValue {
  package static var valueDescription: String { "true or false" }
  package static var schema: JSONSchema { .boolean }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Bool? {
    if case .bool(let value)? = node.resolved { return value }
    let words = ["yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"]
    let meant = (node.scalar?.string.lowercased()).map { words[$0] ?? $0 }
    let help = meant == "true" || meant == "false" ? meant.map { "write: \($0)" } : nil
    return refuse(node, &diagnostics, help: help)
  }
}

/// A whole number that is not quoted; `1e6` too. One past 64 bits is an error.
extension Int: OptionValue {
  package static var valueDescription: String { "an integer" }
  package static var schema: JSONSchema { .integer }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Int? {
    guard let scalar = node.scalar, scalar.style == .plain else { return refuse(node, &diagnostics) }
    if let value = CoreSchema.integer(scalar.string) { return Int(value) }
    if let amount = Amount(scalar.string), !amount.isShare, !scalar.string.contains("."), let value = amount.whole {
      return value
    }
    if scalar.string.drop(while: { $0 == "-" || $0 == "+" }).allSatisfy(\.isWholeNumber), !node.isNothing {
      diagnostics.report(.invalidValue("\(scalar.string) does not fit in 64 bits", at: node.range))
      return nil
    }
    return refuse(node, &diagnostics)
  }
}

/// A number that is not quoted, `.inf` and `.nan` included.
extension Double: OptionValue {
  package static var valueDescription: String { "a number" }
  package static var schema: JSONSchema { .number }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Double? {
    switch node.resolved {
    case .int(let value)?: Double(value)
    case .float(let value)?: value
    default: refuse(node, &diagnostics)
    }
  }
}

/// An expression, each byte with its place. YAML's slips are recognised.
extension SourceText: OptionValue {
  package static var valueDescription: String { Notation.expression.wording }
  package static var schema: JSONSchema { .text }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> SourceText? {
    node.text(as: .expression, &diagnostics)
  }
}

/// Any node, as it is.
extension Node: OptionValue {
  package static let valueDescription = "a value"

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    node.isUnknown ? nil : node as? Self
  }
}

/// A scalar by YAML's core schema.
extension Resolved: OptionValue {
  package static var valueDescription: String { "a single value" }
  package static var schema: JSONSchema { .scalar }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Resolved? {
    node.resolved ?? refuse(node, &diagnostics)
  }
}

/// A list; one element may stand alone where its type allows it.
extension Array: OptionValue where Element: OptionValue {
  package static var valueDescription: String {
    let element = Element.valueDescription
    return Element.allowsSingle ? "\(element), or a list of such" : "a list of values, each \(element)"
  }

  package static var takesMapping: Bool { Element.allowsSingle && Element.takesMapping }
  package static var schema: JSONSchema { .list(of: Element.schema, orOne: Element.allowsSingle) }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> [Element]? {
    guard let nodes = node.elements ?? (Element.allowsSingle ? [node] : nil) else { return refuse(node, &diagnostics) }
    var elements: [Element] = []
    for node in nodes {
      if let element = Element.read(node, &diagnostics) { elements.append(element) }
    }
    return elements.count == nodes.count ? elements : nil
  }
}

/// A value and where it stands.
package struct Located<Value: OptionValue>: OptionValue {
  package let value: Value
  package let range: SourceRange

  package init(_ value: Value, at range: SourceRange) {
    self.value = value
    self.range = range
  }

  package static var valueDescription: String { Value.valueDescription }
  package static var allowsSingle: Bool { Value.allowsSingle }
  package static var takesMapping: Bool { Value.takesMapping }
  package static var schema: JSONSchema { Value.schema }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Located? {
    Value.read(node, &diagnostics).map { Located($0, at: node.range) }
  }
}

/// A mapping from names to values, in the order written.
package struct OrderedMap<Value: OptionValue>: OptionValue {
  package struct Entry: Sendable {
    package let key: String
    package let keyRange: SourceRange
    package let value: Value
    package let range: SourceRange
  }

  package let entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  package subscript(key: String) -> Value? { entries.first { $0.key == key }?.value }

  package static var valueDescription: String { "a mapping of names, each to \(Value.valueDescription)" }
  package static var schema: JSONSchema { .map(of: Value.schema) }
  package static var takesMapping: Bool { true }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> OrderedMap? {
    guard let nodes = node.entries else { return refuse(node, &diagnostics) }
    var entries: [Entry] = []
    for node in nodes {
      guard let value = Value.read(node.value, &diagnostics) else { continue }
      entries.append(Entry(key: node.name, keyRange: node.key.range, value: value, range: node.value.range))
    }
    return entries.count == nodes.count ? OrderedMap(entries) : nil
  }
}

/// A text in a notation that is no expression, each byte with its place; YAML's slips are recognised.
package protocol NotationText: OptionValue {
  static var notation: Notation { get }
  var text: SourceText { get }
  init(_ text: SourceText)
}

extension NotationText {
  package static var valueDescription: String { notation.wording }
  package static var schema: JSONSchema { .text }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    node.text(as: notation, &diagnostics).map(Self.init)
  }
}

/// A regular expression.
package struct PatternText: NotationText {
  package static let notation = Notation.pattern
  package let text: SourceText
  package init(_ text: SourceText) { self.text = text }
}

/// A format of dates or numbers.
package struct FormatText: NotationText {
  package static let notation = Notation.format
  package let text: SourceText
  package init(_ text: SourceText) { self.text = text }
}

/// The path of a file, or a glob.
package struct PathText: NotationText {
  package static let notation = Notation.path
  package let text: SourceText
  package init(_ text: SourceText) { self.text = text }
}

/// The name of a type.
package struct TypeText: NotationText {
  package static let notation = Notation.type
  package let text: SourceText
  package init(_ text: SourceText) { self.text = text }
}

/// One of the words of an enumeration.
extension OptionValue where Self: CaseIterable & RawRepresentable, RawValue == String {
  package static var valueDescription: String {
    "one of " + allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
  }

  package static var schema: JSONSchema { .words(allCases.map(\.rawValue)) }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    guard let scalar = node.scalar, !node.isNothing else { return refuse(node, &diagnostics) }
    if let value = Self(rawValue: scalar.string) { return value }
    diagnostics.report(.unknownWord(scalar.string, at: node.range, known: allCases.map(\.rawValue)))
    return nil
  }
}
