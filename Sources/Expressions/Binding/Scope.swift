import Columns
import Diagnostics
import Kernels

/// A column at a certain step: its name, and the node that computes it.
package struct BoundColumn: Sendable {
  package var name: String
  package let node: NodeID
  package let type: DataType
  /// The input column whose cells it was read from, for `raw(x)`; nil for computed columns.
  package let cell: NodeID?
  package var tags: Set<String>

  package init(_ name: String, _ node: NodeID, _ type: DataType, cell: NodeID? = nil, tags: Set<String> = []) {
    self.name = name
    self.node = node
    self.type = type
    self.cell = cell
    self.tags = tags
  }
}

/// What is fixed for a whole compilation: the run's clock and its parameters.
package struct CompileContext: Sendable {
  /// The run's instant, in microseconds since the epoch.
  package let instant: Int64
  /// Says where the recipe's days begin.
  package let zone: TimeZone
  package let parameters: [String: Constant]
  package let run: String
  /// What random numbers are drawn for: the document's name.
  package let document: String

  package init(
    instant: Int64, zone: TimeZone, parameters: [String: Constant] = [:], run: String = "", document: String = ""
  ) {
    self.instant = instant
    self.zone = zone
    self.parameters = parameters
    self.run = run
    self.document = document
  }

  package var currentDate: Constant { Constant(.date, .integer(zone.localDate(at: instant))) }
  /// The run's instant on a clock in the recipe's zone.
  package var localNow: Constant { Constant(.timestamp, .integer(zone.local(instant))) }
  package var now: Constant { Constant(.timestamptz, .integer(instant)) }
}

/// An expression that has been given its type.
package struct Typed: Sendable {
  package let node: NodeID
  package let type: DataType
  /// A literal takes the type of the other side.
  package let isLiteral: Bool
  /// Labels of the columns it was computed from.
  package let tags: Set<String>
  /// The source text of a column as it was read; nil for all else.
  package let cell: NodeID?
  /// Where it stands in its text, in bytes.
  package let lower: Int
  package let upper: Int

  package init(
    _ node: NodeID, _ type: DataType, isLiteral: Bool = false, tags: Set<String> = [], cell: NodeID? = nil,
    lower: Int = 0, upper: Int = 0
  ) {
    self.cell = cell
    self.node = node
    self.type = type
    self.isLiteral = isLiteral
    self.tags = tags
    self.lower = lower
    self.upper = upper
  }

  func at(_ expression: Expression) -> Typed {
    Typed(node, type, isLiteral: isLiteral, tags: tags, cell: cell, lower: expression.lower, upper: expression.upper)
  }
}

/// Where expressions are bound: the columns in sight, the graph that grows, and the diagnostics so far.
package struct Scope: Sendable {
  package var graph = Graph()
  package private(set) var columns: [BoundColumn] = []
  package var diagnostics = Diagnostics()
  package let context: CompileContext
  /// How many calls of volatile functions were bound.
  var volatileCalls = 0
  private var positions: [String: Int] = [:]
  /// False where undeclared columns are taken on trust, because the input was not at hand.
  package var knowsAllColumns = true
  /// The columns that were taken on trust.
  package private(set) var trusted: [String] = []
  /// What must be known of the whole input, in the order of its nodes.
  package internal(set) var facts: [Fact] = []
  /// The pass that works a fact's node out.
  var factPasses: [NodeID: Int] = [:]
  /// The places of facts that are figures.
  var figures: [FigureKey: Int] = [:]
  /// The stages bound so far, and the nodes that they ask.
  package private(set) var stageCount = 0
  private(set) var stageNodes: [NodeID] = []
  private(set) var dropsRows = false
  /// The inputs beside the one whose columns these are.
  package var relations = Relations(names: [])
  /// The condition of the rule that is being bound.
  package var condition: NodeID?
  /// Names that were there and went; they are not trusted again.
  private var gone: Set<String> = []
  /// Names of which nothing is known, because what makes them is wrong and was reported. Nothing is said of their use.
  private var spoiled: Set<String> = []
  private var isAllSpoiled = false
  /// The names given to parts of the document.
  private var labels: Set<String> = []

  package init(context: CompileContext) { self.context = context }

  package mutating func setColumns(_ columns: [BoundColumn]) {
    gone.formUnion(self.columns.map(\.name))
    gone.subtract(columns.map(\.name))
    self.columns = columns
    positions = Dictionary(columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes note of a stage: facts that are bound from now on are about the rows that it lets through.
  package mutating func passStage(asking nodes: [NodeID], dropsRows: Bool) {
    stageCount += 1
    stageNodes += nodes
    if dropsRows { self.dropsRows = true }
  }

  package var names: [String] { columns.map(\.name) }

  package func position(of name: String) -> Int? { positions[name] }

  package subscript(name: String) -> BoundColumn? { positions[name].map { columns[$0] } }

  /// The column that is meant by a name. Where the input is not at hand, a name that nobody knows is taken for one of its
  /// text columns.
  ///
  /// - Parameter trusting: false to ask for known columns only.
  package mutating func column(named name: String, trusting: Bool = true) -> BoundColumn? {
    if isSpoiled(name) { return nil }
    if let known = self[name] { return known }
    guard trusting, !knowsAllColumns, !gone.contains(name) else { return nil }
    let cell = graph.cell(CellRead(column: columns.count + trusted.count, nulls: []))
    trusted.append(name)
    setColumns(columns + [BoundColumn(name, cell, .string, cell: cell)])
    return self[name]
  }

  /// Takes note of a name given to a part of the document; false where it was given before.
  package mutating func addLabel(_ label: String) -> Bool { labels.insert(label).inserted }

  // MARK: Faults

  package func isSpoiled(_ name: String) -> Bool { isAllSpoiled || spoiled.contains(name) }

  /// Whether one of the columns of which nothing is known may be meant.
  package func hasSpoiled(where isMeant: (String) -> Bool) -> Bool { isAllSpoiled || spoiled.contains(where: isMeant) }

  package mutating func spoil(_ names: some Sequence<String>) { spoiled.formUnion(names) }

  package mutating func spoilAll() { isAllSpoiled = true }

  /// Takes note that a name was given a sound value.
  package mutating func unspoil(_ names: some Sequence<String>) { spoiled.subtract(names) }

  /// Says that there is no such column, unless what should have made it is to blame.
  package mutating func reportUnknownColumn(_ name: String, at range: SourceRange?, help: String? = nil) {
    guard !isSpoiled(name) else { return }
    diagnostics.report(.unknownColumn(name, at: range, known: names, isGone: gone.contains(name), help: help))
  }

  // MARK: Building nodes

  package mutating func constant(_ value: Constant) -> Typed { Typed(graph.constant(value), value.type) }

  /// A call of a function over arguments that fit one of its signatures; nil, reported, when they do not.
  package mutating func call(_ function: Function, _ arguments: [Typed], in text: SourceText) -> Typed? {
    var binder = Binder(scope: self, text: text)
    let result = binder.call(function, arguments, lower: 0, upper: text.bytes.count, nameUpper: text.bytes.count)
    self = binder.scope
    return result
  }

  /// A comparison of two values whose types meet; nil, reported, where they do not.
  package mutating func compare(_ op: BinaryOperator, _ a: Typed, _ b: Typed, in text: SourceText) -> Typed? {
    var binder = Binder(scope: self, text: text)
    let result = binder.comparison(op, a, b, Expression(.null, a.lower, b.upper))
    self = binder.scope
    return result
  }

  /// The expression as another type, where casts between the two are defined.
  package mutating func cast(_ value: Typed, to type: DataType) -> Typed? {
    guard value.type != type else { return value }
    guard TypeRules.casts(value.type, to: type) else { return nil }
    let canFail = !TypeRules.converts(value.type, to: type) && type != .string
    let zone = context.zone
    let node = graph.call("cast", detail: [.text("\(type)")], [value.node], type: type, canFail: canFail) { call in
      Casting.cast(call[0], to: call.type, in: call.store, zone: zone)
    }
    return Typed(node, type, tags: value.tags, lower: value.lower, upper: value.upper)
  }

  /// `if condition then a, otherwise b`; both of the same type.
  package mutating func choose(_ condition: Typed, _ a: Typed, _ b: Typed) -> Typed {
    let node = graph.call("case", [condition.node, a.node, b.node], type: a.type, canFail: false) { call in
      Conditional.choose([(condition: call[0], result: call[1])], otherwise: call[2], as: call.type)
    }
    return Typed(node, a.type, tags: a.tags.union(b.tags).union(condition.tags))
  }

  /// The value with its failures made invalid (`on_error: invalid`).
  package mutating func invalidating(_ value: Typed) -> Typed {
    let node = graph.call("invalidate", [value.node], type: value.type, canFail: false) { call in
      var states = call[0].states
      guard let failures = states.failures else { return call[0] }
      states.invalid = states.invalid?.union(failures.rows) ?? failures.rows
      states.failures = nil
      return call[0].with(states: states)
    }
    return Typed(node, value.type, tags: value.tags)
  }

  // MARK: Expressions

  /// Parses and binds an expression; nil, with every fault reported, when it is wrong.
  package mutating func bind(_ text: SourceText) -> Typed? {
    guard let expression = parseExpression(text, into: &diagnostics) else { return nil }
    return bind(expression, in: text)
  }

  package mutating func bind(_ expression: Expression, in text: SourceText) -> Typed? {
    var binder = Binder(scope: self, text: text)
    let result = binder.bind(expression)
    self = binder.scope
    return result
  }

  /// Parses and binds an expression that must be true or false; nil, reported, where it is neither.
  ///
  /// - Parameter effects: what comes of it where it is the same on every row, for the warning about that.
  package mutating func bindCondition(_ text: SourceText, effects: ConditionEffects) -> Typed? {
    guard let expression = parseExpression(text, into: &diagnostics) else { return nil }
    return bindCondition(expression, in: text, effects: effects)
  }

  package mutating func bindCondition(
    _ expression: Expression, in text: SourceText, effects: ConditionEffects
  ) -> Typed? {
    guard let value = bind(expression, in: text) else { return nil }
    guard value.type == .bool || value.type == .null else {
      diagnostics.report(.notACondition(value, in: text))
      return nil
    }
    // A parameter that turns a step off is the same on every row of one run only.
    if expression.isFixed, let constant = graph[value.node].constant {
      diagnostics.report(.constantCondition(constant, effects, at: text.range(expression.lower, expression.upper)))
    }
    return cast(value, to: .bool)
  }
}
