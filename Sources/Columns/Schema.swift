/// A named column of a schema.
package struct Field: Hashable, Sendable {
  package var name: String
  package var type: DataType
  /// Labels such as `pii` that follow the values through the steps.
  package var tags: Set<String>

  package init(_ name: String, _ type: DataType, tags: Set<String> = []) {
    self.name = name
    self.type = type
    self.tags = tags
  }
}

/// The columns of a table, in order; names are unique.
package struct Schema: Hashable, Sendable {
  package private(set) var fields: [Field]
  private var positions: [String: Int]

  package init(_ fields: [Field] = []) {
    self.fields = fields
    positions = Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package var names: [String] { fields.map(\.name) }

  package func index(of name: String) -> Int? { positions[name] }

  package subscript(name: String) -> Field? { positions[name].map { fields[$0] } }
}
