import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

/// What steps and rules build their expressions with.
extension Scope {
  /// True where the value is present, false where it is null or invalid.
  package mutating func isPresent(_ value: Typed) -> Typed {
    not(Typed(node("is null", [value], type: .bool) { Logic.isNull($0[0]) }, .bool))
  }

  package mutating func not(_ value: Typed) -> Typed {
    Typed(node("not", [value], type: .bool) { Logic.not($0[0]) }, .bool)
  }

  /// True where the value is present, and of the value's own state elsewhere.
  package mutating func trueWherePresent(_ value: Typed) -> Typed {
    Typed(
      node("is sound", [value], type: .bool) { call in
        Column(
          .bool, .bits(Bitmap(repeating: true, count: call.count)), count: call.count, states: call[0].states)
      }, .bool)
  }

  /// The condition, and true where it is null.
  package mutating func trueWhereNull(_ value: Typed) -> Typed {
    let yes = constant(.bool(true)).node
    let node = graph.call("coalesce", [value.node, yes], type: .bool, canFail: false) {
      Conditional.coalesce($0.arguments)
    }
    return Typed(node, .bool, tags: value.tags)
  }

  /// A call of a function over arguments that are known to fit it.
  package mutating func call(_ function: Function, _ arguments: [Typed]) -> Typed? {
    call(function, arguments, in: SourceText("", path: ""))
  }

  /// A comparison of two values whose types meet.
  package mutating func compare(_ op: BinaryOperator, _ a: Typed, _ b: Typed) -> Typed? {
    compare(op, a, b, in: SourceText("", path: ""))
  }

  /// The conjunction of conditions; nil of none.
  package mutating func all(_ conditions: [Typed]) -> Typed? {
    guard var result = conditions.first else { return nil }
    for next in conditions.dropFirst() {
      result = Typed(node("and", [result, next], type: .bool) { Logic.and($0[0], $0[1]) }, .bool)
    }
    return result
  }

  private mutating func node(
    _ name: String, _ arguments: [Typed], type: DataType, kernel: @escaping Kernel
  ) -> NodeID {
    graph.call(name, arguments.map(\.node), type: type, canFail: false, kernel: kernel)
  }

  /// As `select`, of text columns only.
  package mutating func selectTexts(_ selection: ColumnSelection, for owner: String) -> [BoundColumn]? {
    guard let selected = select(selection) else { return nil }
    let others = selected.filter { !$0.type.isText }
    for column in others {
      diagnostics.report(.notText(column.name, column.type, step: owner, at: selection.range(of: column.name)))
    }
    return others.isEmpty ? selected : nil
  }

  /// A value written in a document as a value of a type; nil, reported, where it is none.
  ///
  /// - Parameter null: what is said of `null` where it has no meaning; nil where it has one.
  package mutating func value(_ node: Node, as type: DataType, refusingNull null: String? = nil) -> Constant? {
    if node.isUnknown { return nil }
    guard let scalar = node.scalar, !node.isNothing else {
      diagnostics.report(.wrongType(expected: "a value", found: node))
      return nil
    }
    if scalar.style == .plain, case .null? = node.resolved {
      guard let null else { return Constant(type, .null) }
      diagnostics.report(
        .badOption(null, at: node.range, help: type.isText ? "for the text, write '\(scalar.string)' in quotes" : nil))
      return nil
    }
    let text = constant(.text(scalar.text.bytes))
    guard let converted = cast(text, to: type), let value = graph[converted.node].constant,
      type.isText || !value.isNull
    else {
      diagnostics.report(.badValue(scalar.string, type: type, at: node.range))
      return nil
    }
    return value
  }

  /// Takes note of a name that is given to a step or rule; an empty one, and one that another has, is reported.
  mutating func takeLabel(_ label: String, of what: String, at range: SourceRange) {
    if label.isEmpty {
      diagnostics.report(.badOption("the name is empty", at: range))
    } else if !addLabel("\(what) \(label)") {
      diagnostics.report(.duplicateName(label, what: what, at: range))
    }
  }

  /// A condition, and the columns it names.
  package mutating func bindConditionWithColumns(
    _ text: SourceText, effects: ConditionEffects
  ) -> (passes: Typed, columns: [BoundColumn])? {
    guard let expression = parseExpression(text, into: &diagnostics) else { return nil }
    return bindCondition(expression, in: text, effects: effects).map { value in
      (value, expression.columnNames.compactMap { self[$0] })
    }
  }
}

extension StepScope {
  /// The column that is meant; nil, reported, where there is none.
  package mutating func column(_ name: Located<String>) -> BoundColumn? {
    if let column = scope.column(named: name.value) { return column }
    scope.reportUnknownColumn(name.value, at: name.range)
    return nil
  }

  /// Each of the selected text columns replaced by what `body` makes of it.
  package mutating func replacingTexts(
    _ selection: ColumnSelection, for step: String, _ body: (inout StepScope, Typed) -> Typed?
  ) -> BoundStep? {
    guard let selected = scope.selectTexts(selection, for: step) else { return nil }
    var replacements: [(name: String, value: Typed)] = []
    for column in selected {
      guard let value = body(&self, column.typed) else { return nil }
      replacements.append((column.name, value))
    }
    return replacing(replacements)
  }

  package mutating func call(_ function: Function, _ arguments: [Typed]) -> Typed? {
    scope.call(function, arguments)
  }

  package mutating func value(_ node: Node, as type: DataType) -> Constant? { scope.value(node, as: type) }

  /// Whether a name can be given to a new column: it is not empty, and no column has it. What is wrong is reported.
  package mutating func canMake(_ name: Located<String>) -> Bool {
    if name.value.isEmpty {
      report(.badOption("a column needs a name", at: name.range))
    } else if scope[name.value] != nil {
      report(.columnExists(name.value, at: name.range))
    }
    return !name.value.isEmpty && scope[name.value] == nil
  }

  /// Whether a mapping has an entry at all; that it has none is reported.
  package mutating func isFilled<Value>(_ map: OrderedMap<Value>, _ arguments: Arguments, what: String) -> Bool {
    if map.entries.isEmpty { report(.badOption("no \(what) is named", at: arguments.node.range)) }
    return !map.entries.isEmpty
  }
}
