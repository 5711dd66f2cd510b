import Columns
import Diagnostics
import Kernels

/// Operators and the forms with words of their own.
extension Binder {
  mutating func unary(_ op: UnaryOperator, _ operand: Expression, _ expression: Expression) -> Typed? {
    if op == .not {
      return condition(operand).map { value in node("not", [value], type: .bool, expression) { Logic.not($0[0]) } }
    }
    guard let value = bind(operand) else { return nil }
    guard value.type.isNumeric || value.type == .null else {
      report(.wrongOperand(op.rawValue, value.type, at: range(value), wants: "a number"))
      return nil
    }
    if op == .plus { return value.at(expression) }
    let result = node("-", [value], type: value.type, canFail: value.type.isInteger, expression) { call in
      Arithmetic.negate(call[0], as: call.type)
    }
    return value.isLiteral ? Typed(result.node, result.type, isLiteral: true).at(expression) : result
  }

  mutating func binary(_ op: BinaryOperator, _ a: Expression, _ b: Expression, _ expression: Expression) -> Typed? {
    switch op {
    case .and, .or: return junction(op, a, b, expression)
    case .add, .subtract:
      if let shifted = shift(op, a, b, expression) { return shifted.value }
      fallthrough
    case .multiply, .divide, .integerDivide, .remainder: return arithmetic(op, a, b, expression)
    case .concatenate: return concatenation(a, b, expression)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return comparison(op, a, b, expression)
    }
  }

  /// A chain such as `a and b and c` is bound without recursion on its length.
  private mutating func junction(
    _ op: BinaryOperator, _ a: Expression, _ b: Expression, _ expression: Expression
  ) -> Typed? {
    var operands = [b]
    var left = a
    while case .binary(op, let x, let y) = left.kind {
      operands.append(y)
      left = x
    }
    operands.append(left)
    let bound = operands.reversed().enumerated().map { condition($1, isLazy: $0 > 0) }
    let sound = bound.compactMap { $0 }
    guard sound.count == bound.count, var result = sound.first else { return nil }
    for next in sound.dropFirst() {
      result = node(op.rawValue, [result, next], type: .bool, expression) { call in
        op == .and ? Logic.and(call[0], call[1]) : Logic.or(call[0], call[1])
      }
    }
    return result
  }

  // MARK: Arithmetic

  private mutating func arithmetic(
    _ op: BinaryOperator, _ a: Expression, _ b: Expression, _ expression: Expression
  ) -> Typed? {
    guard let operands = bindAll([a, b]) else { return nil }
    return arithmetic(op, operands[0], operands[1], expression)
  }

  mutating func arithmetic(_ op: BinaryOperator, _ a: Typed, _ b: Typed, _ expression: Expression) -> Typed? {
    let x = adapted(a, to: b.isLiteral ? a.type : b.type)
    let y = adapted(b, to: x.type)
    if op == .subtract, x.type == .date, y.type == .date {
      return node("-", [x, y], type: .int64, expression) { Temporal.daysBetween($0[0], $0[1]) }
    }
    guard x.type.isNumeric || x.type == .null, y.type.isNumeric || y.type == .null else {
      report(.cannotCompute(op, x, y, in: text))
      return nil
    }
    if op == .divide { return division(x, y, expression) }
    guard let type = TypeRules.arithmetic(op, x.type == .null ? .int64 : x.type, y.type == .null ? .int64 : y.type)
    else {
      report(.scaleTooLarge(at: range(expression)))
      return nil
    }
    guard let p = operand(x, for: type), let q = operand(y, for: type) else { return nil }
    return node(op.rawValue, [p, q], type: type, canFail: true, expression) { call in
      switch op {
      case .add: Arithmetic.add(call[0], call[1], as: call.type)
      case .subtract: Arithmetic.subtract(call[0], call[1], as: call.type)
      case .multiply: Arithmetic.multiply(call[0], call[1], as: call.type)
      case .integerDivide: Arithmetic.quotient(call[0], call[1], as: call.type)
      default: Arithmetic.remainder(call[0], call[1], as: call.type)
      }
    }
  }

  /// Decimals keep their own scale; all other operands take the result's type.
  private mutating func operand(_ value: Typed, for type: DataType) -> Typed? {
    guard type.isDecimal else { return scope.cast(value, to: type) }
    return exact(value.type == .null ? Typed(value.node, .null) : value) ?? scope.cast(value, to: type)
  }

  private mutating func division(_ a: Typed, _ b: Typed, _ expression: Expression) -> Typed? {
    guard let x = scope.cast(a, to: .float64), let y = scope.cast(b, to: .float64) else { return nil }
    let divisor = scope.graph[y.node].constant
    let canFail = divisor.map { $0 == .float(0) || $0 == .float(-0.0) } ?? true
    return node("/", [x, y], type: .float64, canFail: canFail, expression) { Arithmetic.divide($0[0], $0[1]) }
  }

  // MARK: Dates and intervals

  /// `x ± interval '…'`, or nil when no interval is there. The inner value is nil when it is there and wrong.
  private mutating func shift(
    _ op: BinaryOperator, _ a: Expression, _ b: Expression, _ expression: Expression
  ) -> (value: Typed?, Void)? {
    let base: Expression, literal: Expression
    if case .typed("interval", _) = b.kind {
      (base, literal) = (a, b)
    } else if op == .add, case .typed("interval", _) = a.kind {
      (base, literal) = (b, a)
    } else {
      return nil
    }
    guard case .typed(_, let bytes) = literal.kind else { return nil }
    guard let interval = Interval(String(decoding: bytes, as: UTF8.self)) else {
      report(.badInterval(String(decoding: bytes, as: UTF8.self), at: range(literal)))
      return (nil, ())
    }
    guard let value = bind(base) else { return (nil, ()) }
    switch value.type {
    case .date, .timestamp, .timestamptz, .time: break
    default:
      report(.wrongOperand(op.rawValue, value.type, at: range(value), wants: "a date or timestamp beside an interval"))
      return (nil, ())
    }
    let type = Temporal.resultType(of: value.type, adding: interval)
    let negated = op == .subtract
    let detail: [Constant] = [
      .integer(Int64(interval.months)), .integer(Int64(interval.days)), .integer(Int64(interval.microseconds)),
      .bool(negated),
    ]
    let zone = scope.context.zone
    let result = node("shift", detail: detail, [value], type: type, canFail: true, expression) { call in
      Temporal.add(call[0], interval, negated: negated, zone: zone)
    }
    return (result, ())
  }

  // MARK: Text

  private mutating func concatenation(_ a: Expression, _ b: Expression, _ expression: Expression) -> Typed? {
    guard let operands = bindAll([a, b]) else { return nil }
    let texts = operands.compactMap { scope.cast($0, to: .string) }
    guard texts.count == 2 else { return nil }
    return node("||", texts, type: .string, canFail: true, expression) { Text.concat($0.arguments, in: $0.store) }
  }

  mutating func like(
    _ x: Expression, _ pattern: Expression, _ escape: Expression?, ignoresCase: Bool, _ expression: Expression
  ) -> Typed? {
    guard let value = bind(x), let form = bind(pattern) else { return nil }
    guard value.type.isText || value.type == .null else {
      report(.wrongOperand(ignoresCase ? "ilike" : "like", value.type, at: range(value), wants: "a string"))
      return nil
    }
    guard let bytes = scope.graph[form.node].constant?.text else {
      report(.notConstant("the pattern of 'like'", at: range(form)))
      return nil
    }
    var escapeScalar: Unicode.Scalar?
    if let escape {
      guard case .string(let text) = escape.kind,
        case let scalars = String(decoding: text, as: UTF8.self).unicodeScalars, scalars.count == 1
      else {
        report(.notConstant("the escape of 'like', one character,", at: range(escape)))
        return nil
      }
      escapeScalar = scalars.first
    }
    let compiled = LikePattern(bytes, escape: escapeScalar, ignoringCase: ignoresCase)
    if compiled.endsInEscape, let escapeScalar {
      report(.danglingEscape(escapeScalar, after: bytes.count - String(escapeScalar).utf8.count, of: form, in: text))
      return nil
    }
    let detail: [Constant] = [.text(bytes), .integer(Int64(escapeScalar?.value ?? 0)), .bool(ignoresCase)]
    guard let subject = scope.cast(value, to: .string) else { return nil }
    return node("like", detail: detail, [subject], type: .bool, expression) {
      Text.like($0[0], pattern: compiled, in: $0.store)
    }
  }

  // MARK: Comparison

  private mutating func comparison(
    _ op: BinaryOperator, _ a: Expression, _ b: Expression, _ expression: Expression
  ) -> Typed? {
    if refusesNull(a, against: b, negated: op == .notEqual) || refusesNull(b, against: a, negated: op == .notEqual) {
      return nil
    }
    guard let operands = bindAll([a, b]) else { return nil }
    return comparison(op, operands[0], operands[1], expression)
  }

  /// Whether an operand of a comparison is a null written out, which is reported.
  mutating func refusesNull(
    _ operand: Expression, against other: Expression?, negated: Bool = false, around: (String) -> String = { $0 }
  ) -> Bool {
    guard case .null = operand.kind else { return false }
    let written = other.map { String(decoding: text.bytes[$0.lower..<$0.upper], as: UTF8.self) } ?? "x"
    report(.nullComparison(at: range(operand), instead: around("\(written) is \(negated ? "not " : "")null")))
    return true
  }

  mutating func comparison(_ op: BinaryOperator, _ a: Typed, _ b: Typed, _ expression: Expression) -> Typed? {
    guard let (x, y) = comparable(a, b), let relation = Comparison.Operator(op) else { return nil }
    return node(op.rawValue, [x, y], type: .bool, expression) { call in
      Comparison.compare(relation, call[0], call[1], in: call.store)
    }
  }

  mutating func between(
    _ x: Expression, _ low: Expression, _ high: Expression, _ expression: Expression
  ) -> Typed? {
    if refusesNull(low, against: x) || refusesNull(high, against: x) { return nil }
    guard let operands = bindAll([x, low, high]) else { return nil }
    guard let lower = comparison(.greaterOrEqual, operands[0], operands[1], expression),
      let upper = comparison(.lessOrEqual, operands[0], operands[2], expression)
    else { return nil }
    if let crossed = comparison(.greater, operands[1], operands[2], expression),
      scope.graph[crossed.node].constant == .bool(true)
    {
      report(.emptyRange(at: text.range(low.lower, high.upper)))
    }
    return node("and", [lower, upper], type: .bool, expression) { Logic.and($0[0], $0[1]) }
  }

  mutating func membership(_ x: Expression, _ list: [Expression], _ expression: Expression) -> Typed? {
    if list.contains(where: { refusesNull($0, against: x) { "… or \($0)" } }) { return nil }
    guard let value = bind(x), let items = bindAll(list) else { return nil }
    guard let operands = unified([value] + items, doing: "compare") else { return nil }
    let constants = operands.dropFirst().compactMap { scope.graph[$0.node].constant }
    guard constants.count == items.count else { return disjunction(operands, expression) }
    return scope.membership(of: operands[0], in: constants)?.at(expression)
  }

  /// `x in (a, b)` over values that are not constants.
  private mutating func disjunction(_ operands: [Typed], _ expression: Expression) -> Typed? {
    var result: Typed?
    for item in operands.dropFirst() {
      guard let equal = comparison(.equal, operands[0], item, expression) else { return nil }
      result = result.map { node("or", [$0, equal], type: .bool, expression) { Logic.or($0[0], $0[1]) } } ?? equal
    }
    return result
  }

  mutating func isNull(_ x: Expression, negated: Bool, _ expression: Expression) -> Typed? {
    guard let value = bind(x) else { return nil }
    let result = node("is null", [value], type: .bool, expression) { Logic.isNull($0[0]) }
    return negate(result, if: negated, expression)
  }

  mutating func isBool(_ x: Expression, _ wanted: Bool, negated: Bool, _ expression: Expression) -> Typed? {
    condition(x).map { value in
      node(wanted ? "is true" : "is false", detail: [.bool(negated)], [value], type: .bool, expression) { call in
        wanted ? Logic.isTrue(call[0], negated: negated) : Logic.isFalse(call[0], negated: negated)
      }
    }
  }

  mutating func isDistinct(_ a: Expression, _ b: Expression, negated: Bool, _ expression: Expression) -> Typed? {
    guard let operands = bindAll([a, b]), let (x, y) = comparable(operands[0], operands[1]) else { return nil }
    let result = node("is distinct from", [x, y], type: .bool, expression) { call in
      Comparison.distinct(call[0], call[1], in: call.store)
    }
    return negate(result, if: negated, expression)
  }

  mutating func negate(_ value: Typed, if negated: Bool, _ expression: Expression) -> Typed {
    negated ? node("not", [value], type: .bool, expression) { Logic.not($0[0]) } : value.at(expression)
  }
}

extension Comparison.Operator {
  init?(_ op: BinaryOperator) {
    switch op {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }
}

extension Scope {
  /// Whether a value is one of constants of its own type. A null among them leaves unequal values unknown, as in SQL.
  package mutating func membership(of value: Typed, in constants: [Constant]) -> Typed? {
    let store = ByteStore(capacity: 1 << 10)
    let known = constants.filter { !$0.isNull }
    let set = ValueSet(known.map { $0.column(count: 1, in: store) }, in: store)
    let hasNull = known.count < constants.count
    let node = graph.call("in", detail: constants, [value.node], type: .bool, canFail: false) { call in
      let found = set.contains(call[0], in: call.store)
      guard hasNull else { return found }
      var states = found.states
      states.void(found.bits.inverted)
      return found.with(states: states)
    }
    return Typed(node, .bool, tags: value.tags)
  }
}
