import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

/// Reads a document by a path relative to another; nil, reported, where it cannot be read.
package typealias DocumentLoader = @Sendable (Located<PathText>, inout Diagnostics) -> SourceFile?

/// Reads rules wherever they are written: in a recipe, in a ruleset it names, or under a `validate` step.
package struct RuleReader: Sendable {
  let catalogue: Catalogue
  package let load: DocumentLoader

  package init(catalogue: Catalogue, load: @escaping DocumentLoader) {
    self.catalogue = catalogue
    self.load = load
  }

  private static let name = OptionalOption<String>(
    "name", "What the rule is called in reports; default: made of its kind and columns.")
  private static let when = OptionalOption<ExpressionText>("when", "Only rows for which this is true are judged.")
  private static let severity = DefaultedOption<RuleInfo.Severity>(
    "severity", "'error': failing rows go to quarantine; 'warn': they are only counted.", default: .error)
  private static let warnOver = OptionalOption<Share>(
    "warn_over", "Failing rows above which the verdict is warn: a number, or a share of the rows judged; default 0.")
  private static let failOver = OptionalOption<Share>(
    "fail_over", "Failing rows above which the verdict is fail.")
  private static let vacuous = DefaultedOption<Vacuous>(
    "vacuous", "The verdict where no row was there to be judged.", default: .warn)
  private static let over = DefaultedOption<Over>(
    "over", "Dataset rules: whether they judge all rows that reached the rules, or those accepted.", default: .reached)
  private static let message = OptionalOption<String>("message", "What to tell people whose rows fail.")
  private static let description = OptionalOption<String>("description", "What the rule is for.")
  private static let owner = OptionalOption<String>("owner", "Who answers for it.")
  private static let tags = DefaultedOption<[String]>("tags", "Labels for reports.", default: [])
  private static let whenEffects = ConditionEffects(
    whereTrue: "the rule judges every row, as without 'when'", whereFalse: "the rule judges no row")
  /// What may stand beside any rule.
  package static let modifiers: [any OptionDeclaration] = [
    Self.name, Self.when, Self.severity, Self.warnOver, Self.failOver, Self.vacuous, Self.over, Self.message,
    Self.description, Self.owner, Self.tags,
  ]

  enum Vacuous: String, CaseIterable, Sendable, OptionValue { case warn, fail }
  enum Over: String, CaseIterable, Sendable, OptionValue { case reached, accepted }

  /// Rules, and the gates of the rulesets that they come from.
  package struct Found: Sendable {
    package var rules: [BoundRule] = []
    package var gates: [GateDocument] = []
  }

  /// The rules of a node: a list of rules, the path of a ruleset, or a list of paths. Faults are reported.
  func read(_ node: Node, in scope: inout Scope) -> Found {
    var found = Found()
    if node.scalar != nil {
      readRuleset(node, in: &scope, into: &found)
      return found
    }
    guard let elements = node.elements else {
      let first = node.entries?.first?.name
      scope.diagnostics.report(
        .wrongType(
          expected: "a list of rules, or the path of a ruleset", found: node,
          help: first.map { "begin each rule with a dash: - \($0): …" }))
      return found
    }
    for element in elements {
      if element.scalar != nil, !element.isNothing {
        readRuleset(element, in: &scope, into: &found)
      } else {
        found.rules += readRule(element, in: &scope)
      }
    }
    return found
  }

  private func readRuleset(_ node: Node, in scope: inout Scope, into found: inout Found) {
    if let name = node.scalar?.string, catalogue.rule(name) != nil {
      scope.diagnostics.report(
        .notAnEntry(name, what: "rule", at: node.range, hint: "\(name): …", known: []))
      return
    }
    guard let path = Located<PathText>.read(node, &scope.diagnostics),
      let file = load(path, &scope.diagnostics),
      let root = parseYAML(file, into: &scope.diagnostics)
    else { return }
    let ruleset = RulesetDocument(root, file, load: load, into: &scope.diagnostics)
    found.rules += ruleset.rules.flatMap { readRule($0, in: &scope) }
    if let gate = ruleset.gate { found.gates.append(gate) }
  }

  func readRule(_ node: Node, in scope: inout Scope) -> [BoundRule] {
    guard
      let entry = Entry.read(
        node, what: .rule, in: catalogue, modifiers: Self.modifiers, into: &scope.diagnostics),
      let rule = catalogue.rule(entry.kind.name)
    else { return [] }
    let when = entry.modifiers[Self.when].map { scope.bindCondition($0.text, effects: Self.whenEffects) }
    guard
      let arguments = Arguments.read(
        entry.kind.value, options: rule.options, shorthand: rule.shorthand, owner: "rule '\(rule.name)'",
        into: &scope.diagnostics),
      let checks = scope.judging(when, { rule.bind(arguments, in: &$0) })
    else { return [] }
    if case .some(nil) = when { return [] }
    guard areSound(entry, checks, in: &scope) else { return [] }
    return checks.map { bound($0, code: rule.name, entry, when: when.flatMap { $0 }) }
  }

  /// Whether what stands beside a rule goes with it and with one another.
  private func areSound(_ entry: Entry, _ checks: [RuleCheck], in scope: inout Scope) -> Bool {
    let modifiers = entry.modifiers
    if let name = modifiers[Self.name] {
      scope.takeLabel(name, of: "rule", at: modifiers.range(of: Self.name))
    }
    let isRowRule = checks.contains { if case .row = $0 { true } else { false } }
    let strangers: [any OptionDeclaration] = isRowRule ? [Self.over] : [Self.warnOver, Self.failOver]
    for option in strangers where modifiers.isGiven(option) {
      scope.diagnostics.report(
        .foreignModifier(
          option.name, rule: entry.kind.name, isRowRule: isRowRule,
          at: modifiers.keyRange(of: option) ?? entry.range))
      return false
    }
    if let warn = modifiers[Self.warnOver], let fail = modifiers[Self.failOver],
      warn.amount.isShare == fail.amount.isShare, fail.amount.compare(warn.amount) > 0
    {
      scope.diagnostics.report(
        .badOption(
          "a rule that fails over \(fail) never warns over \(warn)", at: modifiers.range(of: Self.warnOver),
          help: "'warn_over' is the lower of the two"))
      return false
    }
    if modifiers[Self.severity] == .warn, let key = modifiers.keyRange(of: Self.failOver) {
      scope.diagnostics.report(
        .noEffect(
          "a rule of severity 'warn' fails no run, whatever its 'fail_over'", at: key,
          help: "leave out one of the two"))
    }
    return true
  }

  private func bound(_ check: RuleCheck, code: String, _ entry: Entry, when: Typed?) -> BoundRule {
    let condition = entry.modifiers[Self.when]?.text.string
    switch check {
    case .row(let passes, let columns, let isRequired, let failsOnInvalid, let facts):
      let info = info(
        code, columns, entry, facts: "\(facts) \(isRequired) \(condition ?? "")")
      return .row(
        RowRule(
          info: info, passes: passes.node, columns: columns, when: when?.node, isRequired: isRequired,
          failsOnInvalid: failsOnInvalid))
    case .dataset(let measure, let bounds, let columns, let facts):
      let over = entry.modifiers[Self.over]
      let info = info(code, columns, entry, facts: "\(facts) \(over.rawValue) \(condition ?? "")")
      return .dataset(
        DatasetRule(
          info: info, measure: measure, columns: columns.map(\.node), bounds: bounds,
          isOverAccepted: over == .accepted, when: when?.node))
    }
  }

  private func info(_ code: String, _ columns: [BoundColumn], _ entry: Entry, facts: String) -> RuleInfo {
    let names = columns.map(\.name)
    let modifiers = entry.modifiers
    let given = modifiers[Self.name]
    let content = "\(code)|\(names.joined(separator: ","))|\(facts)"
    return RuleInfo(
      id: 0, code: code, name: given ?? ([code] + names).joined(separator: "_"), columns: names,
      severity: modifiers[Self.severity], warnOver: modifiers[Self.warnOver], failOver: modifiers[Self.failOver],
      vacuousFails: modifiers[Self.vacuous] == .fail, message: modifiers[Self.message],
      description: modifiers[Self.description], owner: modifiers[Self.owner], tags: modifiers[Self.tags],
      file: entry.range.file.path, line: entry.kind.key.range.start.line, fingerprint: fingerprint(content))
  }
}

extension Scope {
  /// Runs `body` for a rule that judges only the rows for which a condition is true.
  fileprivate mutating func judging<T>(_ condition: Typed??, _ body: (inout Scope) -> T) -> T {
    self.condition = condition.flatMap { $0 }?.node
    defer { self.condition = nil }
    return body(&self)
  }
}

/// The first 16 hexadecimal digits of a text's SHA-256.
package func fingerprint(_ content: String) -> String {
  var content = content
  return content.withUTF8 { Hashing.hex(Array(Hashing.sha256([UnsafeRawBufferPointer($0)]).prefix(8))) }
}

/// `ruleset: attendance`, with the columns that it is written for.
package struct RulesetDocument: Sendable {
  package let file: SourceFile
  package let name: String
  package let columns: DeclaredColumns
  package let rules: [Node]
  package let gate: GateDocument?

  static let ruleset = RequiredOption<String>("ruleset", "The ruleset's name.")
  static let description = OptionalOption<String>("description", "What it is for.")
  static let owner = OptionalOption<String>("owner", "Who answers for it.")
  static let columns = OptionalOption<DeclaredColumns>(
    "columns", "The columns it is written for: name to type, or the path of a file with them.")
  static let rules = RequiredOption<[Node]>("rules", "The rules.", schema: .list(of: .reference("rule")))
  static let gate = OptionalOption<GateDocument>("gate", "What must hold besides.")
  package static let options: [any OptionDeclaration] = [
    Self.ruleset, Self.description, Self.owner, Self.columns, Self.rules, Self.gate,
  ]

  /// Reads a ruleset. Every fault is reported, and what is sound is kept.
  package init(_ root: Node, _ file: SourceFile, load: DocumentLoader, into diagnostics: inout Diagnostics) {
    let arguments = Arguments.readSound(root, options: Self.options, owner: "a ruleset", into: &diagnostics).arguments
    self.file = file
    name = arguments.value(of: Self.ruleset) ?? ""
    columns = (arguments[Self.columns] ?? DeclaredColumns()).loaded(by: load, into: &diagnostics)
    rules = arguments.value(of: Self.rules) ?? []
    gate = arguments[Self.gate]
  }
}
