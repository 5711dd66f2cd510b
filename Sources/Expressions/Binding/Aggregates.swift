import Columns
import Diagnostics
import Kernels

/// Calls of aggregates.
extension Binder {
  /// `mean(score) by (course)`.
  mutating func grouped(_ call: Expression, by groups: [Expression], _ expression: Expression) -> Typed? {
    guard case .call(let name, let nameUpper, let arguments, let isStar) = call.kind,
      let aggregate = AggregateFunction.named(name.lowercased())
    else {
      let value = bind(call)
      _ = bindAll(groups)
      if value != nil { report(.groupedOutOfPlace(at: text.range(call.upper, expression.upper))) }
      return nil
    }
    return self.call(aggregate, arguments, isStar: isStar, by: groups, nameUpper: nameUpper, expression)
  }

  /// An aggregate is a fact about all rows that reach this point, or about those of each group.
  mutating func call(
    _ aggregate: AggregateFunction, _ arguments: [Expression], isStar: Bool, by groups: [Expression], nameUpper: Int,
    _ expression: Expression
  ) -> Typed? {
    let place = text.range(expression.lower, nameUpper)
    guard let values = bindAll(arguments), let groups = bindAll(groups) else { return nil }
    if isStar, aggregate.takesStar { return scope.aggregate(aggregate, of: nil, by: groups).at(expression) }
    guard values.count == (aggregate.takesShare ? 2 : 1), !isStar,
      let type = TypeRules.argument(values[0].type, for: aggregate.accepts)
    else {
      report(.wrongAggregate(aggregate, values.map(\.type), at: place))
      return nil
    }
    guard let argument = scope.cast(values[0], to: type) else { return nil }
    guard aggregate.takesShare else { return scope.aggregate(aggregate, of: argument, by: groups).at(expression) }
    guard let share = share(values[1], of: aggregate) else { return nil }
    return scope.aggregate(aggregate, of: argument, share: share, by: groups).at(expression)
  }

  private mutating func share(_ value: Typed, of aggregate: AggregateFunction) -> QuantileShare? {
    guard let constant = scope.graph[value.node].constant else {
      report(.notConstant("the share of \(aggregate.name)", at: range(value)))
      return nil
    }
    if let share = QuantileShare(constant) { return share }
    report(.badShare(of: aggregate, at: range(value)))
    return nil
  }
}

extension Scope {
  /// An aggregate over the rows that reach this point.
  ///
  /// - Parameters:
  ///   - argument: of a type that the aggregate accepts; nil for all rows.
  ///   - share: for quantiles.
  ///   - groups: the rows are those with the same values of these; nulls are the same, as in SQL's GROUP BY.
  package mutating func aggregate(
    _ function: AggregateFunction, of argument: Typed?, share: QuantileShare = .half, by groups: [Typed] = []
  ) -> Typed {
    var value = argument
    if let argument { value = cast(argument, to: function.argument(argument.type)) ?? argument }
    let type = value?.type ?? .null
    let kind: Fact.Kind
    switch function.work {
    case .measure(let measure): kind = .aggregate(measure(type))
    case .order(let figure): kind = .order(figure(share), of: type)
    }
    let node = fact(
      argument == nil ? "\(function.name)(*)" : function.name, kind, of: value.map { [$0.node] } ?? [],
      by: groups.map(\.node), type: function.result(type), countsCondemned: false)
    let tags = groups.reduce(into: argument?.tags ?? []) { $0.formUnion($1.tags) }
    return Typed(node, function.result(type), tags: tags)
  }
}
