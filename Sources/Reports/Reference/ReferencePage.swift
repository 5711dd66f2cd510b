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

  /// What a case file shows of a step or rule.
  package struct Cases: Sendable {
    package struct Section: Sendable {
      /// `recipe`, `input`, `output`, `quarantine`, `diagnostics`, `verdict`, `file NAME`.
      package let name: String
      package let text: String

      package init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
      }
    }

    /// What the first case is about.
    package let title: String
    /// The first case, spaces at the ends of texts drawn as `␣`.
    package let sections: [Section]
    /// The codes with which rows are refused in any of the cases.
    package let reasons: [String]
    /// The codes with which documents are refused or warned of.
    package let diagnostics: [String]

    package init(title: String, sections: [Section], reasons: [String], diagnostics: [String]) {
      self.title = title
      self.sections = sections
      self.reasons = reasons
      self.diagnostics = diagnostics
    }
  }

  /// An expression and what it gives.
  package struct Call: Sendable {
    package let expression: String
    package let result: String
  }

  package let kind: Kind
  package let name: String
  package let summary: String
  /// What it is about: one of the groups in which the reference lists its kind.
  package var category: String?
  /// The ways to write it.
  package var forms: [String] = []
  package var options: [Option] = []
  /// What may stand beside it.
  package var modifiers: [Option] = []
  package var nulls: String?
  /// What else there is to know, in sentences.
  package var details: String?
  package var errors: String?
  /// Of functions.
  package var call: Call?
  /// Of steps and rules.
  package var cases: Cases?
}

extension ReferencePage {
  /// - Parameters:
  ///   - category: the group it is listed in.
  ///   - cases: what its case file shows.
  package init(_ step: any Step.Type, category: String?, cases: Cases?) {
    self.init(
      .step, step.name, step.summary, step.options, step.shorthand,
      modifiers: Compiler.modifiers.filter { !step.changesShape || $0.name != "when" })
    nulls = step.nulls
    details = step.details
    self.category = category
    self.cases = cases
  }

  package init(_ rule: any Rule.Type, category: String?, cases: Cases?) {
    self.init(.rule, rule.name, rule.summary, rule.options, rule.shorthand, modifiers: RuleReader.modifiers)
    nulls = rule.nulls
    self.category = category
    self.cases = cases
  }

  package init(_ function: AggregateFunction) {
    kind = .function
    name = function.name
    summary = function.summary
    category = "aggregate"
    forms = function.forms
    nulls = "nulls are passed over"
  }

  package init(_ function: Function) {
    kind = .function
    name = function.name
    summary = function.summary
    category = function.category.rawValue
    forms = function.signatures.map { $0.text(name: function.name) }
    nulls = function.nulls.description
    errors = function.errors
    call = Call(expression: function.example.expression, result: function.example.result)
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
    // The name of an only option whose value is a mapping is never written.
    if let shorthand, shorthand.takesMapping, options.count == 1 { return }
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
