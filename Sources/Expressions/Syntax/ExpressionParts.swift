extension Expression {
  /// The names of the columns in it, each once, in the order of their appearance.
  package var columnNames: [String] {
    var names: [String] = []
    forEachPart { part in
      if case .column(let name) = part.kind, !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Whether its value is the same on every row of every run: it has no column, no parameter and no call without
  /// arguments, such as `current_date`.
  var isFixed: Bool {
    var isFixed = true
    forEachPart { part in
      switch part.kind {
      case .column, .parameter: isFixed = false
      case .call(_, _, let arguments, _) where arguments.isEmpty: isFixed = false
      default: break
      }
    }
    return isFixed
  }

  /// Hands on it and all its parts, from left to right.
  private func forEachPart(_ body: (Expression) -> Void) {
    var waiting = [self]
    while let part = waiting.popLast() {
      body(part)
      waiting += part.children.reversed()
    }
  }

  private var children: [Expression] {
    switch kind {
    case .null, .bool, .number, .string, .typed, .column, .parameter: []
    case .call(_, _, let arguments, _): arguments
    case .grouped(let call, let groups): [call] + groups
    case .unary(_, let x), .isNull(let x, _), .isBool(let x, _, _), .cast(let x, _, _): [x]
    case .binary(_, let a, let b), .isDistinct(let a, let b, _): [a, b]
    case .between(let x, let low, let high, _): [x, low, high]
    case .isIn(let x, let list, _): [x] + list
    case .like(let x, let pattern, let escape, _, _): [x, pattern] + (escape.map { [$0] } ?? [])
    case .conditional(let operand, let whens, let otherwise):
      (operand.map { [$0] } ?? []) + whens.flatMap { [$0.when, $0.then] } + (otherwise.map { [$0] } ?? [])
    }
  }
}
