import Diagnostics
import Documents

/// The schemas of documents, from the declarations that they are read by.
extension Catalogue {
  /// A recipe.
  ///
  /// - Parameter formats: `input_format`, `output_format` and `quarantine_format`, which only those who read and write files
  ///   know.
  package func recipeSchema(formats: [(name: String, schema: JSONSchema)]) -> JSON {
    document(
      "A recipe", "Where rows come from, the steps they go through, the rules they must meet, where they go.",
      RecipeDocument.options, [("step", stepSchema)] + formats)
  }

  /// A ruleset.
  package func rulesetSchema() -> JSON {
    document("A ruleset", "A list of rules, with the columns that it is written for.", RulesetDocument.options, [])
  }

  private func document(
    _ title: String, _ description: String, _ options: [any OptionDeclaration],
    _ definitions: [(name: String, schema: JSONSchema)]
  ) -> JSON {
    guard case .object(let members) = JSONSchema.object(options).json else { return .null }
    let path = JSONSchema.text.described("The path of a ruleset.")
    let all: [(name: String, schema: JSONSchema)] =
      JSONSchema.definitions + definitions + [
        ("rule", ruleSchema),
        ("rules", .anyOf([path, .list(of: .anyOf([path, .reference("rule")]))])),
        ("column", .arguments(ColumnDeclaration.options, shorthand: ColumnDeclaration.type)),
      ]
    return .object(
      [
        .init("$schema", "https://json-schema.org/draft/2020-12/schema"), .init("title", .string(title)),
        .init("description", .string(description)),
      ] + members + [.init("$defs", .object(all.map { .init($0.name, $0.schema.json) }))])
  }

  private var stepSchema: JSONSchema {
    let kinds = steps.map { step in
      JSONSchema.Kind(step.name, step.summary, .arguments(step.options, shorthand: step.shorthand))
    }
    // A step that changes which columns there are cannot be done for some rows only.
    let excluded = steps.filter { $0.changesShape }.map { step in (step.name, Compiler.when.name) }
    return .entry(kinds, modifiers: Compiler.modifiers, excluding: excluded)
  }

  private var ruleSchema: JSONSchema {
    let kinds = rules.map { rule in
      JSONSchema.Kind(rule.name, rule.summary, .arguments(rule.options, shorthand: rule.shorthand))
    }
    return .entry(kinds, modifiers: RuleReader.modifiers, excluding: [])
  }
}

extension JSONSchema {
  /// A step or rule: its key, what that is for, and its arguments.
  package struct Kind {
    let name: String
    let summary: String
    let arguments: JSONSchema

    init(_ name: String, _ summary: String, _ arguments: JSONSchema) {
      self.name = name
      self.summary = summary
      self.arguments = arguments
    }
  }

  /// A mapping with exactly one of the kinds, and modifiers beside it.
  ///
  /// - Parameter excluding: kinds, each with a modifier that may not stand beside it.
  fileprivate static func entry(
    _ kinds: [Kind], modifiers: [any OptionDeclaration], excluding: [(kind: String, modifier: String)]
  ) -> JSONSchema {
    let names = Set(kinds.map(\.name))
    let beside = modifiers.filter { !names.contains($0.name) }
    return object(beside)
      .adding(properties: kinds.map { ($0.name, $0.arguments.described($0.summary)) })
      .with("oneOf", .array(kinds.map { ["required": [.string($0.name)]] }))
      .with(
        "dependentSchemas",
        .object(excluding.map { .init($0.kind, ["properties": .object([.init($0.modifier, false)])]) }))
  }
}
