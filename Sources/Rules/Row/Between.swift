import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// Values must lie within one or two bounds.
enum Between: Rule {
  static let name = "between"
  static let summary = "Values lie within one or two bounds: numbers, dates, times or texts."

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let min = OptionalOption<Node>("min", "The lower bound.", schema: .scalar)
  static let max = OptionalOption<Node>("max", "The upper bound.", schema: .scalar)
  static let exclusive = OptionalOption<Located<Exclusive>>(
    "exclusive", "Which bounds are themselves outside: 'min', 'max' or 'both'.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, min, max, exclusive, required]

  enum Exclusive: String, CaseIterable, Sendable, OptionValue { case min, max, both }

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let selected = scope.select(arguments[column]) else { return nil }
    guard arguments[min] != nil || arguments[max] != nil else {
      scope.diagnostics.report(.badOption("'between' needs 'min', 'max' or both", at: arguments.node.range))
      return nil
    }
    if let exclusive = arguments[exclusive] {
      let missing: any OptionDeclaration = exclusive.value == .min || arguments[max] != nil ? min : max
      guard arguments.isGiven(missing) || (exclusive.value == .max && arguments[max] != nil) else {
        scope.diagnostics.report(.badOption("there is no '\(missing.name)' to be exclusive", at: exclusive.range))
        return nil
      }
    }
    let checks = selected.compactMap { check($0, arguments, in: &scope) }
    return checks.count == selected.count ? checks : nil
  }

  private static func check(
    _ column: BoundColumn, _ arguments: Arguments, in scope: inout Scope
  ) -> RuleCheck? {
    let exclusive = arguments[exclusive]?.value
    var conditions: [Typed] = []
    var facts = ""
    var limits: [Constant] = []
    let bounds: [(Node?, BinaryOperator)] = [
      (arguments[min], exclusive == .min || exclusive == .both ? .greater : .greaterOrEqual),
      (arguments[max], exclusive == .max || exclusive == .both ? .less : .lessOrEqual),
    ]
    for (node, op) in bounds {
      guard let node else { continue }
      guard let bound = scope.value(node, as: column.type, refusingNull: "null is no bound"),
        let condition = scope.compare(op, column.typed, scope.constant(bound))
      else { return nil }
      facts += "\(op.rawValue)\(bound.value) "
      conditions.append(condition)
      limits.append(bound)
    }
    if limits.count == 2, isEmpty(limits[0], limits[1], isOpen: exclusive != nil, in: &scope) {
      let place = arguments.range(of: min)
      scope.diagnostics.report(
        .badOption("nothing lies between \(limits[0].canonicalText) and \(limits[1].canonicalText)", at: place))
      return nil
    }
    guard let passes = scope.all(conditions) else { return nil }
    return .row(passes: passes, columns: [column], isRequired: arguments[required], facts: facts)
  }

  /// Whether no value can lie between two bounds.
  private static func isEmpty(_ low: Constant, _ high: Constant, isOpen: Bool, in scope: inout Scope) -> Bool {
    let op = isOpen ? BinaryOperator.greaterOrEqual : .greater
    let crossed = scope.compare(op, scope.constant(low), scope.constant(high))
    return crossed.flatMap { scope.graph[$0.node].constant } == .bool(true)
  }
}
