import Diagnostics

/// An option as it is declared, once: the reader of documents, the help and did-you-mean all take it from here.
package protocol OptionDeclaration: Sendable {
  /// The key in a document.
  var name: String { get }
  /// What it is for, in a sentence.
  var help: String { get }
  /// Other spellings of the key.
  var aliases: [String] { get }
  var isRequired: Bool { get }
  /// The value that it has without being given, as it is written; nil where it has none, or none worth a word.
  var defaultText: String? { get }
  /// What it takes, for people: `an integer`.
  var valueDescription: String { get }
  /// Whether what it takes is written as a mapping.
  var takesMapping: Bool { get }
  /// The same for editors.
  var schema: JSONSchema { get }
  /// The value of `defaultText` where that is a word, a number or a truth value.
  var defaultJSON: JSON? { get }
  /// The value at `node`; nil where there is none, which is then reported.
  func read(_ node: Node, _ diagnostics: inout Diagnostics) -> (any OptionValue)?
}

/// An option that holds a `Value`.
package protocol TypedOption: OptionDeclaration {
  associatedtype Value: OptionValue
}

extension OptionDeclaration {
  package var defaultText: String? { nil }
  package var defaultJSON: JSON? { nil }
}

extension TypedOption {
  package var valueDescription: String { Value.valueDescription }
  package var takesMapping: Bool { Value.takesMapping }

  package func read(_ node: Node, _ diagnostics: inout Diagnostics) -> (any OptionValue)? {
    Value.read(node, &diagnostics)
  }
}

/// `column:` and `columns:` are taken everywhere.
private func otherSpellings(of name: String) -> [String] {
  switch name {
  case "column": ["columns"]
  case "columns": ["column"]
  default: []
  }
}

/// An option that must be given.
package struct RequiredOption<Value: OptionValue>: TypedOption {
  package let name: String
  package let help: String
  package let aliases: [String]
  package let schema: JSONSchema
  package let isRequired = true

  /// - Parameter schema: what it takes, where that is more than its type says.
  package init(_ name: String, _ help: String, aliases: [String] = [], schema: JSONSchema = Value.schema) {
    self.name = name
    self.schema = schema
    self.help = help
    self.aliases = aliases + otherSpellings(of: name)
  }
}

/// An option that may be left out.
package struct OptionalOption<Value: OptionValue>: TypedOption {
  package let name: String
  package let help: String
  package let aliases: [String]
  package let schema: JSONSchema
  package let isRequired = false

  /// - Parameter schema: what it takes, where that is more than its type says.
  package init(_ name: String, _ help: String, aliases: [String] = [], schema: JSONSchema = Value.schema) {
    self.name = name
    self.schema = schema
    self.help = help
    self.aliases = aliases + otherSpellings(of: name)
  }
}

/// An option that has a value without being given.
package struct DefaultedOption<Value: OptionValue>: TypedOption {
  package let name: String
  package let help: String
  package let aliases: [String]
  package let schema: JSONSchema
  package let isRequired = false
  package let defaultValue: Value

  /// - Parameter schema: what it takes, where that is more than its type says.
  package init(
    _ name: String, _ help: String, aliases: [String] = [], default value: Value, schema: JSONSchema = Value.schema
  ) {
    self.name = name
    self.schema = schema
    self.help = help
    self.aliases = aliases + otherSpellings(of: name)
    defaultValue = value
  }

  package var defaultText: String? {
    switch defaultValue {
    case let word as any RawRepresentable: "\(word.rawValue)"
    case let list as any Collection where list.isEmpty: nil
    default: "\(defaultValue)"
    }
  }

  package var defaultJSON: JSON? {
    switch defaultValue {
    case let value as Bool: .bool(value)
    case let value as Int: .int(value)
    case let word as any RawRepresentable: .string("\(word.rawValue)")
    default: nil
    }
  }
}
