import Columns
import Diagnostics
import Kernels

/// `case`, `cast` and calls.
extension Binder {
  mutating func conditional(
    _ operand: Expression?, _ whens: [(when: Expression, then: Expression)], _ otherwise: Expression?,
    _ expression: Expression
  ) -> Typed? {
    let subject = operand.map { bind($0) }
    let conditions: [Typed?] = whens.map { branch in
      guard let subject else { return condition(branch.when, isLazy: true) }
      guard !refusesNull(branch.when, against: operand, around: { "case when \($0) then …" }) else { return nil }
      guard let subject, let value = bindLazily(branch.when) else { return nil }
      return comparison(.equal, subject, value, branch.when)
    }
    guard let results = bindAll(whens.map(\.then) + (otherwise.map { [$0] } ?? []), lazyFrom: 0)
    else { return nil }
    let sound = conditions.compactMap { $0 }
    guard sound.count == conditions.count, let branches = unified(results, doing: "choose between") else { return nil }
    return choice(sound, branches, expression)
  }

  /// The first of `branches` whose condition is true; one branch more than conditions is the `else`.
  mutating func choice(_ conditions: [Typed], _ branches: [Typed], _ expression: Expression) -> Typed {
    let count = conditions.count
    let hasElse = branches.count > count
    let type = branches.first { $0.type != .null }?.type ?? .null
    return node("case", detail: [.integer(Int64(count))], conditions + branches, type: type, expression) { call in
      Conditional.choose(
        (0..<count).map { (condition: call[$0], result: call[count + $0]) },
        otherwise: hasElse ? call[2 * count] : nil, as: call.type)
    }
  }

  mutating func cast(_ x: Expression, _ syntax: TypeSyntax, isTry: Bool, _ expression: Expression) -> Typed? {
    let value = isTry ? bindLazily(x) : bind(x)
    guard let type = resolveType(syntax, in: text, into: &scope.diagnostics), let value else { return nil }
    guard let result = scope.cast(value, to: type) else {
      report(.noCast(from: value.type, to: type, at: range(expression)))
      return nil
    }
    guard isTry, scope.graph[result.node].canFail else { return result.at(expression) }
    // What failed before the cast was asked is not the cast's to forgive.
    return node("try", [result, value], type: type, expression) { call in
      var states = call[0].states
      states.failures = call[1].failures
      return call[0].with(states: states)
    }
  }

  // MARK: Calls

  mutating func call(
    _ name: String, _ arguments: [Expression], isStar: Bool, nameUpper: Int, _ expression: Expression
  ) -> Typed? {
    if let aggregate = AggregateFunction.named(name.lowercased()) {
      return call(aggregate, arguments, isStar: isStar, by: [], nameUpper: nameUpper, expression)
    }
    guard let function = Function.named(name.lowercased()) else {
      _ = bindAll(arguments)
      if let instead = Function.elsewhere[name.lowercased()] {
        report(.foreignFunction(name, instead: instead, at: text.range(expression.lower, nameUpper)))
        return nil
      }
      report(
        .unknownFunction(
          name, at: text.range(expression.lower, nameUpper),
          known: Function.all.map(\.name) + AggregateFunction.all.map(\.name)))
      return nil
    }
    if isStar {
      report(.starOutOfPlace(name, at: text.range(nameUpper, expression.upper)))
      return nil
    }
    guard let values = bindAll(arguments, lazyFrom: function.lazyFrom) else { return nil }
    return call(function, values, lower: expression.lower, upper: expression.upper, nameUpper: nameUpper)
  }

  mutating func call(_ function: Function, _ values: [Typed], lower: Int, upper: Int, nameUpper: Int) -> Typed? {
    let place = text.range(lower, nameUpper)
    let candidates = function.signatures.filter { $0.accepts(count: values.count) }
    guard !candidates.isEmpty else {
      report(.wrongArgumentCount(function, values.count, at: place))
      return nil
    }
    guard let signature = candidates.first(where: { accepts($0, values) && unites($0, values) }) else {
      let nearly = candidates.first { accepts($0, values) }
      guard let nearly, converted(values, for: nearly, doing: function.sharing) == nil else {
        report(.noSignature(function, values, at: place, in: text))
        return nil
      }
      return nil
    }
    guard let arguments = converted(values, for: signature, doing: function.sharing) else { return nil }
    let constants = arguments.map { scope.graph[$0.node].constant }
    for (index, value) in arguments.enumerated() where signature.parameter(index).isConstant && constants[index] == nil
    {
      report(.notConstant("'\(signature.parameter(index).name)' of \(function.name)", at: range(value)))
      return nil
    }
    let types = arguments.map(\.type)
    let result = signature.result.type(for: types)
    do {
      let kernel = try signature.prepare(
        .init(
          types: types, constants: constants, result: result, context: scope.context, call: scope.volatileCalls))
      let detail: [Constant] = function.isVolatile ? [.integer(Int64(scope.volatileCalls))] : []
      if function.isVolatile { scope.volatileCalls += 1 }
      let id = scope.graph.call(
        function.name, detail: detail, arguments.map(\.node), type: result, canFail: function.errors != nil,
        isPure: function.isPure,
        kernel: kernel)
      let tags = arguments.reduce(into: Set<String>()) { $0.formUnion($1.tags) }
      return Typed(id, result, tags: tags, lower: lower, upper: upper)
    } catch {
      report(.badArgument(error, to: function, value: values[min(error.argument, values.count - 1)], in: text))
      return nil
    }
  }

  /// Whether each argument, taken alone, can be turned into what a signature takes there.
  private mutating func accepts(_ signature: Signature, _ values: [Typed]) -> Bool {
    values.enumerated().allSatisfy { index, value in
      let accepts = signature.parameter(index).accepts
      return TypeRules.argument(literalType(value, for: accepts), for: accepts) != nil
    }
  }

  /// Whether the arguments that must be of one type can be.
  private func unites(_ signature: Signature, _ values: [Typed]) -> Bool {
    var common: DataType?
    for (index, value) in values.enumerated() where signature.parameter(index).accepts == .common {
      guard let wider = TypeRules.common(common ?? value.type, value.type) else {
        // A literal may still adapt to the others.
        if value.isLiteral || values.contains(where: { $0.isLiteral }) { continue }
        return false
      }
      common = wider
    }
    return true
  }

  /// A text literal may stand for a date or time where one is wanted.
  private mutating func literalType(_ value: Typed, for accepts: TypeClass) -> DataType {
    guard value.isLiteral, value.type == .string else { return value.type }
    switch accepts {
    case .date: return adapted(value, to: .date).type
    case .time: return adapted(value, to: .time).type
    case .timestamp, .temporal, .clock: return adapted(value, to: .timestamp).type
    default: return value.type
    }
  }

  /// The arguments as what a signature takes; nil, reported, where they are of no one type.
  ///
  /// - Parameter what: what is done with those that must be of one type.
  private mutating func converted(
    _ values: [Typed], for signature: Signature, doing what: String
  ) -> [Typed]? {
    var result = values
    let shared = values.indices.filter { signature.parameter($0).accepts == .common }
    if !shared.isEmpty {
      guard let unified = unified(shared.map { values[$0] }, doing: what) else { return nil }
      for (index, value) in zip(shared, unified) { result[index] = value }
    }
    for index in result.indices where signature.parameter(index).accepts != .common {
      let accepts = signature.parameter(index).accepts
      if accepts == .cell {
        guard let cell = result[index].cell else {
          report(.notACell(at: range(result[index])))
          return nil
        }
        result[index] = Typed(cell, .string, tags: result[index].tags)
        continue
      }
      let type = literalType(result[index], for: accepts)
      if type != result[index].type { result[index] = adapted(result[index], to: type) }
      guard let target = TypeRules.argument(result[index].type, for: accepts),
        let cast = scope.cast(result[index], to: target)
      else { return nil }
      result[index] = cast
    }
    return result
  }
}

extension Function {
  /// What it does with arguments of one type, for messages: those it needs on some rows only, it chooses between.
  fileprivate var sharing: String { lazyFrom == .max ? "compare" : "choose between" }
}

/// The type that was written, or nil, reported.
package func resolveType(
  _ syntax: TypeSyntax, in text: SourceText, into diagnostics: inout Diagnostics
) -> DataType? {
  let type = DataType(name: syntax.name, arguments: syntax.arguments.map(\.value))
  // A decimal without digits would have none after the point, and refuse most of what is written so.
  if let type, !type.isDecimal || !syntax.arguments.isEmpty { return type }
  diagnostics.report(.unknownType(syntax, at: text.range(syntax.lower, syntax.upper)))
  return nil
}
