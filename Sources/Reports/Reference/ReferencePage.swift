import Diagnostics
import Documents
import Expressions
import Plans

/// What the code says of a step, a rule or a function, as data for those who show it.
package struct ReferencePage: Sendable {
  package struct Option: Sendable {
    package let name: String
    package let help: String
    /// What it takes.
    package let value: String
    package let isRequired: Bool
    package let defaultText: String?
  }

  package enum Kind: String, Sendable { case step, rule, function }

  package let kind: Kind
  package let name: String
  package let summary: String
  /// Of functions: what they are about.
  package var category: String?
  /// The ways to write it.
  package var forms: [String] = []
  package var options: [Option] = []
  /// What may stand beside it.
  package var modifiers: [Option] = []
  package var nulls: String?
  package var errors: String?
  package var example: (expression: String, result: String)?
}

extension ReferencePage {
  package init(_ step: any Step.Type) {
    self.init(
      .step, step.name, step.summary, step.options, step.shorthand,
      modifiers: Compiler.modifiers.filter { !step.changesShape || $0.name != "when" })
  }

  package init(_ rule: any Rule.Type) {
    self.init(.rule, rule.name, rule.summary, rule.options, rule.shorthand, modifiers: RuleReader.modifiers)
  }

  package init(_ function: Function) {
    kind = .function
    name = function.name
    summary = function.summary
    category = function.category.rawValue
    forms = function.signatures.map { $0.text(name: function.name) }
    nulls = function.nulls.description
    errors = function.errors
    example = (function.example.expression, function.example.result)
  }

  private init(
    _ kind: Kind, _ name: String, _ summary: String, _ options: [any OptionDeclaration],
    _ shorthand: (any OptionDeclaration)?, modifiers: [any OptionDeclaration]
  ) {
    self.kind = kind
    self.name = name
    self.summary = summary
    self.options = options.map(Option.init)
    self.modifiers = modifiers.map(Option.init)
    if let shorthand { forms.append("- \(name): \(shorthand.name.uppercased())") }
    let required = options.filter { $0.isRequired || $0.name == shorthand?.name }
    let shown = required.isEmpty ? options : required
    let rest = shown.count < options.count
    forms.append("- \(name): {" + shown.map { "\($0.name): …" }.joined(separator: ", ") + (rest ? ", …}" : "}"))
    if options.isEmpty { forms = ["- \(name): {}"] }
  }
}

extension ReferencePage.Option {
  init(_ declaration: any OptionDeclaration) {
    self.init(
      name: declaration.name, help: declaration.help, value: declaration.valueDescription,
      isRequired: declaration.isRequired, defaultText: declaration.defaultText)
  }
}

extension Signature {
  /// `substring(text string, from int, length int) string`
  fileprivate func text(name: String) -> String {
    let list = parameters.enumerated().map { index, parameter in
      let dots = isVariadic && index == parameters.count - 1 ? ", …" : ""
      return (parameter.isConstant ? "constant " : "") + "\(parameter.name) \(parameter.accepts.description)\(dots)"
    }
    let gives =
      switch result {
      case .fixed(let type): "\(type)"
      case .argument(let index) where parameters.indices.contains(index): parameters[index].accepts.description
      case .argument: "T"
      case .computed(let text, _): text
      }
    return "\(name)(\(list.joined(separator: ", "))) → \(gives)"
  }
}
