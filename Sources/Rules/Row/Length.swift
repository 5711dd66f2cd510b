import Diagnostics
import Documents
import Expressions
import Plans

/// Texts must have so many characters.
enum Length: Rule {
  static let name = "length"
  static let summary = "Texts have a number of characters within bounds."

  static let column = RequiredOption<ColumnSelection>("column", "The text column, or several; one rule each.")
  static let min = OptionalOption<Int>("min", "The least number of characters.")
  static let max = OptionalOption<Int>("max", "The greatest number of characters.")
  static let exactly = OptionalOption<Int>("is", "The exact number of characters.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, min, max, exactly, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let selected = scope.selectTexts(arguments[column], for: name) else { return nil }
    let bounds: [(Int?, BinaryOperator)] = [
      (arguments[min], .greaterOrEqual), (arguments[max], .lessOrEqual), (arguments[exactly], .equal),
    ]
    guard bounds.contains(where: { $0.0 != nil }) else {
      scope.diagnostics.report(.badOption("'length' needs 'min', 'max' or 'is'", at: arguments.node.range))
      return nil
    }
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
}
