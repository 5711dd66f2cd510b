import Diagnostics
import Documents
import Engine
import Formats
import Plans

/// The documents that there are JSON Schemas of.
package enum SchemaKind: String, CaseIterable, Sendable {
  case recipe, rules

  /// The schema, made of the declarations that such documents are read by.
  package var json: JSON {
    switch self {
    case .recipe:
      catalogue.recipeSchema(formats: [
        ("input_format", .formats([("csv", CSVOptions.inputOptions)])),
        ("output_format", .formats([("csv", CSVOptions.outputOptions)])),
        ("quarantine_format", .formats([("csv", QuarantineFormat.csvOptions), ("jsonl", [])])),
      ])
    case .rules: catalogue.rulesetSchema()
    }
  }

  /// The text of its file: `docs/schema/recipe.schema.json`.
  package var text: String { json.text(indented: true) + "\n" }
}

extension JSONSchema {
  /// `csv`, or `{csv: {…}}`.
  fileprivate static func formats(_ formats: [(name: String, options: [any OptionDeclaration])]) -> JSONSchema {
    .anyOf(
      [.words(formats.map(\.name))] + formats.map { .single($0.name, .arguments($0.options, shorthand: nil)) })
  }
}
