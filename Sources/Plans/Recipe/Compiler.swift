import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

/// What is known of an input before its first record is read.
package struct InputSchema: Sendable {
  /// The names of its columns, in order; nil where the input is not at hand.
  package let names: [String]?
  /// How people know it.
  package let path: String
  /// The texts that mean null where a column does not say.
  package let nulls: [[UInt8]]
  /// Whether it is not at hand because of a fault that was reported.
  package let isLost: Bool

  package init(names: [String]?, path: String, nulls: [[UInt8]], isLost: Bool = false) {
    self.names = names
    self.path = path
    self.nulls = nulls
    self.isLost = isLost
  }
}

/// A recipe or ruleset bound to the columns of its input: nothing in it is looked up or can fail on a type any more.
package struct BoundPlan: Sendable {
  package let name: String
  package let program: RowProgram
  /// The columns of the input, in the order in which the program reads them; the engine maps each file's to these.
  package let inputColumns: [String]
  /// The inputs beside it, each after those that it asks.
  package let furtherInputs: [BoundInput]
  /// The columns that leave each stage, for `brew plan`.
  package let schemas: [StageSchema]
  /// All of them must hold.
  package let gates: [GateDocument]
  package let mode: RunMode

  package struct StageSchema: Sendable {
    package let stage: Int
    package let columns: [BoundColumn]
  }

  package var rules: [RuleInfo] {
    (program.rowRules.map(\.info) + program.datasetRules.map(\.info)).sorted { $0.id < $1.id }
  }
}

/// Binds a recipe to its input. The whole document is compiled: every fault of every part is reported.
package struct Compiler {
  let catalogue: Catalogue
  let rules: RuleReader
  var scope: Scope
  private var stages: [Stage] = []
  private(set) var schemas: [BoundPlan.StageSchema] = []
  private var rowRules: [RowRule] = []
  private var datasetRules: [DatasetRule] = []
  private var gates: [GateDocument] = []
  /// The further inputs, in the order of their relations.
  var furtherInputs: [BoundInput] = []
  private var ruleNames: Set<String> = []
  /// The step that took the last column away.
  private var emptied: SourceRange?
  /// Where null was made of unlisted values, for the warning about laundering.
  private var nulling: [String: SourceRange] = [:]

  package init(catalogue: Catalogue, rules: RuleReader, context: CompileContext) {
    self.catalogue = catalogue
    self.rules = rules
    scope = Scope(context: context)
  }

  package var diagnostics: Diagnostics { scope.diagnostics }

  /// The plan of a recipe; nil where a fault was found.
  ///
  /// - Parameter further: what is known of the further inputs, in their order.
  package mutating func compile(
    _ recipe: RecipeDocument, input: InputSchema, further: [InputSchema], mode: RunMode
  ) -> BoundPlan? {
    bindFurtherInputs(recipe.furtherInputs, further, areKnown: recipe.knowsInputs)
    scope.spoil(recipe.input.columns.spoiled)
    let names = bindInput(recipe.input.columns.sound, input, at: recipe.input.range)
    for (index, node) in recipe.steps.enumerated() { bindStep(node, index: index + 1) }
    if let node = recipe.rules { addRules(rules.read(node, in: &scope), index: recipe.steps.count + 1) }
    if let gate = recipe.gate { gates.append(gate) }
    if recipe.isWhole { warnOfIdleInputs(recipe.furtherInputs) }
    return plan(recipe.name, input, names, mode: mode)
  }

  /// The plan of a ruleset alone over a file.
  package mutating func compile(_ ruleset: RulesetDocument, input: InputSchema) -> BoundPlan? {
    let place = ruleset.rules.first?.range
    scope.relations = Relations(names: [], areKnown: input.names != nil)
    scope.spoil(ruleset.columns.spoiled)
    let names = bindInput(ruleset.columns.sound, input, at: place)
    let found = RuleReader.Found(rules: ruleset.rules.flatMap { rules.readRule($0, in: &scope) })
    addRules(found, index: 1)
    if let gate = ruleset.gate { gates.append(gate) }
    return plan(ruleset.name, input, names, mode: .validate)
  }

  private mutating func plan(
    _ name: String, _ input: InputSchema, _ inputColumns: [String], mode: RunMode
  ) -> BoundPlan? {
    if mode == .apply, scope.columns.isEmpty, scope.knowsAllColumns, !inputColumns.isEmpty {
      scope.diagnostics.report(.noColumnLeft(at: emptied))
    }
    if !scope.trusted.isEmpty, !input.isLost { scope.diagnostics.report(.columnsOnTrust(scope.trusted, at: nil)) }
    guard !scope.diagnostics.hasErrors else { return nil }
    return BoundPlan(
      name: name, program: program, inputColumns: inputColumns, furtherInputs: finishedInputs(), schemas: schemas,
      gates: gates, mode: mode)
  }

  /// What was bound so far.
  var program: RowProgram {
    RowProgram(
      graph: scope.graph, stages: stages, output: scope.columns, rowRules: rowRules, datasetRules: datasetRules,
      facts: scope.facts)
  }

  /// Whether its rules refuse rows, and no more: none has a verdict for anybody to hear.
  var refusesOnly: Bool {
    datasetRules.isEmpty && gates.isEmpty
      && rowRules.map(\.info).allSatisfy { rule in
        rule.severity == .error && rule.warnOver == nil && rule.failOver == nil && !rule.vacuousFails
      }
  }

  private mutating func add(
    _ name: String, index: Int, label: String? = nil, line: Int?, _ action: Stage.Action
  ) {
    schemas.append(.init(stage: stages.count, columns: scope.columns))
    let stage = Stage(index: index, name: name, label: label, line: line, action: action)
    stages.append(stage)
    scope.passStage(asking: stage.nodes(rowRules), dropsRows: stage.dropsRows)
  }

  // MARK: Input

  /// Puts the input's columns in sight, each read as it was declared, and requires that every value fits.
  mutating func bindInput(
    _ declared: [ColumnDeclaration], _ input: InputSchema, at range: SourceRange?
  ) -> [String] {
    let names = input.names ?? declared.map(\.source)
    scope.knowsAllColumns = input.names != nil
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      scope.diagnostics.report(.duplicateHeader(name, path: input.path, at: range))
    }
    var columns: [BoundColumn] = []
    var requirements: [Requirement] = []
    for (position, name) in names.enumerated() {
      guard let declaration = declared.first(where: { $0.source == name }) else {
        let cell = scope.graph.cell(CellRead(column: position, nulls: input.nulls))
        columns.append(BoundColumn(name, cell, .string, cell: cell))
        continue
      }
      let nulls = declaration.nulls.map { $0.map { Array($0.utf8) } } ?? input.nulls
      let cell = scope.graph.cell(CellRead(column: position, nulls: nulls))
      let (column, requirement) = read(declaration, cell)
      columns.append(column)
      if let requirement { requirements.append(requirement) }
    }
    for declaration in declared where !names.contains(declaration.source) {
      guard declaration.isOptional else {
        scope.diagnostics.report(
          .missingColumn(declaration.source, at: declaration.range, known: names, path: input.path))
        continue
      }
      let null = scope.graph.constant(Constant(declaration.type, .null))
      columns.append(BoundColumn(declaration.name, null, declaration.type, tags: declaration.tags))
    }
    reportTakenNames(declared, columns)
    scope.setColumns(columns)
    add("read", index: 0, line: range?.start.line, .require(requirements))
    return names
  }

  /// A column that is read under another name may not take the name of one that is there.
  private mutating func reportTakenNames(_ declared: [ColumnDeclaration], _ columns: [BoundColumn]) {
    for column in declared where column.source != column.name {
      guard columns.count(where: { $0.name == column.name }) > 1 else { continue }
      scope.diagnostics.report(.nameTaken(column.name, source: column.source, at: column.range))
    }
  }

  private mutating func read(
    _ declaration: ColumnDeclaration, _ cell: NodeID
  ) -> (column: BoundColumn, requirement: Requirement?) {
    let type = declaration.type
    guard type != .string, type != .binary else {
      return (BoundColumn(declaration.name, cell, type, cell: cell, tags: declaration.tags), nil)
    }
    let formats = declaration.formats
    let zone = scope.context.zone
    let node = scope.graph.call(
      "read", detail: [.text("\(type)")] + declaration.formatTexts.map { .text($0) }, [cell], type: type, canFail: true
    ) { call in
      switch call.type {
      case .bool: Reading.bools(call[0], as: call.type, in: call.store)
      case .int8, .int16, .int32, .int64: Reading.integers(call[0], as: call.type, in: call.store)
      case .float32, .float64: Reading.floats(call[0], as: call.type, in: call.store)
      case .decimal: Reading.decimals(call[0], as: call.type, in: call.store)
      default: Temporal.read(call[0], as: call.type, formats: formats, in: call.store, zone: zone)
      }
    }
    let value = Typed(node, type, tags: declaration.tags, cell: cell)
    if declaration.onError == .invalid {
      let kept = scope.invalidating(value)
      return (BoundColumn(declaration.name, kept.node, type, cell: cell, tags: declaration.tags), nil)
    }
    let requirement = Requirement(
      column: declaration.name, node: node, cell: cell, code: .cast, stopsRun: declaration.onError == .fail)
    return (BoundColumn(declaration.name, node, type, cell: cell, tags: declaration.tags), requirement)
  }

  // MARK: Steps

  static let when = OptionalOption<ExpressionText>("when", "Only rows for which this is true are changed.")
  private static let label = OptionalOption<String>("name", "What the step is called in reports.")
  private static let description = OptionalOption<String>("description", "What the step is for.")
  private static let onError = DefaultedOption<OnError>(
    "on_error", "What becomes of a row on which the step fails: 'reject', 'invalid' or 'fail'.", default: .reject)
  private static let whenEffects = ConditionEffects(
    whereTrue: "the step is done on every row, as without 'when'", whereFalse: "the step is done on no row")
  /// What may stand beside any step.
  package static let modifiers: [any OptionDeclaration] = [when, label, description, onError]

  mutating func bindStep(_ node: Node, index: Int) {
    guard
      let entry = Entry.read(
        node, what: .step, in: catalogue, modifiers: Self.modifiers, into: &scope.diagnostics),
      let step = catalogue.step(entry.kind.name)
    else {
      scope.spoilMade(by: node, options: [])
      return
    }
    let when = entry.modifiers[Self.when].flatMap { scope.bindCondition($0.text, effects: Self.whenEffects) }
    guard let bound = bind(step, entry) else {
      scope.spoilMade(by: entry.kind.value, options: step.options)
      return
    }
    let place = Place(
      index: index, name: step.name, label: entry.modifiers[Self.label], line: entry.kind.key.range.start.line,
      range: entry.modifiers.keyRange(of: Self.when) ?? entry.kind.key.range, onError: entry.modifiers[Self.onError])
    warnOfIdleOnError(bound, entry)
    takeLabel(entry.modifiers, of: "step")
    switch bound {
    case .project(let columns, let changed, let failing):
      if entry.modifiers.isGiven(Self.when), step.changesShape {
        scope.diagnostics.report(.whenChangesShape(step.name, at: place.range))
      }
      noteNulling(entry.kind.value, changed, at: entry.kind.value["others"]?.range)
      project(columns, changed: changed, failing, when: step.changesShape ? nil : when, place)
    case .keep(let condition):
      keep(settled(condition, place), when: when, place)
    case .remove(let condition):
      keep(scope.isNotTrue(settled(condition, place)), when: when, place)
    case .reject(let condition, let code, let columns, let kept):
      let chosen = when.map { scope.both($0.node, condition) } ?? condition.node
      let rejection = Rejection(
        condition: settled(Typed(chosen, .bool), place).node, code: code, columns: columns,
        kept: kept?.node, stopsRun: place.onError == .fail)
      add(place.name, index: place.index, label: place.label, line: place.line, .reject(rejection))
    case .judge(let judges):
      addRules(judges, index: index, name: place.name, label: place.label, line: place.line, when: when)
    }
  }

  private mutating func bind(_ step: any Step.Type, _ entry: Entry) -> BoundStep? {
    guard
      let arguments = Arguments.read(
        entry.kind.value, options: step.options, shorthand: step.shorthand, owner: "step '\(step.name)'",
        into: &scope.diagnostics)
    else { return nil }
    var stepScope = StepScope(scope: scope, rules: rules, range: entry.range)
    let bound = step.bind(arguments, in: &stepScope)
    scope = stepScope.scope
    return bound
  }

  /// Where a step computes nothing, no row can fail in it.
  private mutating func warnOfIdleOnError(_ bound: BoundStep, _ entry: Entry) {
    guard let place = entry.modifiers.keyRange(of: Self.onError) else { return }
    switch bound {
    case .project(_, let changed, _) where changed.isEmpty: break
    case .judge: break
    default: return
    }
    scope.diagnostics.report(
      .noEffect("'on_error' changes nothing in '\(entry.kind.name)'", at: place))
  }

  /// A name that is given to two steps tells neither.
  private mutating func takeLabel(_ modifiers: Arguments, of what: String) {
    guard let label = modifiers[Self.label] else { return }
    scope.takeLabel(label, of: what, at: modifiers.range(of: Self.label))
  }

  private struct Place {
    let index: Int
    let name: String
    let label: String?
    let line: Int
    let range: SourceRange
    let onError: OnError
  }

  private mutating func project(
    _ columns: [BoundColumn], changed: Set<String>, _ failing: FailingValues, when: Typed?, _ place: Place
  ) {
    var result = columns
    var requirements: [Requirement] = []
    for position in result.indices where changed.contains(result[position].name) {
      guard let column = settled(result[position], when: when, place) else { continue }
      result[position] = column
      guard mustSettle(column.node, place.onError) else { continue }
      requirements.append(
        Requirement(
          column: column.name, node: column.node, cell: failing.sources[column.name], code: failing.code,
          stopsRun: place.onError == .fail))
    }
    if result.isEmpty, !scope.columns.isEmpty { emptied = place.range }
    scope.setColumns(result)
    scope.unspoil(changed)
    add(place.name, index: place.index, label: place.label, line: place.line, .require(requirements))
  }

  /// A changed column with `when` and `on_error` worked into it.
  private mutating func settled(_ column: BoundColumn, when: Typed?, _ place: Place) -> BoundColumn? {
    var value = column.typed
    if let when {
      let old = scope[column.name]?.typed ?? scope.constant(Constant(column.type, .null))
      guard let before = old.type == value.type ? old : widened(old, to: value.type) else {
        scope.diagnostics.report(
          .whenChangesType(column.name, from: old.type, to: value.type, at: place.range))
        return nil
      }
      value = scope.choose(when, value, before)
    }
    if place.onError == .invalid, mayFail(value.node) { value = scope.invalidating(value) }
    return BoundColumn(column.name, value.node, value.type, cell: column.cell, tags: value.tags)
  }

  private mutating func widened(_ value: Typed, to type: DataType) -> Typed? {
    TypeRules.converts(value.type, to: type) ? scope.cast(value, to: type) : nil
  }

  /// Whether a column must be computed at its step: a row may fail there, or its value depends on which rows live there.
  private func mustSettle(_ node: NodeID, _ onError: OnError) -> Bool {
    if onError != .invalid, mayFail(node) { return true }
    return scope.graph.closure(of: [node]).contains { scope.graph[$0].isOrdered }
  }

  /// Whether a living row can fail at a node: some computation under it can, that no earlier stage has required.
  private func mayFail(_ node: NodeID) -> Bool {
    var required: Set<NodeID> = []
    for stage in stages { if case .require(let nodes) = stage.action { required.formUnion(nodes.map(\.node)) } }
    return scope.graph.closure(of: [node], stoppingAt: required).contains { scope.graph[$0].canFail }
  }

  private mutating func keep(_ condition: Typed, when: Typed?, _ place: Place) {
    let kept = when.map { scope.either(not: $0, or: condition) } ?? condition
    let action = Stage.Action.keep(kept.node, stopsRun: place.onError == .fail)
    add(place.name, index: place.index, label: place.label, line: place.line, action)
  }

  /// A condition with `on_error` worked into it: an invalid one is null.
  private mutating func settled(_ condition: Typed, _ place: Place) -> Typed {
    place.onError == .invalid ? scope.invalidating(condition) : condition
  }

  // MARK: Rules

  private mutating func addRules(
    _ found: RuleReader.Found, index: Int, name: String = "rules", label: String? = nil, line: Int? = nil,
    when: Typed? = nil
  ) {
    var judged: [Int] = []
    gates += found.gates
    for rule in found.rules {
      warnOfLaundering(rule)
      let info = numbered(rule.info)
      switch rule {
      case .row(let row):
        judged.append(rowRules.count)
        rowRules.append(row.with(info, when: scope.both(row.when, when)))
      case .dataset(let dataset):
        datasetRules.append(dataset.with(info, when: scope.both(dataset.when, when)))
      }
    }
    add(name, index: index, label: label, line: line, .judge(judged))
  }

  /// The rule with its number, and a name that no other has.
  private mutating func numbered(_ info: RuleInfo) -> RuleInfo {
    var info = info
    info.id = ruleNames.count + 1
    let wanted = info.name
    var copies = 1
    while !ruleNames.insert(info.name).inserted {
      copies += 1
      info.name = "\(wanted)_\(copies)"
    }
    return info
  }

  /// Remembers the columns of which a step makes null what it does not know.
  private mutating func noteNulling(_ argument: Node, _ changed: Set<String>, at range: SourceRange?) {
    guard let range, argument["others"]?.scalar?.string == "null" else { return }
    for column in changed { nulling[column] = range }
  }

  private mutating func warnOfLaundering(_ rule: BoundRule) {
    guard case .row(let row) = rule, row.info.code == "in", !row.isRequired, let column = row.info.columns.first,
      let range = nulling[column]
    else { return }
    scope.diagnostics.report(.launders(step: "map_values", column: column, rule: row.info.code, at: range))
  }
}

extension RowRule {
  func with(_ info: RuleInfo, when: NodeID?) -> RowRule {
    RowRule(
      info: info, passes: passes, columns: columns, when: when, isRequired: isRequired, failsOnInvalid: failsOnInvalid)
  }
}

extension DatasetRule {
  func with(_ info: RuleInfo, when: NodeID?) -> DatasetRule {
    DatasetRule(
      info: info, measure: measure, columns: columns, bounds: bounds, isOverAccepted: isOverAccepted, when: when)
  }
}

extension Scope {
  /// `a is not true or b`: for steps that leave rows alone for which `when` is not true.
  fileprivate mutating func either(not a: Typed, or b: Typed) -> Typed {
    let skipped = isNotTrue(a)
    let node = graph.call("or", [skipped.node, b.node], type: .bool, canFail: false) { Logic.or($0[0], $0[1]) }
    return Typed(node, .bool)
  }

  fileprivate mutating func isNotTrue(_ a: Typed) -> Typed {
    let node = graph.call("is not true", [a.node], type: .bool, canFail: false) { Logic.isTrue($0[0], negated: true) }
    return Typed(node, .bool)
  }

  /// The conjunction of two conditions, either of which may be missing.
  fileprivate mutating func both(_ a: NodeID?, _ b: Typed?) -> NodeID? {
    guard let a else { return b?.node }
    guard let b else { return a }
    return both(a, b)
  }

  fileprivate mutating func both(_ a: NodeID, _ b: Typed) -> NodeID {
    graph.call("and", [a, b.node], type: .bool, canFail: false) { Logic.and($0[0], $0[1]) }
  }
}
