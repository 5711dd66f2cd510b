import Diagnostics
import Documents
import Expressions
import Plans

/// Texts must have so many characters.
enum Length: Rule {
  static let name = "length"
  static let summary = "Texts have a number of characters within bounds."

  static let column = RequiredOption<ColumnSelection>("column", "The text column, or several; one rule each.")
  static let min = OptionalOption<Located<Int>>("min", "The least number of characters.")
  static let max = OptionalOption<Located<Int>>("max", "The greatest number of characters.")
  static let exactly = OptionalOption<Located<Int>>("is", "The exact number of characters.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, min, max, exactly, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let selected = scope.selectTexts(arguments[column], for: name) else { return nil }
    guard areSound(arguments, in: &scope) else { return nil }
    let bounds: [(Int?, BinaryOperator)] = [
      (arguments[min]?.value, .greaterOrEqual), (arguments[max]?.value, .lessOrEqual),
      (arguments[exactly]?.value, .equal),
    ]
    return selected.compactMap { column in
      guard let length = scope.call(.length, [column.typed]) else { return nil }
      let conditions = bounds.compactMap { bound, op in
        bound.flatMap { scope.compare(op, length, scope.constant(.integer(Int64($0)))) }
      }
      let facts = bounds.compactMap { bound, op in bound.map { "\(op.rawValue)\($0)" } }.joined(separator: " ")
      return scope.all(conditions).map {
        .row(passes: $0, columns: [column], isRequired: arguments[required], facts: facts)
      }
    }
  }

  /// Whether some length keeps the bounds; that none does is reported.
  private static func areSound(_ arguments: Arguments, in scope: inout Scope) -> Bool {
    let given = [arguments[min], arguments[max], arguments[exactly]].compactMap { $0 }
    if given.isEmpty {
      scope.diagnostics.report(.badOption("'length' needs 'min', 'max' or 'is'", at: arguments.node.range))
      return false
    }
    for bound in given where bound.value < 0 {
      scope.diagnostics.report(.badOption("a length is 0 or more", at: bound.range))
      return false
    }
    if let exactly = arguments[exactly], given.count > 1 {
      scope.diagnostics.report(.badOption("'is' and 'min' or 'max' exclude one another", at: exactly.range))
      return false
    }
    if let min = arguments[min], let max = arguments[max], min.value > max.value {
      scope.diagnostics.report(.badOption("no length is between \(min.value) and \(max.value)", at: min.range))
      return false
    }
    return true
  }
}
