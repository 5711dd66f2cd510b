import Arguments
import Databrew

/// `brew schema KIND`.
enum ShowSchema: Command {
  static let name = "schema"
  static let summary = "Write the JSON Schema of recipes or rulesets, for editors."
  static let discussion = [
    "In Visual Studio Code, with the YAML extension, a document names its schema in its first line: "
      + "'# yaml-language-server: $schema=recipe.schema.json'."
  ]

  static let kind = Operand("KIND", "Of which documents: 'recipe' or 'rules'.", .choice(SchemaKind.self))
  static let operands: [any OperandDeclaration] = [kind]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    show(try parsed[kind].text)
  }
}
