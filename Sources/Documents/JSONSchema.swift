import Diagnostics

/// What a value in a document may be, in the words of JSON Schema (draft 2020-12), for editors. What only the compiler can
/// tell (columns, types, the syntax of expressions) is not in it.
///
/// Scalars are taken by YAML's core schema. A text may be any scalar, since `2024`, `NO` and `1e3` are texts where one is due.
///
/// - Source: <https://json-schema.org/draft/2020-12>.
package struct JSONSchema: Sendable {
  private let members: [JSON.Member]

  private init(_ members: [JSON.Member]) { self.members = members }
  private init(_ keyword: String, _ value: JSON) { members = [.init(keyword, value)] }

  package var json: JSON { .object(members) }

  /// Whatever YAML can say.
  package static let any = JSONSchema([])
  /// A scalar, null included.
  package static let scalar = reference("scalar")
  /// A scalar as it is written.
  package static let text = reference("text")
  /// One text, or a list of texts.
  package static let texts = reference("texts")
  package static let boolean = JSONSchema("type", "boolean")
  package static let integer = JSONSchema("type", "integer")
  package static let number = JSONSchema("type", "number")

  /// What every document must define, for the references that are made here.
  package static let definitions: [(name: String, schema: JSONSchema)] = [
    ("scalar", JSONSchema("type", ["string", "number", "boolean", "null"])),
    ("text", JSONSchema("type", ["string", "number", "boolean"])),
    ("texts", .list(of: .text, orOne: true)),
    ("amount", .anyOf([.number, .text(matching: Amount.sharePattern)])),
    ("bounds", Bounds.definition),
  ]

  /// A text that a regular expression matches.
  package static func text(matching pattern: String) -> JSONSchema {
    JSONSchema([.init("type", "string"), .init("pattern", .string(pattern))])
  }

  /// One of some words, quoted or not.
  package static func words(_ words: [String]) -> JSONSchema {
    let plain: [String: JSON] = ["null": .null, "true": true, "false": false]
    return JSONSchema("enum", .array(words.map { .string($0) } + words.compactMap { plain[$0] }))
  }

  /// A text, of which editors offer these.
  package static func text(suggesting words: [String]) -> JSONSchema { anyOf([.words(words), .text]) }

  package static func anyOf(_ schemas: [JSONSchema]) -> JSONSchema {
    schemas.count == 1 ? schemas[0] : JSONSchema("anyOf", .array(schemas.map(\.json)))
  }

  /// A list; `orOne` where one element may stand for a list of one.
  package static func list(of element: JSONSchema, orOne: Bool = false) -> JSONSchema {
    let list = JSONSchema([.init("type", "array"), .init("items", element.json)])
    return orOne ? anyOf([element, list]) : list
  }

  /// A mapping of names that the author chooses.
  package static func map(of value: JSONSchema) -> JSONSchema {
    JSONSchema([.init("type", "object"), .init("additionalProperties", value.json)])
  }

  /// A definition of the document.
  package static func reference(_ name: String) -> JSONSchema { JSONSchema("$ref", .string("#/$defs/\(name)")) }

  /// A number no smaller.
  func atLeast(_ least: Int) -> JSONSchema { with("minimum", .int(least)) }

  /// The same with words for people.
  package func described(_ text: String) -> JSONSchema { JSONSchema([.init("description", .string(text))] + members) }

  /// The same with a keyword more.
  package func with(_ keyword: String, _ value: JSON) -> JSONSchema { JSONSchema(members + [.init(keyword, value)]) }
}

extension JSONSchema {
  /// A mapping of declared options, no others.
  package static func object(_ options: [any OptionDeclaration]) -> JSONSchema {
    var properties: [JSON.Member] = []
    for option in options {
      properties.append(.init(option.name, option.property.json))
      for alias in option.aliases {
        properties.append(.init(alias, option.schema.described("The same as '\(option.name)'.").json))
      }
    }
    var schema = JSONSchema([
      .init("type", "object"), .init("properties", .object(properties)), .init("additionalProperties", false),
    ])
    let required = options.filter { $0.isRequired && $0.aliases.isEmpty }
    if !required.isEmpty { schema = schema.with("required", .array(required.map { .string($0.name) })) }
    let spellings = options.filter { !$0.aliases.isEmpty }.map(\.onceSpelt)
    return spellings.isEmpty ? schema : schema.with("allOf", .array(spellings))
  }

  /// A mapping of one key.
  package static func single(_ key: String, _ value: JSONSchema) -> JSONSchema {
    JSONSchema([
      .init("type", "object"), .init("properties", .object([.init(key, value.json)])),
      .init("required", .array([.string(key)])), .init("additionalProperties", false),
    ])
  }

  /// A mapping that takes more keys.
  package func adding(properties: [(name: String, schema: JSONSchema)]) -> JSONSchema {
    JSONSchema(
      members.map { member in
        guard member.key == "properties", case .object(let known) = member.value else { return member }
        return .init(member.key, .object(properties.map { .init($0.name, $0.schema.json) } + known))
      })
  }

  /// The options of something that has a short form.
  ///
  /// - Parameter shorthand: the option that stands for all where the value is no mapping of options.
  package static func arguments(_ options: [any OptionDeclaration], shorthand: (any OptionDeclaration)?) -> JSONSchema {
    // Where all may be left out, nothing need be written.
    let nothing = options.contains { $0.isRequired } ? [] : [JSONSchema("type", "null")]
    guard let shorthand else { return anyOf([object(options)] + nothing) }
    // A mapping is the shorthand's value then, whatever its keys.
    if shorthand.takesMapping, options.count == 1 { return shorthand.schema }
    return anyOf([shorthand.schema, object(options)] + nothing)
  }
}

extension OptionDeclaration {
  /// The option as a property: what it takes, what it is for, and what it is without being given.
  fileprivate var property: JSONSchema {
    let described = schema.described(defaultText.map { "\(help) Default: \($0)." } ?? help)
    return defaultJSON.map { described.with("default", $0) } ?? described
  }

  /// One spelling of the key, or none where the option may be left out.
  fileprivate var onceSpelt: JSON {
    let each = ([name] + aliases).map { JSON.object([.init("required", .array([.string($0)]))]) }
    if isRequired { return ["oneOf": .array(each)] }
    let none: JSON = ["not": ["anyOf": .array(each)]]
    return ["oneOf": .array(each + [none])]
  }
}
