import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

/// Makes a column of 0 and 1 of each of some values of a column.
enum OneHot: Step {
  static let name = "one_hot"
  static let summary = "Make a column for each of some values of a column: 1 where it is that value, else 0."
  static let nulls: String? = "has 0 in all of the columns"
  static let details: String? = """
    A row with another value, or with null, has 0 in all of them. Values are of the column's type.
    """

  static let column = RequiredOption<Located<String>>("column", "The column.")
  static let values = RequiredOption<[Node]>(
    "values", "The values, of the column's type.", schema: .list(of: .scalar, orOne: true))
  static let prefix = OptionalOption<String>(
    "prefix", "What the new columns' names begin with, before the value; default: the column's name and '_'.")
  static let options: [any OptionDeclaration] = [column, values, prefix]
  static let changesShape = true

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    guard let source = scope.column(arguments[column]) else { return nil }
    let nodes = arguments[values]
    guard (1...1000).contains(nodes.count) else {
      scope.report(.badOption("'values' are from 1 to 1000", at: arguments.range(of: values)))
      return nil
    }
    let prefix = arguments[prefix] ?? "\(source.name)_"
    let zero = scope.scope.constant(.integer(0))
    let one = scope.scope.constant(.integer(1))
    var replacements: [(name: String, value: Typed)] = []
    for node in nodes {
      guard let value = scope.scope.value(node, as: source.type, refusingNull: "null is no value: say 'x is null'")
      else { continue }
      let target = Located(prefix + (node.scalar?.string ?? ""), at: node.range)
      guard scope.canMake(target) else { continue }
      guard !replacements.contains(where: { $0.name == target.value }) else {
        scope.report(.columnExists(target.value, at: node.range))
        continue
      }
      let constant = scope.scope.constant(value)
      guard let isValue = scope.scope.compare(.equal, source.typed, constant) else { continue }
      replacements.append((target.value, scope.scope.choose(isValue, one, zero)))
    }
    return replacements.count == nodes.count ? scope.replacing(replacements) : nil
  }
}
