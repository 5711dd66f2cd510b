import Columns
import Diagnostics
import Kernels

/// Gives every part of an expression its type and its node. Faults are collected; a part that is wrong is nil, and what
/// stands around it is not reported for it.
struct Binder {
  var scope: Scope
  let text: SourceText
  /// How many of the parts around are needed on some rows only.
  var laziness = 0

  init(scope: Scope, text: SourceText) {
    self.scope = scope
    self.text = text
  }

  mutating func report(_ diagnostic: Diagnostic) { scope.diagnostics.report(diagnostic) }

  func range(_ expression: Expression) -> SourceRange { text.range(expression.lower, expression.upper) }
  func range(_ value: Typed) -> SourceRange { text.range(value.lower, value.upper) }

  /// What is computed from constants alone and fails, would fail on every row: that is a mistake, unless it is in a
  /// branch that no row may need.
  mutating func bind(_ expression: Expression) -> Typed? {
    guard let value = typed(expression) else { return nil }
    guard laziness == 0, let failure = scope.graph.constantFailure(value.node) else { return value }
    report(.constantFails(failure, at: range(expression)))
    return nil
  }

  /// Binds a part that is needed on some rows only.
  mutating func bindLazily(_ expression: Expression) -> Typed? {
    laziness += 1
    defer { laziness -= 1 }
    return bind(expression)
  }

  private mutating func typed(_ expression: Expression) -> Typed? {
    switch expression.kind {
    case .null: return literal(.null, expression)
    case .bool(let value): return literal(.bool(value), expression, adapts: false)
    case .number(let digits): return number(digits, expression)
    case .string(let bytes): return literal(.text(bytes), expression)
    case .typed(let type, let value): return typedLiteral(type, value, expression)
    case .column(let name): return column(name, expression)
    case .parameter(let name): return parameter(name, expression)
    case .call(let name, let nameUpper, let arguments, let isStar):
      return call(name, arguments, isStar: isStar, nameUpper: nameUpper, expression)
    case .grouped(let call, let groups): return grouped(call, by: groups, expression)
    case .unary(let op, let operand): return unary(op, operand, expression)
    case .binary(let op, let a, let b): return binary(op, a, b, expression)
    case .between(let x, let low, let high, let negated):
      return between(x, low, high, expression).map { self.negate($0, if: negated, expression) }
    case .isIn(let x, let list, let negated):
      return membership(x, list, expression).map { self.negate($0, if: negated, expression) }
    case .like(let x, let pattern, let escape, let ignoresCase, let negated):
      return like(x, pattern, escape, ignoresCase: ignoresCase, expression)
        .map { self.negate($0, if: negated, expression) }
    case .isNull(let x, let negated): return isNull(x, negated: negated, expression)
    case .isBool(let x, let wanted, let negated): return isBool(x, wanted, negated: negated, expression)
    case .isDistinct(let a, let b, let negated): return isDistinct(a, b, negated: negated, expression)
    case .conditional(let operand, let whens, let otherwise):
      return conditional(operand, whens, otherwise, expression)
    case .cast(let x, let type, let isTry): return cast(x, type, isTry: isTry, expression)
    }
  }

  /// Binds all, so that faults in each are found, and gives nil when one is wrong.
  ///
  /// - Parameter lazyFrom: the first that is needed on some rows only.
  mutating func bindAll(_ expressions: [Expression], lazyFrom: Int = .max) -> [Typed]? {
    let bound = expressions.enumerated().map { $0 < lazyFrom ? bind($1) : bindLazily($1) }
    let sound = bound.compactMap { $0 }
    return sound.count == bound.count ? sound : nil
  }

  // MARK: Leaves

  mutating func literal(_ value: Constant, _ expression: Expression, adapts: Bool = true) -> Typed {
    Typed(
      scope.graph.constant(value), value.type, isLiteral: adapts, lower: expression.lower, upper: expression.upper)
  }

  private mutating func number(_ digits: String, _ expression: Expression) -> Typed? {
    guard let value = Constant(number: digits) else {
      report(.numberTooLarge(digits, at: range(expression)))
      return nil
    }
    return literal(value, expression)
  }

  private mutating func typedLiteral(_ type: String, _ value: [UInt8], _ expression: Expression) -> Typed? {
    if type == "interval" {
      report(.intervalOutOfPlace(at: range(expression)))
      return nil
    }
    guard let type = DataType(name: type), let constant = converted(.text(value), to: type) else {
      report(.badLiteral(String(decoding: value, as: UTF8.self), type: type, at: range(expression)))
      return nil
    }
    return literal(constant, expression, adapts: false)
  }

  private mutating func column(_ name: String, _ expression: Expression) -> Typed? {
    guard let column = scope.column(named: name) else {
      scope.reportUnknownColumn(name, at: range(expression), help: textHelp(name, expression))
      return nil
    }
    return Typed(
      column.node, column.type, tags: column.tags, cell: column.cell, lower: expression.lower, upper: expression.upper)
  }

  /// What to write where a text was meant and a column's name was written: `status = absent`, `status = "absent"`.
  private func textHelp(_ name: String, _ expression: Expression) -> String? {
    let isQuoted = expression.lower < text.bytes.count && text.bytes[expression.lower] == UInt8(ascii: "\"")
    guard isQuoted || nearest(name, in: scope.names) == nil else { return nil }
    let doubled = name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    guard isQuoted else { return scope.names.isEmpty ? nil : "for the text, write '\(doubled)'" }
    return "double quotes are for columns with odd names; for the text, write '\(doubled)'"
  }

  private mutating func parameter(_ name: String, _ expression: Expression) -> Typed? {
    guard let value = scope.context.parameters[name] else {
      report(.unknownParameter(name, at: range(expression), known: Array(scope.context.parameters.keys)))
      return nil
    }
    return literal(value, expression, adapts: false)
  }

  // MARK: Types meet

  /// A constant as another type, computed now; nil where it does not fit.
  mutating func converted(_ value: Constant, to type: DataType) -> Constant? {
    if value.type == type { return value }
    let source = scope.constant(value)
    guard let cast = scope.cast(source, to: type), let constant = scope.graph[cast.node].constant else { return nil }
    return constant.isNull && !value.isNull ? nil : constant
  }

  /// A literal as the type it meets; itself where it is no literal or does not fit.
  mutating func adapted(_ value: Typed, to type: DataType) -> Typed {
    guard value.isLiteral, let constant = scope.graph[value.node].constant, constant.type != type else { return value }
    let target: DataType
    switch (constant.value, type) {
    case (.null, _): target = type
    case (.integer(let number), .decimal): target = .decimal(precision: max(1, "\(number.magnitude)".count), scale: 0)
    case (.integer, _) where type.isInteger || type.isFloat: target = type
    case (.decimal, _) where type.isFloat: target = type
    case (.text, _) where type.isTemporal || type.isNumeric || type == .bool: target = type
    default: return value
    }
    guard let adapted = converted(constant, to: target) else { return value }
    return Typed(
      scope.graph.constant(adapted), target, isLiteral: true, lower: value.lower, upper: value.upper)
  }

  /// The values converted to one type; nil, reported, where there is none.
  mutating func unified(_ values: [Typed], doing what: String) -> [Typed]? {
    guard let anchor = values.first(where: { !$0.isLiteral }) ?? values.first(where: { $0.type != .null }) else {
      return values
    }
    var values = values.map { adapted($0, to: anchor.type) }
    var common = anchor.type
    for value in values {
      guard let wider = TypeRules.common(common, value.type) else {
        report(.typesDiffer(anchor, value, doing: what, in: text, constant: scope.graph[value.node].constant))
        return nil
      }
      common = wider
    }
    for index in values.indices {
      guard let cast = scope.cast(values[index], to: common) else { return nil }
      values[index] = cast
    }
    return values
  }

  /// As `unified`, but decimals keep their own scale: comparisons take them as they are.
  mutating func comparable(_ a: Typed, _ b: Typed) -> (Typed, Typed)? {
    let x = adapted(a, to: b.isLiteral && a.isLiteral ? a.type : b.type)
    let y = adapted(b, to: x.type)
    if x.type.isDecimal, y.type.isDecimal { return (x, y) }
    if let common = TypeRules.common(x.type, y.type), common.isDecimal, let p = exact(x), let q = exact(y) {
      return (p, q)
    }
    return unified([x, y], doing: "compare").map { ($0[0], $0[1]) }
  }

  /// An exact number as a decimal of its own scale.
  mutating func exact(_ value: Typed) -> Typed? {
    guard let (precision, scale) = TypeRules.decimal(for: value.type) else { return nil }
    return scope.cast(value, to: .decimal(precision: precision, scale: scale))
  }

  /// A node over typed arguments.
  mutating func node(
    _ name: String, detail: [Constant] = [], _ arguments: [Typed], type: DataType, canFail: Bool = false,
    _ expression: Expression, kernel: @escaping Kernel
  ) -> Typed {
    let id = scope.graph.call(
      name, detail: detail, arguments.map(\.node), type: type, canFail: canFail, kernel: kernel)
    let tags = arguments.reduce(into: Set<String>()) { $0.formUnion($1.tags) }
    return Typed(id, type, tags: tags, lower: expression.lower, upper: expression.upper)
  }

  mutating func condition(_ expression: Expression, isLazy: Bool = false) -> Typed? {
    guard let value = isLazy ? bindLazily(expression) : bind(expression) else { return nil }
    if value.type == .bool { return value }
    if value.type == .null { return scope.cast(value, to: .bool) }
    report(.notACondition(value, in: text))
    return nil
  }
}

extension Constant {
  /// Reads a number literal: an integer, an exact decimal, or, with an exponent, a float. Nil past 38 digits.
  package init?(number digits: String) {
    if digits.contains(where: { $0 == "e" || $0 == "E" }) {
      guard let value = Double(digits), value.isFinite else { return nil }
      self = .float(value)
      return
    }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let whole = String(parts[0])
    if parts.count == 1, let value = Int64(whole) {
      self = .integer(value)
      return
    }
    guard let unscaled = Int128(whole + fraction) else { return nil }
    let significant = "\(unscaled)".count
    guard significant <= TypeRules.maximumPrecision, fraction.count <= TypeRules.maximumPrecision else { return nil }
    self.init(
      .decimal(precision: max(significant, fraction.count, 1), scale: fraction.count), .decimal(unscaled))
  }
}
